#include "protocols/cap/wrapper.hpp"

#include "protocols/cap/json_events.hpp"
#include "protocols/cap/reasons.hpp"
#include "protocols/cap/values.hpp"

namespace siaga::cap {
namespace {

// Where the string that begins at `at` ends: at its closing quote.
std::size_t string_end(std::string_view text, std::size_t at) {
  for (++at; (at = text.find('"', at)) != std::string_view::npos; ++at) {
    auto const last = text.find_last_not_of('\\', at - 1);
    if ((at - 1 - last) % 2 == 0) return at;  // not escaped
  }
  return text.size();
}

// The outermost object's one member `data`.
class Unwrapping {
 public:
  void begin_object() { ++depth_; }
  void end_object() { --depth_; }
  void begin_array() { ++depth_, misplaced(); }
  void end_array() { --depth_; }
  void key(std::string_view name) { at_data_ = depth_ == 1 && name == "data"; }
  void string(std::string_view text) {
    if (!at_data_ || depth_ != 1) return;
    if (found_) good_ = false;
    found_ = true;
    at_data_ = false;
    data_ = text;
  }
  void number(std::string_view) { misplaced(); }
  void truth() { misplaced(); }
  void null() { misplaced(); }
  bool stopped() const { return false; }
  std::string const* data() const { return found_ && good_ ? &data_ : nullptr; }

 private:
  void misplaced() {
    if (at_data_) good_ = false;
    at_data_ = false;
  }

  int depth_ = 0;
  bool at_data_ = false;
  bool found_ = false;
  bool good_ = true;
  std::string data_;
};

Rejection refusal(std::string path, Check check, std::string_view value = {},
                  std::string_view right = {}) {
  return Rejection(Reason{std::move(path), rule_id(check, Element::alert),
                          sentence(check, Element::alert, value, right)});
}

}  // namespace

bool is_wrapper(std::string_view payload) {
  constexpr int depth_max = 64;  // more than any setting allows
  bool data = false;
  int depth = 0;
  for (std::size_t i = 0; i < payload.size(); ++i) {
    char const c = payload[i];
    if (c == '{' || c == '[') {
      if (++depth > depth_max) return data;  // nobody's; what takes it refuses it
    } else if (c == '}' || c == ']') {
      if (--depth == 0) return data;
    } else if (c == '"') {
      auto const end = string_end(payload, i);
      if (end >= payload.size()) return data;
      auto const text = payload.substr(i + 1, end - i - 1);
      i = end;
      if (depth != 1 || (text != "data" && text != "identifier")) continue;
      auto const next = payload.find_first_not_of(" \t\r\n", end + 1);
      if (next == std::string_view::npos || payload[next] != ':') continue;
      if (text == "identifier") return false;
      data = true;
    }
  }
  return data;
}

Judged<std::string> unwrap(std::string_view payload, Settings const& settings) {
  if (payload.starts_with("\xef\xbb\xbf")) payload.remove_prefix(3);
  Unwrapping unwrapping;
  auto const end = read_events(payload, static_cast<std::size_t>(settings.depth_max), unwrapping);
  if (end.error) {
    auto const place = place_of(payload, end.consumed);
    return refusal("", Check::json_syntax, end.error.message(),
                   std::to_string(place.line) + ":" + std::to_string(place.column));
  }
  auto const* data = unwrapping.data();
  if (!data) return refusal("/data", Check::wrapper_data);
  auto bytes = decode_base64(*data);
  if (!bytes) return refusal("/data", Check::wrapper_base64);
  return std::move(*bytes);
}

}  // namespace siaga::cap
