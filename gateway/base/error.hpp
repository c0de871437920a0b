// Error: one code of ours, and the detail that says what went wrong, where, and what to do.
//
// Place:  returned through Result<T> by every fallible function of the project.
// Thread: values; any thread.
// Errors: Errc has a sentence per value (error.cpp). A channel's failure is a SendOutcome, not an
//         Error.
#pragma once

#include <boost/system/error_code.hpp>
#include <string>
#include <type_traits>

namespace siaga {

enum class Errc {
  invalid_argument = 1,
  invalid_configuration,
  invalid_message,
  not_found,
  already_exists,
  connect_failed,
  connection_lost,
  timed_out,
  refused_by_peer,
  protocol_violated,
  tls_failed,
  storage_failed,
  storage_full,
  storage_corrupt,
  log_tampered,
  queue_full,
  cancelled,
  unavailable,
  child_failed,
  file_unreadable,
  bad_signature,
};

boost::system::error_code make_error_code(Errc code) noexcept;

struct Error {
  boost::system::error_code code;
  std::string detail;

  Error() = default;  // no error; only Result needs it
  Error(Errc errc, std::string text) : code(make_error_code(errc)), detail(std::move(text)) {}
  Error(boost::system::error_code ec, std::string text) : code(ec), detail(std::move(text)) {}

  bool is(Errc errc) const noexcept { return code == make_error_code(errc); }
  // "storage is full: cannot write var/siaga.db"
  std::string text() const;
};

}  // namespace siaga

template <>
struct boost::system::is_error_code_enum<siaga::Errc> : std::true_type {};
