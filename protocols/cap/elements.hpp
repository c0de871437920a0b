// elements: CAP 1.2's data dictionary as one table: what may stand where, how often, in which
// order, and what it holds. Both readers, the writer and the reference work from it.
//
// Place:  beneath everything in this folder.
// Thread: constant.
// See:    CAP-v1.2 sections 3.2.1 to 3.2.4; a row's place in the table is its place in the
//         sequence.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace siaga::cap {

inline constexpr std::string_view cap_namespace = "urn:oasis:names:tc:emergency:cap:1.2";

// One value per row; valueName and value have a row for each place they may stand in.
// clang-format off
enum class Element : std::uint8_t {
  alert, identifier, sender, sent, status, msg_type, source, scope, restriction, addresses, code,
  note, references, incidents,
  info, language, category, event, response_type, urgency, severity, certainty, audience,
  event_code, event_code_name, event_code_value, effective, onset, expires, sender_name, headline,
  description, instruction, web, contact, parameter, parameter_name, parameter_value,
  resource, resource_desc, mime_type, size, uri, deref_uri, digest,
  area, area_desc, polygon, circle, geocode, geocode_name, geocode_value, altitude, ceiling,
  none,
};
// clang-format on
inline constexpr std::size_t elements_count = static_cast<std::size_t>(Element::none);

// clang-format off
enum class Type : std::uint8_t {
  group, text, token, time, word, language, names, references, uri, base64, digest, integer,
  decimal, polygon, circle,
};
// clang-format on

struct ElementRow {
  Element element;
  std::string_view name;
  Element parent;
  std::uint8_t least;  // 0 or 1
  bool many;           // false: at most one
  Type type;
  std::span<std::string_view const> words;  // of Type::word
  std::string_view section;
  std::string_view meaning;
};

std::span<ElementRow const> elements() noexcept;
ElementRow const& row(Element element) noexcept;
// The rows that may stand within `parent`, in their order.
std::span<Element const> children(Element parent) noexcept;
// Which child of `parent` has this name: its index in children(parent), or -1. Looks from `near`
// first.
int find_child(Element parent, std::string_view name, int near) noexcept;

// How a type is written, for people: "YYYY-MM-DDThh:mm:ss+08:00".
std::string_view example(Type type) noexcept;
std::string_view type_name(Type type) noexcept;

}  // namespace siaga::cap
