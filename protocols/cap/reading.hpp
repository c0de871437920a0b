// reading: a payload's bytes, of any of the three bodies, into an Alert or everything wrong with
// it.
//
// Place:  formats, lint -> READING -> readers, understand, reasons.
// Thread: any; pure.
// Errors: `refusals`; with any, there is no alert. Identifier and sender are given whenever they
//         could be read, so that a refusal can be matched to its message.
#pragma once

#include <optional>

#include "gateway/domain/command.hpp"
#include "protocols/cap/understand.hpp"

namespace siaga::cap {

enum class Body { xml, json, wrapper, unknown };

// By content type (parameters and case ignored), else by the first byte that is no white space.
Body body_of(std::string_view content_type, std::string_view payload);

struct Reading {
  std::optional<Alert> alert;
  std::vector<Reason> refusals;
  std::vector<Reason> advice;
  std::string identifier;
  std::string sender;
};

Reading read(std::string_view payload, Body body, Settings const& settings, Rigour rigour);

// Alert -> RaiseAlert, Update -> ReplaceAlert, Cancel -> CancelAlert; the rest is only noted.
Command command_of(Alert alert);

}  // namespace siaga::cap
