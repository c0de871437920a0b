#include "config/directory_reader.hpp"

#include <unordered_map>
#include <unordered_set>

#include "config/forms.hpp"
#include "config/records.hpp"

namespace siaga::config {
namespace {

using Keys = std::vector<std::string>;

std::string officer_word(std::string const& id) {
  return id.empty() ? "[[officer]]" : "officer '" + id + "'";
}

class DirectoryReader {
 public:
  DirectoryReader(Keys const& keys, DirectoryNames& names, Problems& problems)
      : keys_(keys), names_(names), problems_(problems) {}

  void officers(Document const& document);
  void teams(Document const& document);
  // Officers nobody can ever tell, once every team is known.
  void strays();
  std::shared_ptr<Directory const> directory() {
    return std::make_shared<Directory const>(std::move(officers_), std::move(teams_));
  }

 private:
  void officer(TableReader& reader, toml::table const& table);
  void addresses(TableReader& reader, toml::table const& table, Officer& officer);
  void address(TableReader& reader, Place place, std::string const& key, Officer& officer);
  void team(TableReader& reader, toml::table const& table);

  Keys const& keys_;
  DirectoryNames& names_;
  Problems& problems_;
  std::vector<Officer> officers_;
  std::vector<Team> teams_;
  std::unordered_map<std::string, std::string> owner_;  // "key address" -> officer
  std::vector<Place> places_;                           // of each of officers_
  std::unordered_set<std::string> in_a_team_;
};

void DirectoryReader::officers(Document const& document) {
  TableReader reader(document, problems_);
  reader.unknown_keys(document.table, "a directory file", {"officer", "team", "area"});
  auto const tables = reader.tables(document.table, "officer", "officer");
  officers_.reserve(officers_.size() + tables.size());
  for (auto const* table : tables) officer(reader, *table);
}

void DirectoryReader::teams(Document const& document) {
  TableReader reader(document, problems_);
  for (auto const* table : reader.tables(document.table, "team", "team")) team(reader, *table);
}

void DirectoryReader::officer(TableReader& reader, toml::table const& table) {
  auto const record = reader.record<OfficerRecord>(table, "[[officer]]", keys_);
  Officer officer;
  officer.id = OfficerId(record.id);
  officer.name = record.name;
  officer.agency = AgencyId(record.agency);
  officer.language = record.language.empty() ? names_.language : record.language;
  for (std::size_t i = 0; i < record.areas.size(); ++i) {
    if (!is_area_code(record.areas[i]))
      reader.error(reader.place(table, "areas", i),
                   officer_word(record.id) + ": '" + record.areas[i] +
                       "' is no Kemendagri code: write one such as \"64.74\" or \"64.74.01.1003\"");
    officer.areas.push_back(record.areas[i]);
  }
  if (!record.agency.empty() && !names_.agencies.knows(record.agency))
    if (auto const why = names_.agencies.unknown(record.agency, officer_word(record.id));
        !why.empty())
      reader.warning(reader.place(table, "agency"), why);
  addresses(reader, table, officer);
  if (!names_.officers.define(reader, reader.place(table, "id"), record.id)) return;
  places_.push_back(reader.place(table));
  officers_.push_back(std::move(officer));
}

void DirectoryReader::addresses(TableReader& reader, toml::table const& table, Officer& officer) {
  for (auto const& key : keys_) {
    auto const* node = table.get(key);
    if (node == nullptr) continue;
    auto const* text = node->as_string();
    if (text == nullptr) {
      reader.error(reader.place(*node), officer_word(officer.id.value) + " " + key +
                                            " must be text in quotes: write " + key + " = \"...\"");
      continue;
    }
    officer.addresses[key] = text->get();
    address(reader, reader.place(*node), key, officer);
  }
  bool const has_any = !officer.addresses.empty();
  bool lost = false;
  for (auto const& key : keys_) lost = lost || reader.document().lost_keys.contains(key);
  if (!has_any && !lost)
    reader.warning(reader.place(table), officer_word(officer.id.value) +
                                            " has no address and cannot be told of anything: add "
                                            "sms = \"+62...\" or email = \"...\"");
}

void DirectoryReader::address(TableReader& reader, Place place, std::string const& key,
                              Officer& officer) {
  auto const& text = officer.addresses.at(key);
  auto const word = [&] { return officer_word(officer.id.value) + " " + key + " '" + text + "'"; };
  if (key == "sms" && !is_phone(text))
    return reader.error(place, word() +
                                   " is not an international number: write '+', the country and "
                                   "the number without blanks, such as \"+6281200000001\"");
  if (key == "email" && !is_mail_address(text))
    return reader.error(
        place, word() + " is not a mail address: write one such as \"piket@polres.example\"");
  if (text.empty()) return reader.error(place, word() + " is empty: write it or leave the key out");
  auto const [owner, fresh] = owner_.emplace(key + " " + text, officer.id.value);
  if (!fresh)
    reader.warning(place, word() + " is also that of officer '" + owner->second +
                              "': an answer from it cannot tell who answers");
}

void DirectoryReader::team(TableReader& reader, toml::table const& table) {
  auto const record = reader.record<TeamRecord>(table, "[[team]]");
  auto const word = record.id.empty() ? "[[team]]" : "team '" + record.id + "'";
  Team team;
  team.id = TeamId(record.id);
  team.test = record.test;
  team.is_public = record.is_public;
  std::unordered_set<std::string_view> seen;
  for (std::size_t i = 0; i < record.members.size(); ++i) {
    auto const& member = record.members[i];
    in_a_team_.insert(member);
    if (auto const why = names_.officers.unknown(member, word); !why.empty())
      reader.error(reader.place(table, "members", i), why);
    else if (!seen.insert(member).second)
      reader.warning(reader.place(table, "members", i),
                     word + " names officer '" + member + "' twice: leave one out");
    else
      team.members.push_back(OfficerId(member));
  }
  if (record.members.empty() && !reader.document().lost_keys.contains("members"))
    reader.warning(reader.place(table), word + " has no members: add members = [\"...\"]");
  if (!names_.teams.define(reader, reader.place(table, "id"), record.id)) return;
  teams_.push_back(std::move(team));
}

void DirectoryReader::strays() {
  for (std::size_t i = 0; i < officers_.size(); ++i)
    if (!in_a_team_.contains(officers_[i].id.value))
      problems_.warning(places_[i], officer_word(officers_[i].id.value) +
                                        " is in no team and will never be told: add the id to the "
                                        "members of a [[team]]");
}

}  // namespace

std::shared_ptr<Directory const> read_directory(std::vector<Document> const& documents,
                                                Keys const& address_keys, DirectoryNames& names,
                                                Problems& problems) {
  DirectoryReader reader(address_keys, names, problems);
  bool whole = true;
  for (auto const& document : documents) {
    if (document.broken) {
      names.officers.incomplete();
      names.teams.incomplete();
      whole = false;
    }
  }
  for (auto const& document : documents)
    if (document.understood) reader.officers(document);
  for (auto const& document : documents)
    if (document.understood) reader.teams(document);
  if (whole) reader.strays();
  return reader.directory();
}

}  // namespace siaga::config
