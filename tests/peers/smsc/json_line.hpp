// JsonLine: one line of the test SMSC's log on standard output.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace siaga::smsc {

class JsonLine {
 public:
  explicit JsonLine(std::string_view event);
  JsonLine& text(std::string_view key, std::string_view value);
  JsonLine& number(std::string_view key, std::int64_t value);
  std::string const& done();  // closed, with its newline

 private:
  void key(std::string_view name);
  std::string line_;
};

}  // namespace siaga::smsc
