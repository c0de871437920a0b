// Exits: how the program ends (contract, section 1; the numbers are those of sysexits.h).
//
// Place:  every command.
#pragma once

namespace siaga::cli {

inline constexpr int exit_good = 0;
inline constexpr int exit_usage = 64;
inline constexpr int exit_bad_alert = 65;     // invalid or rejected
inline constexpr int exit_unknown = 66;       // no such alert, file or store
inline constexpr int exit_no_receipt = 69;    // or no broker
inline constexpr int exit_tampered = 70;      // or damaged
inline constexpr int exit_store_failed = 74;  // there, and unreadable
inline constexpr int exit_bad_config = 78;

}  // namespace siaga::cli
