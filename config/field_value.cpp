#include "config/field_value.hpp"

#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <optional>
#include <sstream>

#include "config/forms.hpp"
#include "gateway/domain/time.hpp"

namespace siaga::config {
namespace {

using Duration = std::chrono::milliseconds;
using Texts = std::vector<std::string>;

std::string kind_of(toml::node const& node) {
  switch (node.type()) {
    case toml::node_type::table:
      return "a table";
    case toml::node_type::array:
      return "a list";
    case toml::node_type::string:
      return "text";
    case toml::node_type::integer:
      return "a whole number";
    case toml::node_type::floating_point:
      return "a number with a fraction";
    case toml::node_type::boolean:
      return "true or false";
    case toml::node_type::date:
    case toml::node_type::time:
    case toml::node_type::date_time:
      return "a date or time";
    case toml::node_type::none:
      break;
  }
  return "nothing";
}

std::string number_text(double number) {
  std::ostringstream text;
  text.precision(12);
  text << number;
  return text.str();
}

constexpr std::array<std::pair<std::string_view, std::int64_t>, 3> size_units = {
    {{"GB", 1'000'000'000}, {"MB", 1'000'000}, {"kB", 1'000}}};

std::string size_text(std::int64_t bytes) {
  for (auto const& [unit, worth] : size_units)
    if (bytes != 0 && bytes % worth == 0) return std::to_string(bytes / worth) + std::string(unit);
  return std::to_string(bytes) + "B";
}

std::optional<std::int64_t> size_in(std::string_view text) {
  std::int64_t worth = 1;
  for (auto const& [unit, bytes] : size_units)
    if (text.ends_with(unit)) worth = bytes, text.remove_suffix(2);
  if (worth == 1 && text.ends_with('B')) text.remove_suffix(1);
  std::int64_t number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  bool const whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || number < 0 || number > std::numeric_limits<std::int64_t>::max() / worth)
    return std::nullopt;
  return number * worth;
}

std::string bound_text(Field const& field, double bound) {
  if (field.is_size) return size_text(static_cast<std::int64_t>(bound));
  if (std::holds_alternative<Duration>(field.default_value))
    return to_text(Duration(static_cast<std::int64_t>(bound)));
  return number_text(bound) + (field.unit.empty() ? "" : " " + field.unit);
}

WrongValue wrong(Field const& field, toml::node const& node) {
  return {"is " + kind_of(node) + ", but must be " + wanted(field)};
}

std::variant<FieldValue, WrongValue> texts_of(Field const& field, toml::node const& node) {
  if (auto const* one = node.as_string()) return FieldValue(Texts{one->get()});
  auto const* list = node.as_array();
  if (list == nullptr) return wrong(field, node);
  Texts texts;
  for (auto const& element : *list) {
    auto const* text = element.as_string();
    if (text == nullptr)
      return WrongValue{"holds " + kind_of(element) + ", but must be " + wanted(field)};
    texts.push_back(text->get());
  }
  return FieldValue(std::move(texts));
}

std::variant<FieldValue, WrongValue> duration_of(Field const& field, toml::node const& node) {
  auto const* text = node.as_string();
  if (text == nullptr) return wrong(field, node);
  if (auto const duration = parse_duration(text->get())) return FieldValue(*duration);
  return WrongValue{"is '" + text->get() + "', which is no duration: write " + wanted(field)};
}

std::variant<FieldValue, WrongValue> whole_of(Field const& field, toml::node const& node) {
  if (auto const* number = node.as_integer()) return FieldValue(number->get());
  auto const* text = node.as_string();
  if (text == nullptr || !field.is_size) return wrong(field, node);
  if (auto const bytes = size_in(text->get())) return FieldValue(*bytes);
  return WrongValue{"is '" + text->get() + "', which is no size: write " + wanted(field)};
}

std::string in_quotes(std::string const& text) {
  std::string out = "\"";
  for (char const c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

}  // namespace

std::string wanted(Field const& field) {
  switch (field.default_value.index()) {
    case 0:
      return "text in quotes";
    case 1:
      return field.is_size ? "a number of bytes with its unit in quotes, such as \"512kB\", "
                             "\"64MB\", \"2GB\""
                           : "a whole number";
    case 2:
      return "a number";
    case 3:
      return "true or false";
    case 4:
      return "a whole number and its unit in quotes, such as \"250ms\", \"30s\", \"5m\", \"2h\"";
    default:
      return "a list of texts, such as [\"a\", \"b\"]";
  }
}

std::variant<FieldValue, WrongValue> field_value(Field const& field, toml::node const& node) {
  switch (field.default_value.index()) {
    case 0:
      if (auto const* text = node.as_string()) return FieldValue(text->get());
      break;
    case 1:
      return whole_of(field, node);
    case 2:
      if (auto const* number = node.as_floating_point(); number && std::isfinite(number->get()))
        return FieldValue(number->get());
      if (auto const* whole = node.as_integer())
        return FieldValue(static_cast<double>(whole->get()));
      break;
    case 3:
      if (auto const* flag = node.as_boolean()) return FieldValue(flag->get());
      break;
    case 4:
      return duration_of(field, node);
    default:
      return texts_of(field, node);
  }
  return wrong(field, node);
}

std::string phrase(std::string sentence) {
  if (sentence.ends_with('.')) sentence.pop_back();
  bool const word = sentence.size() > 1 && std::islower(static_cast<unsigned char>(sentence[1]));
  bool const article = sentence.starts_with("A ");
  if (word || article)
    sentence[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(sentence[0])));
  return sentence;
}

std::string toml_text(Field const& field, FieldValue const& value) {
  if (auto const* bytes = std::get_if<std::int64_t>(&value); bytes && field.is_size)
    return in_quotes(size_text(*bytes));
  struct Writer {
    std::string operator()(std::string const& text) const { return in_quotes(text); }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(double number) const { return number_text(number); }
    std::string operator()(bool flag) const { return flag ? "true" : "false"; }
    std::string operator()(Duration duration) const { return in_quotes(to_text(duration)); }
    std::string operator()(Texts const& texts) const {
      std::string all = "[";
      for (auto const& text : texts) all += (all.size() > 1 ? ", " : "") + in_quotes(text);
      return all + "]";
    }
  };
  return std::visit(Writer{}, value);
}

std::string range_text(Field const& field) {
  bool const low = field.min > std::numeric_limits<double>::lowest();
  bool const high = field.max < std::numeric_limits<double>::max();
  bool const counts = !field.is_size && !std::holds_alternative<Duration>(field.default_value);
  if (low && high)
    return (counts ? number_text(field.min) : bound_text(field, field.min)) + " to " +
           bound_text(field, field.max);
  if (low) return "at least " + bound_text(field, field.min);
  if (high) return "at most " + bound_text(field, field.max);
  return {};
}

std::string out_of_range(Field const& field, FieldValue const& value) {
  double number = 0;
  if (auto const* whole = std::get_if<std::int64_t>(&value))
    number = static_cast<double>(*whole);
  else if (auto const* real = std::get_if<double>(&value))
    number = *real;
  else if (auto const* duration = std::get_if<Duration>(&value))
    number = static_cast<double>(duration->count());
  else
    return {};
  if (number >= field.min && number <= field.max) return {};
  return "is " + toml_text(field, value) + ", which is out of range: write " + range_text(field);
}

}  // namespace siaga::config
