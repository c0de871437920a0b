#include "gateway/journal/changes/references.hpp"

#include <algorithm>

#include "gateway/domain/text.hpp"

namespace siaga::journal {
namespace {

std::string inbox_detail(Arrival const& arrival) {
  return "inbox=" + std::to_string(arrival.inbound.id.value) + " agency=" + arrival.agency.value;
}

// Ends one alert and tells those it reached; how many that are.
std::size_t cancel_one(Transaction& tx, Referred const& old, Arrival const& arrival,
                       InFlight const& sending, Accepted& answer) {
  auto const stopped = end_alert(tx, {old.id, AlertState::cancelled, DeliveryState::cancelled},
                                 sending, arrival.now);
  auto const told = told_of(tx, family_of(tx, old.id));
  Mailing mailing;
  mailing.alert = old.id;
  mailing.kind = MessageKind::cancel;
  mailing.priority = old.priority;
  mailing.due = arrival.now.steady;
  mailing.expires = old.expires.value_or(never);
  Planned planned;
  planned.due = answer.due;
  planned.more = answer.more_to_expand;
  planned.add(plan_deliveries(tx, mailing, told, arrival.now));
  answer.due = std::move(planned.due);
  answer.more_to_expand = planned.more;
  answer.ended.push_back(old.id);
  tx.log.write(arrival.now.utc, {"cancelled",
                                 old.id,
                                 {},
                                 {},
                                 inbox_detail(arrival) + " stopped=" + std::to_string(stopped) +
                                     " told=" + std::to_string(told.size())});
  return told.size();
}

Reason remembered(Reference const& reference) {
  return {"/references", "policy.reference-unknown",
          reference.identifier +
              " belum diterima; pembatalan disimpan dan berlaku bila tiba / not received yet;"
              " the cancellation is kept and applies when it comes"};
}

// Open, or answered and so still to be taken back.
bool is_live(AlertState state) {
  return state == AlertState::open || state == AlertState::acknowledged;
}

// How it ended, when there is nothing left to take back.
std::optional<AlertState> ended_as(Referred const& old, UtcTime now) {
  if (!is_live(old.state)) return old.state;
  if (old.expires && *old.expires <= now) return AlertState::expired;
  return std::nullopt;
}

Reason ended_before(Referred const& old, AlertState as) {
  return {
      "/references", "policy.reference-ended",
      old.identifier + " sudah berakhir (" + std::string(to_word(as)) + ") / has ended already"};
}

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

void remember_end(Transaction& tx, Reference const& reference, Arrival const& arrival,
                  AlertId replaced_by) {
  run(tx.db,
      "INSERT INTO pending_ends VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
      " ON CONFLICT DO UPDATE SET sent = excluded.sent, sent_text = excluded.sent_text,"
      " inbox = excluded.inbox",
      reference.sender, reference.identifier, arrival.agency, arrival.alert.status, replaced_by,
      reference.sender == arrival.alert.sender, reference.sent.at, reference.sent.text,
      arrival.inbound.id);
  auto const* kind = replaced_by.empty() ? "cancelled" : "updated";
  tx.log.write(arrival.now.utc,
               {kind, replaced_by, {}, {}, inbox_detail(arrival) + " remembered=yes"});
}

std::optional<PendingEnd> take_pending_end(Transaction& tx, Arrival const& arrival) {
  auto const& alert = arrival.alert;
  std::optional<PendingEnd> end;
  {
    // A Cancel before Updates, of Updates the last.
    Query row(tx.db,
              "SELECT agency, own, replaced_by FROM pending_ends WHERE sender = ?"
              " AND identifier = ? AND status = ? AND (sent = ? OR sent_text = ?)"
              " ORDER BY replaced_by = 0 DESC, replaced_by DESC",
              alert.sender, alert.identifier, alert.status, alert.sent.at, alert.sent.text);
    while (!end && row.next()) {
      auto const by = row.get<AgencyId>(0);
      bool const own = by == arrival.agency && row.get<bool>(1);
      if (own || contains(arrival.parents, by)) end = PendingEnd{row.get<AlertId>(2)};
    }
  }
  if (end)
    run(tx.db, "DELETE FROM pending_ends WHERE sender = ? AND identifier = ? AND status = ?",
        alert.sender, alert.identifier, alert.status);
  return end;
}

Result<Accepted> cancel_alert(Transaction& tx, InboxId from, AuthorisedCommand const& command,
                              InFlight const& sending, Moment now) {
  auto const inbound = load_inbound(tx, from);
  if (!inbound) return inbound.error();
  auto const arrival = arrival_of(*inbound, command, now);
  if (auto known = answer_if_known(tx, arrival)) return std::move(*known);
  auto const references = resolve_references(tx, arrival);
  if (references.refusal) return refuse(tx, arrival, {*references.refusal});

  Accepted answer;
  auto receipt = receipt_for(arrival, Decision::accepted);
  for (auto const& old : references.known) {
    if (answer.alert.empty()) answer.alert = old.id;
    if (auto const as = ended_as(old, now.utc))
      receipt.reasons.push_back(ended_before(old, *as));
    else
      answer.recipients += cancel_one(tx, old, arrival, sending, answer);
  }
  for (auto const& unknown : references.unknown) {
    remember_end(tx, unknown, arrival, {});
    receipt.reasons.push_back(remembered(unknown));
  }
  receipt.alert = answer.alert;
  receipt.recipients = answer.recipients;
  settle(tx, arrival, "accepted", receipt);
  return answer;
}

}  // namespace siaga::journal
