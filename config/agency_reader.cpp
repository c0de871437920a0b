#include "config/agency_reader.hpp"

#include <algorithm>
#include <map>

#include "config/enum_words.hpp"
#include "config/forms.hpp"
#include "config/records.hpp"

namespace siaga::config {
namespace {

Grant granted(TableReader& reader, toml::table const& table, std::string const& where) {
  auto const record = reader.record<GrantRecord>(table, where);
  check_area_codes(reader, table, "areas", record.areas, where);
  Grant grant;
  grant.scopes = values_of<Scope>(record.scope);
  grant.severity_max = value_of<Severity>(record.severity_max);
  grant.categories = values_of<Category>(record.categories);
  grant.events = record.events;
  grant.areas = record.areas;
  grant.statuses = values_of<Status>(record.statuses);
  return grant;
}

bool is_sender(std::string const& text) {
  return !text.empty() && text.find_first_of(" ,<&") == text.npos;  // CAP 1.2, section 3.2.1
}

void check_senders(TableReader& reader, toml::table const& table, AgencyRecord const& record,
                   std::map<std::string, std::string>& owner) {
  for (std::size_t i = 0; i < record.senders.size(); ++i) {
    auto const& sender = record.senders[i];
    auto const place = reader.place(table, "senders", i);
    if (!is_sender(sender))
      reader.error(place, "agency '" + record.id + "': CAP allows no sender '" + sender +
                              "': write it without blanks, commas, < and &");
    auto const [first, fresh] = owner.emplace(sender, record.id);
    if (!fresh && first->second != record.id)
      reader.warning(place, "sender '" + sender + "' of agency '" + record.id +
                                "' is also a sender of '" + first->second +
                                "': an alert file cannot tell which of them speaks");
  }
}

}  // namespace

void check_area_codes(TableReader& reader, toml::table const& table, std::string const& key,
                      std::vector<std::string> const& codes, std::string const& where) {
  for (std::size_t i = 0; i < codes.size(); ++i)
    if (!is_area_code(codes[i]))
      reader.error(reader.place(table, key, i),
                   where + ": '" + codes[i] +
                       "' is no Kemendagri code: write one such as \"64.74\" or \"64.74.01.1003\"");
}

Grants read_agencies(TableReader& reader, Names& agencies) {
  Grants grants;
  std::map<std::string, std::string> owner;  // sender -> agency
  for (auto const* table : reader.tables(reader.document().table, "agency", "agency")) {
    auto const record = reader.record<AgencyRecord>(*table, "[[agency]]", {"may"});
    auto const where = "agency '" + record.id + "'";
    check_senders(reader, *table, record, owner);
    Grant grant;
    if (auto const* may = reader.table_at(*table, "may", where + " may"))
      grant = granted(reader, *may, where + " may");
    else if (!table->contains("may") && !reader.document().lost_keys.contains("may"))
      reader.warning(reader.place(*table),
                     where +
                         " has no 'may' and may say anything about any place: add may = "
                         "{ scope = [...], severity_max = \"...\", areas = [...] }");
    if (!agencies.define(reader, reader.place(*table, "id"), record.id)) continue;
    grant.agency = AgencyId(record.id);
    grant.agency_name = record.name;
    grant.senders = record.senders;
    grants.by_agency.emplace(grant.agency, std::move(grant));
  }
  return grants;
}

}  // namespace siaga::config
