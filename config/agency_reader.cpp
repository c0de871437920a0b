#include "config/agency_reader.hpp"

#include <algorithm>
#include <map>

#include "config/enum_words.hpp"
#include "config/forms.hpp"
#include "config/records.hpp"
#include "config/signer_reader.hpp"
#include "gateway/domain/text.hpp"

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

void check_hosts(TableReader& reader, toml::table const& table, AgencyRecord const& record) {
  for (std::size_t i = 0; i < record.hosts.size(); ++i)
    if (!siaga::is_host_name(lower_case(record.hosts[i])))
      reader.error(reader.place(table, "hosts", i),
                   "agency '" + record.id + "': '" + record.hosts[i] +
                       "' is no host name: write one such as \"bontangkota.example\", without "
                       "https:// and what follows the name");
}

void describe(Grant& grant, AgencyRecord const& record) {
  grant.agency = AgencyId(record.id);
  grant.agency_name = record.name;
  grant.senders = record.senders;
  if (record.recipients_max > 0)
    grant.recipients_max = static_cast<std::size_t>(record.recipients_max);
  for (auto const& host : record.hosts) grant.hosts.push_back(lower_case(host));
  grant.allowance = {record.rate_per_s, static_cast<double>(record.burst)};
  grant.answers = {record.answers_per_s, static_cast<double>(record.answers_burst)};
}

// Above each agency, and then below: who may change whose alerts.
class Kinship {
 public:
  void child_of(Place place, std::string const& agency, std::string const& parent) {
    if (!parent.empty()) parents_[agency] = {parent, place};
  }

  void tell(TableReader& reader, Names const& agencies, Grants& grants) const {
    for (auto const& [agency, parent] : parents_) {
      auto const where = "agency '" + agency + "'";
      if (auto const why = agencies.unknown(parent.id, where); !why.empty())
        reader.error(parent.place, why);
      else
        climb(reader, agency, grants);
    }
  }

 private:
  struct Parent {
    std::string id;
    Place place;
  };

  void climb(TableReader& reader, std::string const& agency, Grants& grants) const {
    auto const own = grants.by_agency.find(AgencyId(agency));
    if (own == grants.by_agency.end()) return;
    for (auto up = parents_.find(agency); up != parents_.end(); up = parents_.find(up->second.id)) {
      AgencyId const above(up->second.id);
      auto const it = grants.by_agency.find(above);
      if (above.value == agency)
        return reader.error(parents_.at(agency).place,
                            "agency '" + agency + "' stands above itself: mend 'parent'");
      if (it == grants.by_agency.end() ||
          std::ranges::find(own->second.parents, above) != own->second.parents.end())
        return;
      own->second.parents.push_back(above);
      it->second.children.push_back(own->second.agency);
    }
  }

  std::map<std::string, Parent> parents_;
};

}  // namespace

void check_area_codes(TableReader& reader, toml::table const& table, std::string const& key,
                      std::vector<std::string> const& codes, std::string const& where) {
  for (std::size_t i = 0; i < codes.size(); ++i)
    if (!is_area_code(codes[i]))
      reader.error(reader.place(table, key, i),
                   where + ": '" + codes[i] +
                       "' is no Kemendagri code: write one such as \"64.74\" or \"64.74.01.1003\"");
}

namespace {

void check_known(TableReader& reader, toml::table const& table,
                 std::vector<std::string> const& codes, Gazetteer const* places) {
  for (std::size_t i = 0; places != nullptr && i < codes.size(); ++i)
    if (!places->knows(codes[i]))
      reader.warning(reader.place(table, "areas", i),
                     "no [[area]] of a directory file lies in '" + codes[i] +
                         "': alerts for it are refused until one is listed");
}

}  // namespace

Grants read_agencies(TableReader& reader, Names& agencies, Gazetteer const* places) {
  Grants grants;
  Kinship kinship;
  std::map<std::string, std::string> owner;  // sender -> agency
  std::vector<std::pair<AgencyId, Place>> unsigned_ones;
  for (auto const* table : reader.tables(reader.document().table, "agency", "agency")) {
    auto const record = reader.record<AgencyRecord>(*table, "[[agency]]", {"may", "keys"});
    auto const where = "agency '" + record.id + "'";
    check_senders(reader, *table, record, owner);
    check_hosts(reader, *table, record);
    Grant grant;
    if (auto const* may = reader.table_at(*table, "may", where + " may")) {
      grant = granted(reader, *may, where + " may");
      check_known(reader, *may, grant.areas, places);
    } else if (!table->contains("may") && !reader.document().lost_keys.contains("may")) {
      reader.warning(reader.place(*table),
                     where +
                         " has no 'may' and may say anything about any place: add may = "
                         "{ scope = [...], severity_max = \"...\", areas = [...] }");
    }
    if (!agencies.define(reader, reader.place(*table, "id"), record.id)) continue;
    kinship.child_of(reader.place(*table, "parent"), record.id, record.parent);
    describe(grant, record);
    grant.signers = read_signers(reader, *table, record);
    if (!grant.signers.required()) unsigned_ones.emplace_back(grant.agency, reader.place(*table));
    grants.by_agency.emplace(grant.agency, std::move(grant));
  }
  bool const some_sign = unsigned_ones.size() < grants.by_agency.size();
  for (auto const& [agency, place] : unsigned_ones)
    if (some_sign)
      reader.warning(place, "agency '" + agency.value +
                                "' has no keys, though others have: anybody who gets at its topic "
                                "speaks for it; add keys (siaga keygen)");
  kinship.tell(reader, agencies, grants);
  return grants;
}

}  // namespace siaga::config
