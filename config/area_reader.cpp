#include "config/area_reader.hpp"

#include <map>

#include "config/forms.hpp"
#include "config/records.hpp"

namespace siaga::config {
namespace {

class AreaReader {
 public:
  explicit AreaReader(Problems& problems) : problems_(problems) {}

  void areas(Document const& document) {
    TableReader reader(document, problems_);
    for (auto const* table : reader.tables(document.table, "area", "area")) area(reader, *table);
  }

  std::shared_ptr<Gazetteer const> gazetteer() {
    if (districts_.empty()) return nullptr;
    return std::make_shared<Gazetteer const>(std::move(districts_));
  }

 private:
  void area(TableReader& reader, toml::table const& table) {
    auto record = reader.record<AreaRecord>(table, "[[area]]");
    if (record.code.empty()) return;
    auto const word = "area '" + record.code + "'";
    auto const place = reader.place(table, "code");
    if (!is_area_code(record.code))
      return reader.error(place, word +
                                     " is no Kemendagri code: write one such as \"64.74\" or "
                                     "\"64.74.01.1003\"");
    auto const [first, fresh] = places_.emplace(record.code, place);
    if (!fresh)
      return reader.error(place, word + " is listed twice, first at " +
                                     reader.file_and_line(first->second) + ": leave one out");
    for (std::size_t i = 0; i < record.outline.size(); ++i)
      if (!is_outline(record.outline[i]))
        reader.error(
            reader.place(table, "outline", i),
            word +
                " has an outline that is no polygon: write \"lat,lon lat,lon ...\", four "
                "points or more, the last the same as the first, no side crossing another");
    districts_.push_back({record.code, record.name, std::move(record.outline)});
  }

  Problems& problems_;
  std::vector<District> districts_;
  std::map<std::string, Place> places_;  // of the codes
};

}  // namespace

std::shared_ptr<Gazetteer const> read_areas(std::vector<Document> const& documents,
                                            Problems& problems) {
  AreaReader reader(problems);
  for (auto const& document : documents)
    if (document.understood) reader.areas(document);
  return reader.gazetteer();
}

}  // namespace siaga::config
