#include "protocols/sms/modem/at_values.hpp"

#include <charconv>

#include "protocols/sms/modem/at_line.hpp"

namespace siaga::sms {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::string_view without_brackets(std::string_view list) {
  list = trimmed(list);
  if (!list.empty() && list.front() == '(') list.remove_prefix(1);
  if (!list.empty() && list.back() == ')') list.remove_suffix(1);
  return list;
}

}  // namespace

std::string_view values_of(std::string_view line) {
  if (at_name(line).empty()) return trimmed(line);
  auto const colon = line.find(':');
  return colon == line.npos ? std::string_view() : trimmed(line.substr(colon + 1));
}

std::vector<std::string_view> split_values(std::string_view values) {
  std::vector<std::string_view> all;
  std::size_t begin = 0;
  int depth = 0;
  bool in_quotes = false;
  for (std::size_t i = 0; i <= values.size() && all.size() < at_values_max; ++i) {
    bool const at_end = i == values.size();
    char const c = at_end ? ',' : values[i];
    if (c == '"') in_quotes = !in_quotes;
    if (!in_quotes && c == '(') ++depth;
    if (!in_quotes && c == ')' && depth > 0) --depth;
    if (!at_end && (c != ',' || in_quotes || depth > 0)) continue;
    all.push_back(trimmed(values.substr(begin, i - begin)));
    begin = i + 1;
  }
  return all;
}

std::string_view unquoted(std::string_view value) {
  value = trimmed(value);
  if (!value.empty() && value.front() == '"') value.remove_prefix(1);
  if (!value.empty() && value.back() == '"') value.remove_suffix(1);
  return value;
}

std::optional<int> number_of(std::string_view value) {
  value = unquoted(value);
  int number = 0;
  auto const [end, ec] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (value.empty() || ec != std::errc() || end != value.data() + value.size()) return std::nullopt;
  return number;
}

bool offers(std::string_view list, int value) {
  for (auto const one : split_values(without_brackets(list))) {
    auto const dash = one.find('-', 1);
    auto const first = number_of(one.substr(0, dash));
    auto const last = dash == one.npos ? first : number_of(one.substr(dash + 1));
    if (first && last && *first <= value && value <= *last) return true;
  }
  return false;
}

std::vector<std::string> words_of(std::string_view list) {
  std::vector<std::string> words;
  for (auto const one : split_values(without_brackets(list)))
    if (!unquoted(one).empty()) words.emplace_back(unquoted(one));
  return words;
}

}  // namespace siaga::sms
