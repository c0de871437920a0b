// JsonEvents: runs Boost.JSON's streaming parser over a text and gives each event to a reader,
// strings and numbers whole.
//
// Place:  json_reader, wrapper -> JSON EVENTS -> Boost.JSON.
// Thread: one text, one thread.
// Sink:   begin_object(), end_object(), begin_array(), end_array(), stopped(), key(text),
//         string(text), number(text), truth(), null().
// Errors: `error` and `consumed`, the byte at which it was found. Trailing text is an error.
#pragma once

#include <boost/json/basic_parser_impl.hpp>
#include <string>
#include <string_view>

#include "protocols/cap/document.hpp"

namespace siaga::cap {

template <class Sink>
class JsonEvents {
 public:
  // What Boost.JSON's parser asks of its handler.
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

  using Code = boost::json::error_code;
  using Text = boost::json::string_view;

  explicit JsonEvents(Sink& sink) : sink_(sink) {}

  bool on_document_begin(Code&) { return true; }
  bool on_document_end(Code&) { return true; }
  bool on_object_begin(Code& ec) { return sink_.begin_object(), go_on(ec); }
  bool on_object_end(std::size_t, Code&) { return sink_.end_object(), true; }
  bool on_array_begin(Code& ec) { return sink_.begin_array(), go_on(ec); }
  bool on_array_end(std::size_t, Code&) { return sink_.end_array(), true; }
  bool on_key_part(Text part, std::size_t, Code&) { return keep(part); }
  bool on_key(Text part, std::size_t, Code&) { return sink_.key(whole(part)), forget(); }
  bool on_string_part(Text part, std::size_t, Code&) { return keep(part); }
  bool on_string(Text part, std::size_t, Code&) { return sink_.string(whole(part)), forget(); }
  bool on_number_part(Text part, Code&) { return keep(part); }
  bool on_int64(std::int64_t, Text part, Code&) { return sink_.number(whole(part)), forget(); }
  bool on_uint64(std::uint64_t, Text part, Code&) { return sink_.number(whole(part)), forget(); }
  bool on_double(double, Text part, Code&) { return sink_.number(whole(part)), forget(); }
  bool on_bool(bool, Code&) { return sink_.truth(), true; }
  bool on_null(Code&) { return sink_.null(), true; }
  bool on_comment_part(Text, Code&) { return true; }
  bool on_comment(Text, Code&) { return true; }

 private:
  bool keep(Text part) { return buffer_.append(part.data(), part.size()), true; }
  bool forget() { return buffer_.clear(), true; }
  std::string_view whole(Text part) {
    if (buffer_.empty()) return {part.data(), part.size()};
    keep(part);
    return buffer_;
  }
  bool go_on(Code& ec) {
    if (!sink_.stopped()) return true;
    ec = boost::json::error::incomplete;
    return false;
  }

  Sink& sink_;
  std::string buffer_;
};

struct JsonEnd {
  boost::json::error_code error;
  std::size_t consumed = 0;
};

template <class Sink>
JsonEnd read_events(std::string_view text, std::size_t depth_max, Sink& sink) {
  boost::json::parse_options options;
  options.max_depth = depth_max;
  boost::json::basic_parser<JsonEvents<Sink>> parser(options, sink);
  JsonEnd end;
  end.consumed = parser.write_some(false, text.data(), text.size(), end.error);
  if (!end.error && !trimmed(text.substr(end.consumed)).empty())
    end.error = boost::json::error::extra_data;
  return end;
}

}  // namespace siaga::cap
