#include "protocols/email/mime/text.hpp"

#include <cstdio>

namespace siaga::email {

std::string html_escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string quoted_printable_insert(std::string_view text) {
  constexpr std::string_view hex_digits = "0123456789ABCDEF";
  constexpr std::size_t line_columns_max = 72;
  std::string out = "=\r\n";
  std::size_t column = 0;
  for (char c : text) {
    auto const byte = static_cast<unsigned char>(c);
    bool const plain = byte > 0x20 && byte < 0x7f && c != '=' && !(c == '.' && column == 0);
    if (plain) {
      out += c;
    } else {
      out.append({'=', hex_digits[byte >> 4], hex_digits[byte & 15]});
    }
    column += plain ? 1 : 3;
    if (column < line_columns_max) continue;
    out += "=\r\n";
    column = 0;
  }
  return column == 0 ? out : out.append("=\r\n");
}

std::string date_header(UtcTime time) {
  constexpr char const* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr char const* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  auto const day = std::chrono::floor<std::chrono::days>(time);
  std::chrono::year_month_day const date(day);
  std::chrono::hh_mm_ss const clock(std::chrono::floor<std::chrono::seconds>(time - day));
  char text[64];
  std::snprintf(text, sizeof text, "%s, %02u %s %04d %02d:%02d:%02d +0000",
                days[std::chrono::weekday(day).c_encoding()], static_cast<unsigned>(date.day()),
                months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text;
}

}  // namespace siaga::email
