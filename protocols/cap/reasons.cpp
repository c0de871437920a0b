#include "protocols/cap/reasons.hpp"

#include <algorithm>

namespace siaga::cap {
namespace {

bool continues(char c) {
  return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

// How many bytes the well-formed UTF-8 character at the front takes; 0 when there is none.
std::size_t character_size(std::string_view text) {
  auto const lead = static_cast<unsigned char>(text[0]);
  std::size_t const size = lead < 0x80   ? 1
                           : lead < 0xc2 ? 0
                           : lead < 0xe0 ? 2
                           : lead < 0xf0 ? 3
                           : lead < 0xf5 ? 4
                                         : 0;
  if (size == 0 || text.size() < size) return 0;
  return std::ranges::all_of(text.substr(1, size - 1), continues) ? size : 0;
}

bool turns_text(
    std::string_view character) {  // bidirectional controls, U+200E..F, 202A..E, 2066..9
  if (character.size() != 3 || character[0] != '\xe2') return false;
  auto const low = static_cast<unsigned char>(character[2]);
  if (character[1] == '\x80') return low == 0x8e || low == 0x8f || (low >= 0xaa && low <= 0xae);
  return character[1] == '\x81' && low >= 0xa6 && low <= 0xa9;
}

std::string pointer_token(std::string_view name) {
  std::string token;
  for (char const c : name) {
    if (c == '~')
      token += "~0";
    else if (c == '/')
      token += "~1";
    else
      token += c;
  }
  return token;
}

std::string path_of(std::uint32_t node, Document const& document) {
  if (node == no_node) return {};
  auto const& at = document.nodes[node];
  auto const& what = row(at.element);
  bool const json = document.form == Form::json;
  if (what.element == Element::alert) return json ? "" : "/alert";
  auto path = path_of(at.parent, document) + '/' + std::string(what.name);
  if (!what.many) return path;
  if (json) return path + '/' + std::to_string(at.ordinal);
  return path + '[' + std::to_string(at.ordinal + 1) + ']';
}

// "5:1"; empty when it is not known.
std::string place_in(Fault const& fault, Document const& document) {
  auto offset = fault.offset;
  if (offset == Fault::no_offset && fault.node != no_node)
    offset = document.nodes[fault.node].offset;
  if (offset == Fault::no_offset) return {};
  auto const place = place_of(document.source, offset);
  return std::to_string(place.line) + ':' + std::to_string(place.column);
}

std::string place_text(Fault const& fault, Document const& document) {
  if (document.form == Form::json) return {};
  auto const place = place_in(fault, document);
  return place.empty() ? place : " (" + place + ')';
}

std::string words_text(ElementRow const& element) {
  std::string text;
  for (auto const word : element.words) text += (text.empty() ? "" : ", ") + std::string(word);
  return text;
}

std::string usual_right(ElementRow const& element) {
  if (element.type == Type::word) return words_text(element);
  if (element.element == Element::sender) return "spkt@polres.example";
  if (element.type == Type::text || element.type == Type::group) return {};
  return std::string(example(element.type));
}

std::string filled(std::string_view pattern, std::string_view element, std::string const& value,
                   std::string const& right) {
  std::string text;
  bool leaving_out = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    char const c = pattern[i];
    if (c == '[' || c == ']') {
      leaving_out = c == '[' && right.empty();
    } else if (leaving_out) {
      continue;
    } else if (c == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}') {
      char const what = pattern[i + 1];
      text += what == 'e' ? std::string(element) : what == 'v' ? value : right;
      i += 2;
    } else {
      text += c;
    }
  }
  return text;
}

}  // namespace

Place place_of(std::string_view source, std::size_t offset) {
  auto const before = source.substr(0, offset);
  auto const line_begin = before.rfind('\n');
  auto const line = line_begin == std::string_view::npos ? before : before.substr(line_begin + 1);
  Place place;
  place.line += static_cast<std::size_t>(std::ranges::count(before, '\n'));
  place.column += line.size() - static_cast<std::size_t>(std::ranges::count_if(line, continues));
  return place;
}

std::string shown(std::string_view value) {
  constexpr std::size_t characters_max = 40;
  std::string text;
  std::size_t count = 0;
  while (!value.empty()) {
    if (++count > characters_max) return text + "...";
    auto const size = character_size(value);
    auto const character = value.substr(0, std::max<std::size_t>(size, 1));
    bool const control = size == 1 && (character[0] < 0x20 || character[0] == 0x7f);
    bool const c1 =
        size == 2 && character[0] == '\xc2' && static_cast<unsigned char>(character[1]) < 0xa0;
    if (size == 0 || control || c1 || turns_text(character)) {
      text += '?';
    } else {
      text += character;
    }
    value.remove_prefix(character.size());
  }
  return text;
}

std::string sentence(Check check, Element element, std::string_view value, std::string_view right) {
  auto const& rule = row(check);
  auto const& what = row(element);
  auto const safe = shown(value);
  auto const wanted = right.empty() ? usual_right(what) : std::string(right);
  return filled(rule.indonesian, what.name, safe, wanted) + " / " +
         filled(rule.english, what.name, safe, wanted);
}

Reason reason_of(Fault const& fault, Document const& document) {
  Reason reason;
  reason.path = path_of(fault.node, document);
  if (!fault.below.empty()) {
    auto const name = shown(fault.below);
    reason.path += '/' + (document.form == Form::json ? pointer_token(name) : name);
  }
  if (!fault.below.empty() && document.form == Form::json) reason.place = place_in(fault, document);
  reason.path += place_text(fault, document);
  reason.rule = rule_id(fault.check, fault.element);
  reason.text = sentence(fault.check, fault.element, fault.value, fault.right);
  return reason;
}

std::vector<Reason> reasons_of(std::vector<Fault> const& faults, Document const& document) {
  std::vector<Reason> reasons;
  reasons.reserve(faults.size());
  for (auto const& fault : faults) reasons.push_back(reason_of(fault, document));
  return reasons;
}

}  // namespace siaga::cap
