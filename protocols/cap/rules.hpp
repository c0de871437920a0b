// rules: everything that can be wrong with a CAP message, as one table: the rule's id, whether the
// standard or the gateway asks it, of which elements and forms, and the words that tell it.
//
// Place:  readers and conditions name a Check; reasons turns it into the receipt's words; reference
//         and the corpus test enumerate it.
// Thread: constant.
// See:    README.md of this folder, generated from here.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/cap/elements.hpp"

namespace siaga::cap {

// clang-format off
enum class Check : std::uint8_t {
  nul, xml_encoding, xml_wellformed, xml_doctype, xml_root, xml_namespace, xml_encrypted,
  xml_attribute, xml_text, xml_order, signature, json_syntax, json_root, json_duplicate,
  json_array, json_type,
  json_character, wrapper_data, wrapper_base64, unknown,
  required, repeated, word, characters, form, time_offset, time_fraction, time_calendar, absolute,
  polygon_points, polygon_closed, bounds, restriction_required, addresses_required,
  references_required, ceiling_alone,
  limit_bytes, limit_tag, limit_attributes, limit_namespaces, limit_depth, limit_infos, limit_areas,
  limit_points, limit_reasons, length, blank,
  references_own, info_required, expires_required, expires_order, category_agreement,
  event_code_agreement, event_agreement, kemendagri, ceiling_order, sent_ahead, sent_stale,
  restriction_unused, note_absent, references_later, language_absent, digest_form, polygon_crossing,
};
// clang-format on

// Who asks it. Advice is told by lint and never refuses.
enum class Origin : std::uint8_t { standard, policy, advice };
// Where it can be broken. `clock`: only when the time of arrival is known.
enum class Forms : std::uint8_t { xml, json, both, wrapper, clock };

struct CheckRow {
  Check check;
  std::string_view id;  // {} stands for the element's name
  Origin origin;
  Forms forms;
  bool (*concerns)(ElementRow const&);  // which elements have this rule
  std::string_view section;             // empty: the element's own
  // {e} element, {v} offending value, {w} what would be right; [...] is left out when {w} in it is
  // empty.
  std::string_view indonesian;
  std::string_view english;
};

std::span<CheckRow const> checks() noexcept;
CheckRow const& row(Check check) noexcept;
std::string rule_id(Check check, Element element);

struct Rule {
  std::string id;
  Check check;
  Element element;
};
// Every rule there is, once per element it concerns.
std::vector<Rule> all_rules();

}  // namespace siaga::cap
