#include "protocols/cap/document.hpp"

#include <algorithm>

namespace siaga::cap {

void Faults::add(Fault fault) {
  if (row(fault.check).origin == Origin::advice) {
    if (advice_.size() < most_) advice_.push_back(std::move(fault));
    return;
  }
  if (refusals_.size() < most_) {
    refusals_.push_back(std::move(fault));
  } else if (refusals_.size() == most_) {
    Fault more;
    more.check = Check::limit_reasons;
    more.element = Element::alert;
    more.right = std::to_string(most_);
    refusals_.push_back(std::move(more));
  }
}

void Faults::sort() {
  std::ranges::stable_sort(refusals_, {}, &Fault::node);
  std::ranges::stable_sort(advice_, {}, &Fault::node);
}

bool Faults::of(Element element) const noexcept {
  return std::ranges::any_of(refusals_, [&](Fault const& f) { return f.element == element; });
}

std::uint32_t Document::find(std::uint32_t parent, Element element,
                             std::uint32_t ordinal) const noexcept {
  for (std::uint32_t i = parent + 1; i < nodes[parent].end; i = nodes[i].end)
    if (nodes[i].element == element && nodes[i].ordinal == ordinal) return i;
  return no_node;
}

std::string_view trimmed(std::string_view text) noexcept {
  constexpr std::string_view space = " \t\r\n";
  auto const first = text.find_first_not_of(space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(space) - first + 1);
}

}  // namespace siaga::cap
