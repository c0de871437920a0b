#include "protocols/cap/json_reader.hpp"

#include <algorithm>
#include <array>

#include "protocols/cap/json_events.hpp"
#include "protocols/cap/reasons.hpp"
#include "protocols/cap/tree_builder.hpp"

namespace siaga::cap {
namespace {

enum class Kind { object, array, string, number, boolean, null };

std::string_view kind_name(Kind kind) {
  switch (kind) {
    case Kind::object:
      return "objek / object";
    case Kind::array:
      return "array";
    case Kind::string:
      return "teks / string";
    case Kind::number:
      return "angka / number";
    case Kind::boolean:
      return "true/false";
    case Kind::null:
      return "null";
  }
  return "";
}

// Whether JSON text carries what XML 1.0 cannot: control characters, U+FFFE, U+FFFF.
bool fits_xml(std::string_view text) {
  auto const control = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
  };
  return std::ranges::none_of(text, control) &&
         text.find("\xef\xbf\xbe") == std::string_view::npos &&
         text.find("\xef\xbf\xbf") == std::string_view::npos;
}

class JsonReader {
 public:
  JsonReader(Document& document, Settings const& settings) : builder_(document, settings) {}

  void begin_object();
  void end_object();
  void begin_array();
  void end_array();
  void key(std::string_view name);
  void string(std::string_view text) { leaf(Kind::string, text); }
  void number(std::string_view text) { leaf(Kind::number, text); }
  void truth() { leaf(Kind::boolean, {}); }
  void null() { leaf(Kind::null, {}); }
  bool stopped() const { return builder_.stopped(); }
  void abandon() { builder_.abandon(); }
  TreeBuilder& builder() { return builder_; }

 private:
  // An object or array of the alert that is open. Values that are refused open none; they are
  // skipped.
  struct Frame {
    bool array = false;
    int child = -1;          // arrays: whose; objects: the key whose value comes, -1 when refused
    std::uint32_t seen = 0;  // objects: keys so far, a bit per child
  };

  // Whether a value of this kind is welcome here; says why not.
  bool welcome(Kind kind);
  Element expected() const {
    auto const family = children(builder_.group());
    return family[static_cast<std::size_t>(frames_[depth_].child)];
  }
  bool refuse(Check check, Kind kind, std::string right);
  void leaf(Kind kind, std::string_view text);

  TreeBuilder builder_;
  std::array<Frame, 12> frames_;
  std::size_t depth_ = 0;  // frames open; frames_[0] is unused
  std::size_t skipped_ = 0;
};

bool JsonReader::refuse(Check check, Kind kind, std::string right) {
  auto const element = expected();
  Frame const& frame = frames_[depth_];
  builder_.refuse_child(check, frame.child, std::string(kind_name(kind)), std::move(right));
  if (element != Element::none) builder_.saw(frame.child);
  return false;
}

bool JsonReader::welcome(Kind kind) {
  Frame const& frame = frames_[depth_];
  if (frame.child < 0) return false;
  auto const& what = row(expected());
  if (!frame.array && kind == Kind::null) return true;
  if (what.many && !frame.array)
    return kind == Kind::array || refuse(Check::json_array, kind, "array [ ]");
  if (!what.many && kind == Kind::array)
    return refuse(Check::json_array, kind, "nilai tunggal / one value");
  if (what.type == Type::group)
    return kind == Kind::object || refuse(Check::json_type, kind, "objek / object");
  bool const numeric = what.type == Type::integer || what.type == Type::decimal;
  bool const good = kind == Kind::string || (kind == Kind::number && numeric) || kind == Kind::null;
  return good || refuse(Check::json_type, kind, "teks / string");
}

void JsonReader::begin_object() {
  if (skipped_ > 0) {
    ++skipped_;
    return;
  }
  if (depth_ == 0) {
    builder_.open_root(0);
    frames_[++depth_] = Frame{};
    return;
  }
  if (!welcome(Kind::object)) {
    ++skipped_;
    return;
  }
  builder_.open(row(expected()).name, 0);
  frames_[++depth_] = Frame{};
}

void JsonReader::end_object() {
  if (skipped_ > 0) {
    --skipped_;
    return;
  }
  builder_.close();
  --depth_;
}

void JsonReader::begin_array() {
  if (skipped_ > 0 || depth_ == 0 || !welcome(Kind::array)) {
    ++skipped_;
    return;
  }
  int const child = frames_[depth_].child;
  frames_[++depth_] = Frame{true, child, 0};
}

void JsonReader::end_array() {
  if (skipped_ > 0) {
    --skipped_;
  } else {
    --depth_;
  }
}

void JsonReader::key(std::string_view name) {
  if (skipped_ > 0) return;
  Frame& frame = frames_[depth_];
  frame.child = find_child(builder_.group(), name, std::max(frame.child, 0));
  if (frame.child < 0) {
    builder_.open_unknown(name, 0);
    builder_.close();
    return;
  }
  auto const bit = std::uint32_t{1} << frame.child;
  if (frame.seen & bit) {
    builder_.refuse_child(Check::json_duplicate, frame.child, std::string(name), {});
    frame.child = -1;
  } else {
    frame.seen |= bit;
  }
}

void JsonReader::leaf(Kind kind, std::string_view text) {
  if (skipped_ > 0 || depth_ == 0 || !welcome(kind)) return;
  if (kind == Kind::null && !frames_[depth_].array) return;
  builder_.open(row(expected()).name, 0);
  if (!fits_xml(text)) builder_.fault(Check::json_character, expected());
  builder_.text(text);
  builder_.close();
}

void syntax_fault(Document& document, JsonReader& reader, JsonEnd const& end,
                  Settings const& settings) {
  reader.abandon();
  if (end.error == boost::json::error::too_deep) {
    reader.builder().fault(Check::limit_depth, Element::alert, {},
                           std::to_string(settings.depth_max));
    return;
  }
  auto const place = place_of(document.source, end.consumed);
  auto const words = std::to_string(place.line) + ":" + std::to_string(place.column);
  reader.builder().fault(Check::json_syntax, Element::alert, end.error.message(), words);
}

}  // namespace

Whole read_json(Document& document, Settings const& settings) {
  if (document.source.starts_with("\xef\xbb\xbf")) document.source.remove_prefix(3);
  JsonReader reader(document, settings);
  if (document.source.find('\0') != std::string_view::npos) {
    reader.builder().fault(Check::nul, Element::alert);
    return Whole::no;
  }
  auto const end =
      read_events(document.source, static_cast<std::size_t>(settings.depth_max), reader);
  if (!end.error && document.nodes.empty()) {
    reader.builder().fault(Check::json_root, Element::alert);
    return Whole::no;
  }
  if (reader.stopped()) {
    reader.abandon();
    return Whole::no;
  }
  if (!end.error) return Whole::yes;
  syntax_fault(document, reader, end, settings);
  return Whole::no;
}

}  // namespace siaga::cap
