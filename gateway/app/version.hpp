// The version as --version, the gateway's state and the log say it.
#pragma once

namespace siaga {
inline constexpr char version[] = "0.1.0";
}
