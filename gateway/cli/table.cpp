#include "gateway/cli/table.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <numeric>

namespace siaga::cli {
namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t narrowest = 6;

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

std::size_t total(std::vector<std::size_t> const& widths) {
  return std::accumulate(widths.begin(), widths.end(), gap * (widths.size() - 1));
}

// Takes one column at a time from the widest that may give, flexible ones first.
void fit(std::vector<Column> const& columns, std::vector<std::size_t>& widths) {
  for (bool const flexible : {true, false}) {
    while (total(widths) > columns_max) {
      std::size_t widest = widths.size();
      for (std::size_t i = 0; i < widths.size(); ++i)
        if (columns[i].flexible == flexible && widths[i] > narrowest &&
            (widest == widths.size() || widths[i] > widths[widest]))
          widest = i;
      if (widest == widths.size()) break;
      --widths[widest];
    }
  }
}

void write_row(std::ostream& out, Row const& row, std::vector<std::size_t> const& widths) {
  std::string line;
  for (std::size_t i = 0; i < row.size(); ++i) {
    auto const cell = plain(row[i], widths[i]);
    line += cell + std::string(widths[i] - width(cell) + gap, ' ');
  }
  line.erase(line.find_last_not_of(' ') + 1);
  out << line << '\n';
}

std::string csv_cell(boost::json::value const* value) {
  if (value == nullptr || value->is_null()) return {};
  if (!value->is_string()) return boost::json::serialize(*value);
  std::string text(value->get_string());
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos)
    text.insert(text.begin(), '\'');
  if (text.find_first_of("\",\r\n") == text.npos) return text;
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
  std::string clean;
  for (char const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    clean += byte < 0x20 || byte == 0x7F ? ' ' : c;
  }
  // C1 controls are two bytes in UTF-8; a terminal obeys them too.
  for (auto at = clean.find('\xC2'); at != clean.npos; at = clean.find('\xC2', at + 1))
    if (at + 1 < clean.size() && static_cast<unsigned char>(clean[at + 1]) < 0xA0)
      clean.replace(at, 2, " ");
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
  fit(columns, widths);
  Row headings;
  for (auto const& column : columns) headings.push_back(column.heading);
  write_row(out, headings, widths);
  for (auto const& row : rows) write_row(out, row, widths);
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
    out << (i == 0 ? "\n" : ",\n") << boost::json::serialize(rows[i]);
  out << (rows.empty() ? "]\n" : "\n]\n");
}

}  // namespace siaga::cli
