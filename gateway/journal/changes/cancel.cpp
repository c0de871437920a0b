#include "gateway/journal/changes/cancel.hpp"

#include "gateway/journal/changes/agency_receipt.hpp"
#include "gateway/journal/changes/alert_end.hpp"
#include "gateway/journal/changes/early_ends.hpp"
#include "gateway/journal/changes/mailing.hpp"
#include "gateway/journal/changes/references.hpp"
#include "gateway/journal/state/family.hpp"

namespace siaga::journal {

namespace {

// Ends one alert and tells those it reached; how many that are.
std::size_t cancel_one(Transaction& tx, Referred const& old, Arrival const& arrival,
                       InFlight const& sending, Accepted& answer) {
  auto const stopped = end_alert(tx, {old.id, AlertState::cancelled, DeliveryState::cancelled},
                                 sending, arrival.now);
  auto const told = told_of(tx.db, family_of(tx.db, old.id));
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

}  // namespace

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
