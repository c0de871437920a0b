#include "protocols/cap/leaf_reader.hpp"

#include <algorithm>

#include "protocols/cap/values.hpp"

namespace siaga::cap {

constexpr std::size_t token_bytes_max = 256;

void LeafReader::refuse(Check check, std::string_view value, std::string right) {
  Fault fault;
  fault.check = check;
  fault.element = element();
  fault.node = at_;
  fault.value = std::string(value);
  fault.right = std::move(right);
  document_.faults.add(std::move(fault));
}

std::string_view LeafReader::value() {
  auto const found = trimmed(raw());
  auto const& rule = row(element());
  if (!found.empty() || rule.least == 0) return found;
  if (rule.element == Element::event) {
    refuse(Check::blank);
  } else if (rule.type != Type::text) {
    refuse(Check::required);
  }
  return found;
}

std::string LeafReader::text() {
  return value().empty() ? std::string() : std::string(raw());
}

std::string LeafReader::token() {
  constexpr std::string_view refused = " \t\r\n,<&";
  if (value().empty()) return {};
  auto const found = raw();
  auto const control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  if (found.find_first_of(refused) != std::string_view::npos ||
      std::ranges::any_of(found, control)) {
    refuse(Check::characters, found);
  } else if (found.size() > token_bytes_max) {
    refuse(Check::length, found, std::to_string(token_bytes_max));
  }
  return std::string(found);
}

CapTime LeafReader::time() {
  CapTime found;
  found.text = value();
  if (found.text.empty()) return found;
  switch (parse_time(found.text, found.at)) {
    case TimeFault::none:
      break;
    case TimeFault::form:
      refuse(Check::form, found.text);
      break;
    case TimeFault::offset:
      refuse(Check::time_offset, found.text);
      break;
    case TimeFault::fraction:
      refuse(Check::time_fraction, found.text);
      break;
    case TimeFault::calendar:
      refuse(Check::time_calendar, found.text);
      break;
  }
  return found;
}

std::string LeafReader::language() {
  auto const found = value();
  if (!found.empty() && !is_language(found)) refuse(Check::form, found);
  return std::string(found);
}

std::vector<std::string> LeafReader::names() {
  auto found = parse_names(value());
  if (found) return std::move(*found);
  refuse(Check::form, trimmed(raw()));
  return {};
}

std::vector<Reference> LeafReader::references() {
  std::string_view culprit;
  auto found = parse_references(value(), culprit);
  if (found) return std::move(*found);
  refuse(Check::form, culprit);
  return {};
}

std::string LeafReader::web() {
  auto found = uri();
  if (uri_kind(found) == UriKind::relative) refuse(Check::absolute, found);
  return found;
}

std::string LeafReader::uri() {
  auto const found = value();
  if (!found.empty() && uri_kind(found) == UriKind::none) refuse(Check::form, found);
  return std::string(found);
}

std::optional<std::int64_t> LeafReader::size() {
  auto const text = value();
  if (text.empty()) return std::nullopt;
  auto const found = parse_integer(text);
  if (!found || *found < 0) refuse(Check::form, text);
  return found;
}

std::string LeafReader::base64() {
  auto const found = value();
  if (!is_base64(found)) refuse(Check::form, found);
  return std::string(found);
}

std::string LeafReader::digest() {
  auto const found = value();
  if (rigour_ == Rigour::advice_too && !found.empty() && !is_sha1(found))
    refuse(Check::digest_form, found);
  return std::string(found);
}

std::string LeafReader::decimal() {
  auto const found = value();
  if (!found.empty() && !is_decimal(found)) refuse(Check::form, found);
  return std::string(found);
}

std::string LeafReader::polygon() {
  auto const found = value();
  if (found.empty()) return {};
  auto const judgement = judge_polygon(found, settings_.points_max);
  refuse_shape(judgement);
  if (rigour_ == Rigour::advice_too && judgement.fault == ShapeFault::none)
    if (auto const near = crossing(found); !near.empty()) refuse(Check::polygon_crossing, near);
  return std::string(found);
}

std::string LeafReader::circle() {
  auto const found = value();
  if (!found.empty()) refuse_shape(judge_circle(found));
  return std::string(found);
}

void LeafReader::refuse_shape(ShapeJudgement const& judgement) {
  switch (judgement.fault) {
    case ShapeFault::none:
      break;
    case ShapeFault::form:
      refuse(Check::form, judgement.value);
      break;
    case ShapeFault::bounds:
      refuse(Check::bounds, judgement.value);
      break;
    case ShapeFault::few_points:
      refuse(Check::polygon_points, judgement.value);
      break;
    case ShapeFault::many_points:
      refuse(Check::limit_points, {}, judgement.right);
      break;
    case ShapeFault::open:
      refuse(Check::polygon_closed, judgement.value, judgement.right);
      break;
  }
}

}  // namespace siaga::cap
