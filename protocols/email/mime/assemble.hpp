// assemble: a mail of two alternatives, plain text and HTML, as bytes for the wire.
//
// Place:  letter -> ASSEMBLE (GMime) -> letter.
// Format: RFC 5322, RFC 2045 to 2047: UTF-8, quoted-printable, CRLF, header words encoded and
//         folded.
// Rule:   all texts are clean (domain/text.hpp) but for the letter's placeholders, U+0001 to
//         U+001F, which come out as "=01" to "=1F" in the bodies and must not be in header words.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace siaga::email {

struct MailParts {
  std::string from_name;  // may be empty
  std::string from_address;
  std::string reply_to;  // an address, may be empty
  std::string subject;
  std::string text;  // lines end with '\n'
  std::string html;
  std::vector<std::pair<std::string, std::string>> headers;  // further ones, ASCII
};

// Without To, Date and Message-ID: those are the letter's.
std::string assemble(MailParts const& parts);

}  // namespace siaga::email
