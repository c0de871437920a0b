#include "protocols/cap/tree_builder.hpp"

#include <algorithm>
#include <cctype>

namespace siaga::cap {
namespace {

std::size_t distance(std::string_view a, std::string_view b) {
  std::array<std::size_t, 24> costs{};
  if (a.size() > 20 || b.size() >= costs.size()) return 99;
  for (std::size_t j = 0; j <= b.size(); ++j) costs[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = costs[0];
    costs[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      bool const same = std::tolower(static_cast<unsigned char>(a[i - 1])) ==
                        std::tolower(static_cast<unsigned char>(b[j - 1]));
      std::size_t const cost =
          std::min({costs[j] + 1, costs[j - 1] + 1, diagonal + (same ? 0 : 1)});
      diagonal = costs[j];
      costs[j] = cost;
    }
  }
  return costs[b.size()];
}

// The child's name that was probably meant, or nothing.
std::string nearest(Element parent, std::string_view name) {
  std::size_t best = 3;
  std::string_view found;
  for (Element const child : children(parent)) {
    auto const far = distance(name, row(child).name);
    if (far < best) best = far, found = row(child).name;
  }
  return std::string(found);
}

}  // namespace

TreeBuilder::TreeBuilder(Document& document, Settings const& settings)
    : document_(document), settings_(settings) {
  document_.nodes.reserve(64);
  document_.pool.reserve(document.source.size());
}

void TreeBuilder::open_root(std::uint32_t offset) {
  frames_[0] = Frame{};
  add_node(Element::alert, 0, offset);
}

void TreeBuilder::open(std::string_view name, std::uint32_t offset) {
  if (skipping() || leaf_) {
    if (!skipping()) fault_below(Check::unknown, Element::alert, name, offset, {});
    ++skipped_;
    return;
  }
  auto& frame = frames_[depth_];
  int const child = find_child(group(), name, frame.last);
  if (child < 0) {
    open_unknown(name, offset);
    return;
  }
  Element const element = children(group())[static_cast<std::size_t>(child)];
  if (!admit(element, child, name, offset)) {
    ++skipped_;
    return;
  }
  add_node(element, frame.counts[static_cast<std::size_t>(child)]++, offset);
  if (row(element).type == Type::group) {
    auto& inner = frames_[++depth_];
    inner = Frame{};
    inner.node = static_cast<std::uint32_t>(document_.nodes.size() - 1);
  } else {
    leaf_ = true;
  }
}

void TreeBuilder::open_unknown(std::string_view name, std::uint32_t offset) {
  if (!skipping()) {
    bool const guess = !leaf_ && !document_.faults.full();
    auto right = guess ? nearest(group(), name) : std::string{};
    fault_below(Check::unknown, Element::alert, name, offset, std::move(right));
  }
  ++skipped_;
}

bool TreeBuilder::admit(Element element, int child, std::string_view name, std::uint32_t offset) {
  auto& frame = frames_[depth_];
  if (!row(element).many && frame.counts[static_cast<std::size_t>(child)] > 0) {
    fault_below(Check::repeated, element, name, offset, {});
    return false;
  }
  if (!within_limits(element, frame.counts[static_cast<std::size_t>(child)])) return false;
  if (document_.form == Form::xml && child < frame.last) {
    auto const later = children(group())[static_cast<std::size_t>(frame.last)];
    fault_below(Check::xml_order, element, name, offset, std::string(row(later).name));
  }
  frame.last = child;
  return true;
}

bool TreeBuilder::within_limits(Element element, std::uint32_t before) {
  if (element == Element::info && before >= settings_.infos_max) {
    fault(Check::limit_infos, Element::info, {}, std::to_string(settings_.infos_max));
    stopped_ = true;
  } else if (element == Element::area && ++areas_ > settings_.areas_max) {
    fault(Check::limit_areas, Element::area, {}, std::to_string(settings_.areas_max));
    stopped_ = true;
  }
  return !stopped_;
}

void TreeBuilder::add_node(Element element, std::uint32_t ordinal, std::uint32_t offset) {
  Node added;
  added.element = element;
  added.parent = document_.nodes.empty() ? no_node : node();
  added.ordinal = ordinal;
  added.offset = offset;
  added.text_begin = static_cast<std::uint32_t>(document_.pool.size());
  document_.nodes.push_back(added);
  document_.nodes.back().end = static_cast<std::uint32_t>(document_.nodes.size());
}

void TreeBuilder::text(std::string_view text) {
  if (skipping()) return;
  if (leaf_) {
    document_.pool += text;
    document_.nodes.back().text_size += static_cast<std::uint32_t>(text.size());
    return;
  }
  auto& frame = frames_[depth_];
  if (frame.text_told || trimmed(text).empty()) return;
  frame.text_told = true;
  fault(Check::xml_text, Element::alert, std::string(trimmed(text)));
}

void TreeBuilder::close() {
  if (skipping()) {
    --skipped_;
    return;
  }
  if (leaf_) {
    leaf_ = false;
    return;
  }
  tell_missing();
  document_.nodes[node()].end = static_cast<std::uint32_t>(document_.nodes.size());
  if (depth_ > 0) --depth_;
}

void TreeBuilder::abandon() {
  if (document_.nodes.empty()) return;
  for (std::size_t i = 0; i <= depth_; ++i)
    document_.nodes[frames_[i].node].end = static_cast<std::uint32_t>(document_.nodes.size());
}

void TreeBuilder::tell_missing() {
  auto const family = children(group());
  for (std::size_t i = 0; i < family.size(); ++i) {
    auto const& wanted = row(family[i]);
    if (wanted.least == 0 || frames_[depth_].counts[i] > 0) continue;
    fault_below(Check::required, wanted.element, wanted.name, Fault::no_offset, {});
  }
}

void TreeBuilder::fault(Check check, Element element, std::string value, std::string right) {
  if (document_.faults.full()) return;
  Fault found;
  found.check = check;
  found.element = element;
  found.node = leaf_ ? static_cast<std::uint32_t>(document_.nodes.size() - 1) : node();
  if (document_.nodes.empty()) found.node = no_node;
  found.value = std::move(value);
  found.right = std::move(right);
  document_.faults.add(std::move(found));
}

void TreeBuilder::refuse_child(Check check, int child, std::string value, std::string right) {
  if (document_.faults.full()) return;
  auto const element = children(group())[static_cast<std::size_t>(child)];
  Fault found;
  found.check = check;
  found.element = element;
  found.node = node();
  found.below = row(element).name;
  found.value = std::move(value);
  found.right = std::move(right);
  document_.faults.add(std::move(found));
}

void TreeBuilder::fault_below(Check check, Element element, std::string_view name,
                              std::uint32_t offset, std::string right) {
  if (document_.faults.full()) return;
  Fault found;
  found.check = check;
  found.element = element;
  found.node = leaf_ ? static_cast<std::uint32_t>(document_.nodes.size() - 1) : node();
  found.below = std::string(name);
  found.offset = offset;
  found.value = std::string(name);
  found.right = std::move(right);
  document_.faults.add(std::move(found));
}

}  // namespace siaga::cap
