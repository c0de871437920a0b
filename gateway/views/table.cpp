#include "gateway/views/table.hpp"

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <utility>

#include "gateway/base/visible.hpp"

namespace siaga::views {
namespace {

constexpr std::size_t gap = 2;
constexpr std::string_view indent = "    ";

bool continues(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

std::vector<std::size_t> widths_of(std::vector<Column> const& columns,
                                   std::vector<Row> const& rows) {
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    auto most = width(columns[i].heading);
    for (auto const& row : rows) most = std::max(most, width(plain(row.at(i))));
    widths.push_back(most);
  }
  return widths;
}

// The columns that stay in every row; what spills, the last first, follows in it where there is
// room, else below.
std::vector<bool> fit(std::vector<Column> const& columns, std::vector<std::size_t>& widths) {
  std::vector<bool> stays(columns.size(), true);
  auto kept = [&] {
    std::size_t sum = 0;
    for (std::size_t i = 0; i < widths.size(); ++i) sum += stays[i] ? widths[i] + gap : 0;
    return sum - gap;
  };
  for (auto i = columns.size(); i-- > 0 && kept() > columns_max;)
    if (columns[i].spills) stays[i] = false;
  while (kept() > columns_max) --*std::ranges::max_element(widths);
  return stays;
}

// As many lines as the text needs, broken between words where there are any.
void write_below(std::ostream& out, std::string text) {
  auto const most = columns_max - indent.size();
  while (!text.empty()) {
    auto line = text;
    if (width(line) > most) {
      line = plain(text, most);
      line.resize(line.rfind("…"));
      if (auto const space = line.rfind(' '); space != line.npos && space > 0) line.resize(space);
    }
    text.erase(0, line.size());
    text.erase(0, text.find_first_not_of(' '));
    out << indent << line << '\n';
  }
}

void write_row(std::ostream& out, Row const& row, std::vector<std::size_t> const& widths,
               std::vector<bool> const& stays) {
  std::string line, below;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (stays[i]) {
      auto const cell = plain(row[i], widths[i]);
      line += cell + std::string(widths[i] - width(cell) + gap, ' ');
    } else if (!row[i].empty()) {
      below += (below.empty() ? "" : "  ") + plain(row[i]);
    }
  }
  bool const has_room = width(line) + width(below) <= columns_max;
  if (has_room) line += std::exchange(below, {});
  line.erase(line.find_last_not_of(' ') + 1);
  out << line << '\n';
  write_below(out, std::move(below));
}

// "299.5", never "2.995E2".
std::string decimals(double value) {
  std::array<char, 352> text;
  auto const end =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  return {text.data(), end.ptr};
}

// To a spreadsheet, which passes over white space in front; the wide forms count in some languages.
bool is_formula(std::string_view text) {
  constexpr std::array<std::string_view, 8> signs = {"=", "+", "-", "@", "＝", "＋", "－", "＠"};
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return std::ranges::any_of(signs, [&](auto sign) { return text.starts_with(sign); });
}

std::string csv_cell(boost::json::value const* value) {
  if (value == nullptr || value->is_null()) return {};
  if (value->is_double()) return decimals(value->get_double());
  if (!value->is_string()) return boost::json::serialize(*value);
  auto text = visible(std::string_view(value->get_string()));
  if (is_formula(text)) text.insert(text.begin(), '\'');
  if (text.find_first_of("\",") == text.npos) return text;
  std::string quoted = "\"";
  for (char const c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

}  // namespace

std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return !continues(c); }));
}

std::string plain(std::string_view text, std::size_t width_max) {
  auto const clean = visible(text);
  if (width(clean) <= width_max) return clean;
  std::size_t kept = 0, bytes = 0;
  while (bytes < clean.size()) {
    if (!continues(clean[bytes]) && ++kept == width_max) break;
    ++bytes;
  }
  return clean.substr(0, bytes) + "…";
}

void write_table(std::ostream& out, std::vector<Column> const& columns,
                 std::vector<Row> const& rows) {
  auto widths = widths_of(columns, rows);
  auto const stays = fit(columns, widths);
  Row headings;
  for (auto const& column : columns) headings.push_back(column.heading);
  write_row(out, headings, widths, stays);
  for (auto const& row : rows) write_row(out, row, widths, stays);
}

void write_csv(std::ostream& out, std::vector<boost::json::object> const& rows,
               std::vector<std::string> const& keys) {
  for (std::size_t i = 0; i < keys.size(); ++i) out << (i == 0 ? "" : ",") << keys[i];
  out << "\n";
  for (auto const& row : rows) {
    for (std::size_t i = 0; i < keys.size(); ++i)
      out << (i == 0 ? "" : ",") << csv_cell(row.if_contains(keys[i]));
    out << "\n";
  }
}

void write_json(std::ostream& out, std::vector<boost::json::object> const& rows) {
  out << "[";
  for (std::size_t i = 0; i < rows.size(); ++i)
    out << (i == 0 ? "\n" : ",\n") << visible_lines(boost::json::serialize(rows[i]));
  out << (rows.empty() ? "]\n" : "\n]\n");
}

}  // namespace siaga::views
