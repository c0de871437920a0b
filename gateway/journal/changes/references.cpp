#include "gateway/journal/changes/references.hpp"

#include <algorithm>

#include "gateway/domain/text.hpp"

namespace siaga::journal {
namespace {

bool contains(std::vector<AgencyId> const& agencies, AgencyId const& one) {
  return std::ranges::find(agencies, one) != agencies.end();
}

// Why this message may not change the alert it names.
std::optional<Reason> objection(Arrival const& arrival, Reference const& reference,
                                AgencyId const& owner, Status status) {
  auto const& identifier = reference.identifier;
  if (owner != arrival.agency && !contains(arrival.children, owner))
    return Reason{"/references", "policy.reference-foreign",
                  identifier + " milik instansi lain / belongs to another agency"};
  if (owner == arrival.agency && reference.sender != arrival.alert.sender)
    return Reason{"/references", "policy.reference-sender",
                  identifier + " dari pengirim " + shortened(reference.sender, 60) +
                      "; hanya pengirim itu atau instansi di atasnya yang boleh mengubahnya / is of"
                      " another sender; only that one, or an agency above, may change it"};
  if (status == arrival.alert.status) return std::nullopt;
  auto const theirs = std::string(to_word(status));
  auto const ours = std::string(to_word(arrival.alert.status));
  return Reason{"/references", "policy.reference-status",
                identifier + " berstatus " + theirs + ", pesan ini " + ours +
                    "; status harus sama / has status " + theirs + ", this message " + ours +
                    "; they must be the same"};
}

}  // namespace

// Open, or answered and so still to be taken back.
bool is_live(AlertState state) {
  return state == AlertState::open || state == AlertState::acknowledged;
}

References resolve_references(Transaction& tx, Arrival const& arrival) {
  References references;
  for (auto const& reference : arrival.alert.references) {
    // The alert named, or the live one of its family when it has been replaced.
    Query row(tx.db,
              "SELECT b.id, b.family, b.state, b.priority, b.expires, a.agency, a.status"
              " FROM alerts a JOIN alerts b ON b.family = a.family WHERE a.sender = ?"
              " AND a.identifier = ? AND (a.sent = ? OR a.sent_text = ?)"
              " AND (b.id = a.id OR b.state IN ('open', 'acknowledged'))"
              " ORDER BY b.state IN ('open', 'acknowledged') DESC, b.id = a.id DESC, b.id DESC",
              reference.sender, reference.identifier, reference.sent.at, reference.sent.text);
    if (!row.next()) {
      references.unknown.push_back(reference);
      continue;
    }
    references.refusal = objection(arrival, reference, row.get<AgencyId>(5), row.get<Status>(6));
    if (references.refusal) return references;
    auto const id = row.get<AlertId>(0);
    if (std::ranges::find(references.known, id, &Referred::id) != references.known.end()) continue;
    references.known.push_back({id, row.get<AlertId>(1), row.get<AlertState>(2),
                                reference.identifier, row.get<Priority>(3),
                                row.get<std::optional<UtcTime>>(4)});
  }
  return references;
}

std::vector<AlertId> end_replaced(Transaction& tx, std::vector<Referred> const& old, AlertId by,
                                  InFlight const& sending, Moment now) {
  std::vector<AlertId> ended;
  for (auto const& one : old) {
    if (!is_live(one.state)) continue;
    auto const stopped =
        end_alert(tx, {one.id, AlertState::closed, DeliveryState::cancelled}, sending, now);
    tx.log.write(now.utc,
                 {"updated",
                  one.id,
                  {},
                  {},
                  "by=" + std::to_string(by.value) + " stopped=" + std::to_string(stopped)});
    ended.push_back(one.id);
  }
  return ended;
}

}  // namespace siaga::journal
