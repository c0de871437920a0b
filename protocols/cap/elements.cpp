#include "protocols/cap/elements.hpp"

#include <array>

#include "gateway/domain/alert.hpp"

namespace siaga::cap {
namespace {

constexpr bool any_number = true;
constexpr bool at_most_one = false;
constexpr std::span<std::string_view const> no_words{};

constexpr std::array<ElementRow, elements_count> table{{
    {Element::alert, "alert", Element::none, 1, at_most_one, Type::group, no_words, "3.2.1",
     "one message"},
    {Element::identifier, "identifier", Element::alert, 1, at_most_one, Type::token, no_words,
     "3.2.1", "the message's name, unique per sender; no space, comma, < or &"},
    {Element::sender, "sender", Element::alert, 1, at_most_one, Type::token, no_words, "3.2.1",
     "who issues it, unique in the world; no space, comma, < or &"},
    {Element::sent, "sent", Element::alert, 1, at_most_one, Type::time, no_words, "3.2.1",
     "when it was issued"},
    {Element::status, "status", Element::alert, 1, at_most_one, Type::word, all_words<Status>(),
     "3.2.1", "whether to act on it"},
    {Element::msg_type, "msgType", Element::alert, 1, at_most_one, Type::word, all_words<MsgType>(),
     "3.2.1", "first, replacement, end, or an answer"},
    {Element::source, "source", Element::alert, 0, at_most_one, Type::text, no_words, "3.2.1",
     "the operator or device behind it"},
    {Element::scope, "scope", Element::alert, 1, at_most_one, Type::word, all_words<Scope>(),
     "3.2.1", "how widely it may be told"},
    {Element::restriction, "restriction", Element::alert, 0, at_most_one, Type::text, no_words,
     "3.2.1", "the rule that limits a Restricted message"},
    {Element::addresses, "addresses", Element::alert, 0, at_most_one, Type::names, no_words,
     "3.2.1", "whom a Private message is for"},
    {Element::code, "code", Element::alert, 0, any_number, Type::text, no_words, "3.2.1",
     "flags of a profile"},
    {Element::note, "note", Element::alert, 0, at_most_one, Type::text, no_words, "3.2.1",
     "purpose of an Exercise, reason of an Error"},
    {Element::references, "references", Element::alert, 0, at_most_one, Type::references, no_words,
     "3.2.1", "the messages this one is about"},
    {Element::incidents, "incidents", Element::alert, 0, at_most_one, Type::names, no_words,
     "3.2.1", "the incidents it belongs to"},
    {Element::info, "info", Element::alert, 0, any_number, Type::group, no_words, "3.2.2",
     "what is told, once per language or area"},
    {Element::language, "language", Element::info, 0, at_most_one, Type::language, no_words,
     "3.2.2", "language of the block; absent means en-US"},
    {Element::category, "category", Element::info, 1, any_number, Type::word, all_words<Category>(),
     "3.2.2", "kind of event"},
    {Element::event, "event", Element::info, 1, at_most_one, Type::text, no_words, "3.2.2",
     "the event in words"},
    {Element::response_type, "responseType", Element::info, 0, any_number, Type::word,
     all_words<ResponseType>(), "3.2.2", "kind of action advised"},
    {Element::urgency, "urgency", Element::info, 1, at_most_one, Type::word, all_words<Urgency>(),
     "3.2.2", "how soon to act"},
    {Element::severity, "severity", Element::info, 1, at_most_one, Type::word,
     all_words<Severity>(), "3.2.2", "how grave"},
    {Element::certainty, "certainty", Element::info, 1, at_most_one, Type::word,
     all_words<Certainty>(), "3.2.2", "how sure"},
    {Element::audience, "audience", Element::info, 0, at_most_one, Type::text, no_words, "3.2.2",
     "for whom it is meant"},
    {Element::event_code, "eventCode", Element::info, 0, any_number, Type::group, no_words, "3.2.2",
     "the event in a system of codes"},
    {Element::event_code_name, "valueName", Element::event_code, 1, at_most_one, Type::text,
     no_words, "3.2.2", "the system of codes"},
    {Element::event_code_value, "value", Element::event_code, 1, at_most_one, Type::text, no_words,
     "3.2.2", "the code"},
    {Element::effective, "effective", Element::info, 0, at_most_one, Type::time, no_words, "3.2.2",
     "from when the block holds; absent means `sent`"},
    {Element::onset, "onset", Element::info, 0, at_most_one, Type::time, no_words, "3.2.2",
     "when the event is expected to begin"},
    {Element::expires, "expires", Element::info, 0, at_most_one, Type::time, no_words, "3.2.2",
     "until when the block holds"},
    {Element::sender_name, "senderName", Element::info, 0, at_most_one, Type::text, no_words,
     "3.2.2", "the issuer's name for people"},
    {Element::headline, "headline", Element::info, 0, at_most_one, Type::text, no_words, "3.2.2",
     "one line; 160 characters is advice"},
    {Element::description, "description", Element::info, 0, at_most_one, Type::text, no_words,
     "3.2.2", "what happens"},
    {Element::instruction, "instruction", Element::info, 0, at_most_one, Type::text, no_words,
     "3.2.2", "what to do"},
    {Element::web, "web", Element::info, 0, at_most_one, Type::uri, no_words, "3.2.2",
     "where to read more; absolute"},
    {Element::contact, "contact", Element::info, 0, at_most_one, Type::text, no_words, "3.2.2",
     "whom to ask"},
    {Element::parameter, "parameter", Element::info, 0, any_number, Type::group, no_words, "3.2.2",
     "a value of a system of the sender"},
    {Element::parameter_name, "valueName", Element::parameter, 1, at_most_one, Type::text, no_words,
     "3.2.2", "the value's name"},
    {Element::parameter_value, "value", Element::parameter, 1, at_most_one, Type::text, no_words,
     "3.2.2", "the value"},
    {Element::resource, "resource", Element::info, 0, any_number, Type::group, no_words, "3.2.3",
     "a file that belongs to it"},
    {Element::resource_desc, "resourceDesc", Element::resource, 1, at_most_one, Type::text,
     no_words, "3.2.3", "what the file is"},
    {Element::mime_type, "mimeType", Element::resource, 1, at_most_one, Type::text, no_words,
     "3.2.3", "its media type"},
    {Element::size, "size", Element::resource, 0, at_most_one, Type::integer, no_words, "3.2.3",
     "its bytes"},
    {Element::uri, "uri", Element::resource, 0, at_most_one, Type::uri, no_words, "3.2.3",
     "where it is; relative only to name what derefUri holds"},
    {Element::deref_uri, "derefUri", Element::resource, 0, at_most_one, Type::base64, no_words,
     "3.2.3", "the file itself; never forwarded"},
    {Element::digest, "digest", Element::resource, 0, at_most_one, Type::digest, no_words, "3.2.3",
     "its SHA-1"},
    {Element::area, "area", Element::info, 0, any_number, Type::group, no_words, "3.2.4",
     "where; several areas add up"},
    {Element::area_desc, "areaDesc", Element::area, 1, at_most_one, Type::text, no_words, "3.2.4",
     "the place in words"},
    {Element::polygon, "polygon", Element::area, 0, any_number, Type::polygon, no_words, "3.2.4",
     "its outline, WGS 84"},
    {Element::circle, "circle", Element::area, 0, any_number, Type::circle, no_words, "3.2.4",
     "centre and radius in km"},
    {Element::geocode, "geocode", Element::area, 0, any_number, Type::group, no_words, "3.2.4",
     "the place in a system of codes; here KEMENDAGRI"},
    {Element::geocode_name, "valueName", Element::geocode, 1, at_most_one, Type::text, no_words,
     "3.2.4", "the system of codes"},
    {Element::geocode_value, "value", Element::geocode, 1, at_most_one, Type::text, no_words,
     "3.2.4", "the code"},
    {Element::altitude, "altitude", Element::area, 0, at_most_one, Type::decimal, no_words, "3.2.4",
     "feet above mean sea level, or the lower end"},
    {Element::ceiling, "ceiling", Element::area, 0, at_most_one, Type::decimal, no_words, "3.2.4",
     "the upper end, with altitude only"},
}};

struct Children {
  std::array<Element, 24> list{};
  std::size_t count = 0;
};

consteval std::array<Children, elements_count> children_of_all() {
  std::array<Children, elements_count> all{};
  for (auto const& entry : table) {
    if (entry.parent == Element::none) continue;
    auto& family = all[static_cast<std::size_t>(entry.parent)];
    family.list[family.count++] = entry.element;
  }
  return all;
}
constexpr auto families = children_of_all();

consteval bool rows_stand_at_their_number() {
  for (std::size_t i = 0; i < table.size(); ++i)
    if (static_cast<std::size_t>(table[i].element) != i) return false;
  return true;
}
static_assert(rows_stand_at_their_number());

}  // namespace

std::span<ElementRow const> elements() noexcept {
  return table;
}

ElementRow const& row(Element element) noexcept {
  return table[static_cast<std::size_t>(element)];
}

std::span<Element const> children(Element parent) noexcept {
  auto const& family = families[static_cast<std::size_t>(parent)];
  return std::span(family.list).first(family.count);
}

int find_child(Element parent, std::string_view name, int near) noexcept {
  auto const list = children(parent);
  int const count = static_cast<int>(list.size());
  for (int step = 0; step < count; ++step) {
    int const at = (near + step) % count;
    if (row(list[static_cast<std::size_t>(at)]).name == name) return at;
  }
  return -1;
}

std::string_view example(Type type) noexcept {
  switch (type) {
    case Type::group:
      return "{...}";
    case Type::text:
      return "teks / text";
    case Type::token:
      return "polres-2026-0001";
    case Type::time:
      return "2026-11-23T14:30:00+08:00";
    case Type::word:
      return "";
    case Type::language:
      return "id, id-ID";
    case Type::names:
      return "satu \"nama dua kata\"";
    case Type::references:
      return "sender,identifier,sent sender,identifier,sent";
    case Type::uri:
      return "https://bpbd.example/peringatan/123";
    case Type::base64:
      return "base64, RFC 4648: AbC0+/==";
    case Type::digest:
      return "SHA-1, 40 hex";
    case Type::integer:
      return "12345";
    case Type::decimal:
      return "1000.5";
    case Type::polygon:
      return "0.13,117.48 0.13,117.50 0.15,117.50 0.13,117.48";
    case Type::circle:
      return "0.135,117.49 2.5";
  }
  return "";
}

std::string_view type_name(Type type) noexcept {
  switch (type) {
    case Type::group:
      return "group";
    case Type::text:
      return "text";
    case Type::token:
      return "name";
    case Type::time:
      return "time";
    case Type::word:
      return "word";
    case Type::language:
      return "language tag";
    case Type::names:
      return "list of names";
    case Type::references:
      return "list of references";
    case Type::uri:
      return "URI";
    case Type::base64:
      return "base64";
    case Type::digest:
      return "digest";
    case Type::integer:
      return "whole number";
    case Type::decimal:
      return "decimal number";
    case Type::polygon:
      return "polygon";
    case Type::circle:
      return "circle";
  }
  return "";
}

}  // namespace siaga::cap
