// ParsedMail: a mail read back by GMime, as a mail program would show it.
//
// Place:  the sink's JSON lines, and the tests of email.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace siaga::mailsink {

struct ParsedMail {
  std::string subject, text, html, message_id;  // decoded, UTF-8, '\n'
  std::map<std::string, std::string> headers;   // by lower-case name; the last of its name
  std::size_t header_count = 0;
  std::string link;  // the first http(s) link of the text
};

ParsedMail parse_mail(std::string_view bytes);
// As a server stores it: one leading dot taken off lines that have it.
std::string without_dot_stuffing(std::string_view bytes);

}  // namespace siaga::mailsink
