// visible: makes words from outside safe to show in a terminal, a table, a log or a program.
//
// Place:  beneath everything that writes the words of others: log lines, the journal's log, tables,
//         CSV, JSON, problems of a configuration, /healthz.
// Thread: any. Pure.
// Rule:   three kinds of characters are written out, as JSON does (\u001B, \u202E): those a
//         terminal obeys (C0, DEL, C1), those that turn the direction of writing, and those that
//         cannot be seen. White space of every kind becomes a space, a byte that is not UTF-8 \xFF.
//         All other text stays as it is.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace siaga {

// One character of UTF-8 and its length in bytes; 0xFFFD and 1 where the bytes are not UTF-8.
struct CodePoint {
  char32_t value = 0xFFFD;
  std::size_t bytes = 1;
  bool is_broken() const noexcept { return value == 0xFFFD && bytes == 1; }
};
CodePoint first_code_point(std::string_view text);  // text is not empty

bool is_white_space(char32_t character);
bool is_unseen(char32_t character);  // control, direction or invisible; white space is none

std::string visible(std::string_view text);  // one line
// Several lines, or JSON that has been written already: line ends stay, and what is written out is
// JSON's own form, U+FFFD for broken bytes.
std::string visible_lines(std::string_view text);
std::string visible_xml(std::string_view text);  // written out as &#x202E;

}  // namespace siaga
