// Table: rows as people, spreadsheets and programs read them: aligned text of at most 100 columns,
// CSV, or JSON.
//
// Place:  listings -> TABLE -> the command line, and what a console offers for download.
// Thread: any. Pure.
// Rule:   text from outside is shown, not obeyed (base/visible.hpp); CSV cells that a spreadsheet
//         would take for a formula get an apostrophe in front. A row too wide for its line goes on
//         below, indented; only the aligned form ever cuts.
#pragma once

#include <boost/json/object.hpp>
#include <ostream>
#include <string>
#include <vector>

namespace siaga::views {

inline constexpr std::size_t columns_max = 100;

struct Column {
  std::string heading;
  bool spills = false;  // goes on a line of its own when the row is too long; the last one first
};

using Row = std::vector<std::string>;

void write_table(std::ostream& out, std::vector<Column> const& columns,
                 std::vector<Row> const& rows);
void write_csv(std::ostream& out, std::vector<boost::json::object> const& rows,
               std::vector<std::string> const& keys);
// One array, one object a line.
void write_json(std::ostream& out, std::vector<boost::json::object> const& rows);

// As base/visible.hpp has it; at most `width_max` characters, the last "…" when cut.
std::string plain(std::string_view text, std::size_t width_max = std::string::npos);
// Characters, not bytes.
std::size_t width(std::string_view text);

}  // namespace siaga::views
