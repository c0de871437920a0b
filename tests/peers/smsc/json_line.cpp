#include "tests/peers/smsc/json_line.hpp"

#include <array>
#include <cstdio>

namespace siaga::smsc {
namespace {

void append_escaped(std::string& out, std::string_view text) {
  for (char const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (byte < 0x20) {
      std::array<char, 8> code{};
      std::snprintf(code.data(), code.size(), "\\u%04x", byte);
      out += code.data();
    } else {
      out.push_back(c);
    }
  }
}

}  // namespace

JsonLine::JsonLine(std::string_view event) : line_("{") {
  text("event", event);
}

void JsonLine::key(std::string_view name) {
  if (line_.size() > 1) line_ += ",";
  line_ += "\"";
  line_ += name;
  line_ += "\":";
}

JsonLine& JsonLine::text(std::string_view name, std::string_view value) {
  key(name);
  line_ += "\"";
  append_escaped(line_, value);
  line_ += "\"";
  return *this;
}

JsonLine& JsonLine::number(std::string_view name, std::int64_t value) {
  key(name);
  line_ += std::to_string(value);
  return *this;
}

std::string const& JsonLine::done() {
  line_ += "}\n";
  return line_;
}

}  // namespace siaga::smsc
