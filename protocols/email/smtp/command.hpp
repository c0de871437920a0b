// Commands: the lines a mail client says, built so that nothing in an address can become a command.
//
// Place:  dialogue -> COMMAND -> stream. Pure.
// Format: RFC 5321 section 4.1; xtext RFC 3461 section 4; AUTH RFC 4954; dots RFC 5321 section
//         4.5.2.
// Errors: invalid_argument from check_address(); the builders take only addresses that passed it.
#pragma once

#include <string>
#include <string_view>

#include "gateway/base/result.hpp"
#include "protocols/email/smtp/capabilities.hpp"

namespace siaga::email {

// local@domain in printable ASCII, without quotes, spaces, brackets or control characters,
// at most 64 + 1 + 255 and 254 in all.
[[nodiscard]] Result<void> check_address(std::string_view address);

// DSN parameters are added when the server offers them: bounces then name our `envelope_id` and
// carry the header only.
std::string mail_command(std::string_view from, std::string_view envelope_id,
                         Capabilities const& server);
std::string rcpt_command(std::string_view to, Capabilities const& server);
std::string auth_plain_command(std::string_view username, std::string_view password);
std::string base64_line(std::string_view text);  // an answer to a 334, with its CRLF

// "+", "=" and what is not printable become "+HH".
std::string xtext(std::string_view text);
// Doubles a dot at the start of a line, mends bare CR and LF into CRLF, ends with CRLF "." CRLF.
std::string as_data(std::string_view mail);

}  // namespace siaga::email
