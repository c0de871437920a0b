// reasons: faults into the words of the receipt: where, which rule, and what to do, in Indonesian
// and English.
//
// Place:  Document -> REASONS -> Rejection, lint.
// Thread: any; pure.
// Safety: offending values are shortened, and control and direction characters in them replaced.
#pragma once

#include "gateway/domain/command.hpp"
#include "protocols/cap/document.hpp"

namespace siaga::cap {

Reason reason_of(Fault const& fault, Document const& document);
std::vector<Reason> reasons_of(std::vector<Fault> const& faults, Document const& document);
// A rule's sentence about one value, for rules judged outside a document.
std::string sentence(Check check, Element element, std::string_view value, std::string_view right);

// At most 40 characters of a value from outside, safe to print.
std::string shown(std::string_view value);

struct Place {
  std::size_t line = 1, column = 1;  // from 1; columns count characters
};
Place place_of(std::string_view source, std::size_t offset);

}  // namespace siaga::cap
