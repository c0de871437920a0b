#include "protocols/mqtt/repeated_key.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <limits>
#include <set>

namespace siaga::mqtt {
namespace json = boost::json;

namespace {

// Hears every part of the text; only the keys of the outermost object matter.
struct Keys {
  static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_array_size = max_object_size;
  static constexpr std::size_t max_key_size = max_object_size;
  static constexpr std::size_t max_string_size = max_object_size;
  using Error = json::error_code;
  using Text = json::string_view;

  bool on_document_begin(Error&) { return true; }
  bool on_document_end(Error&) { return true; }
  bool on_object_begin(Error&) { return ++depth > 0; }
  bool on_object_end(std::size_t, Error&) { return depth-- > 0; }
  bool on_array_begin(Error&) { return true; }
  bool on_array_end(std::size_t, Error&) { return true; }
  bool on_key_part(Text part, std::size_t, Error&) {
    key.append(part.data(), part.size());
    return true;
  }
  bool on_key(Text rest, std::size_t, Error&) {
    key.append(rest.data(), rest.size());
    if (depth == 1 && !seen.insert(key).second && !repeated) repeated = key;
    key.clear();
    return true;
  }
  bool on_string_part(Text, std::size_t, Error&) { return true; }
  bool on_string(Text, std::size_t, Error&) { return true; }
  bool on_number_part(Text, Error&) { return true; }
  bool on_int64(std::int64_t, Text, Error&) { return true; }
  bool on_uint64(std::uint64_t, Text, Error&) { return true; }
  bool on_double(double, Text, Error&) { return true; }
  bool on_bool(bool, Error&) { return true; }
  bool on_null(Error&) { return true; }
  bool on_comment_part(Text, Error&) { return true; }
  bool on_comment(Text, Error&) { return true; }

  int depth = 0;
  std::string key;
  std::set<std::string> seen;
  std::optional<std::string> repeated;
};

}  // namespace

std::optional<std::string> repeated_key(std::string_view text) {
  json::basic_parser<Keys> parser(json::parse_options{});
  json::error_code ec;
  parser.write_some(false, text.data(), text.size(), ec);
  return parser.handler().repeated;
}

}  // namespace siaga::mqtt
