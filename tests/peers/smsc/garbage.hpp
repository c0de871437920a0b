// garbage: PDUs no SMSC should send, one per kind.
#pragma once

#include <cstdint>
#include <string>

namespace siaga::smsc {

// command, options, string, text-length: the stream stays in step. short, huge, noise: it is lost.
std::string garbage(std::string const& kind, std::uint32_t sequence);
std::string const& garbage_kind(std::int64_t nth);  // in turn, those that keep the stream in step

}  // namespace siaga::smsc
