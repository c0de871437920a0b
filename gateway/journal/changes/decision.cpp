#include "gateway/journal/changes/decision.hpp"

#include "gateway/journal/changes/incident.hpp"
#include "gateway/journal/log/words.hpp"
#include "gateway/journal/state/reason_codec.hpp"

namespace siaga::journal {
namespace {

bool is_used(Transaction& tx, Arrival const& arrival) {
  return first<int>(tx.db, "SELECT 1 FROM identities WHERE sender = ? AND identifier = ?",
                    arrival.alert.sender, arrival.alert.identifier)
      .has_value();
}

}  // namespace

Arrival arrival_of(Inbound const& inbound, AuthorisedCommand const& command, Moment now) {
  return {inbound,
          command.agency(),
          alert_of(command.command()),
          now,
          command.parents(),
          command.children(),
          command.proof()};
}

std::optional<Accepted> answer_again(Transaction& tx, Arrival const& arrival) {
  Accepted answer;
  answer.decision = Decision::duplicate;
  std::string receipt;
  {
    Query row(tx.db,
              "SELECT alert, receipt FROM identities WHERE sender = ? AND identifier = ?"
              " AND agency = ? AND digest = ?",
              arrival.alert.sender, arrival.alert.identifier, arrival.agency,
              Blob{bytes_of(arrival.inbound.digest)});
    if (!row.next()) return std::nullopt;
    answer.alert = row.get<AlertId>(0);
    receipt = row.get<std::string>(1);
  }
  auto const again = said_again(receipt);
  if (!again)
    throw SqlFailure(Error(Errc::storage_failed,
                           "the receipt kept of " + arrival.alert.identifier + " is damaged"));
  answer.code = again->code;
  answer.recipients = again->recipients;
  tx.log.write(
      arrival.now.utc,
      {"duplicate", answer.alert, {}, {}, "inbox=" + std::to_string(arrival.inbound.id.value)});
  close_inbound(tx, arrival.inbound.id, "duplicate", "");
  send_receipt(tx, arrival.inbound, arrival.agency, again->json, arrival.now.utc);
  return answer;
}

std::optional<Accepted> answer_if_known(Transaction& tx, Arrival const& arrival) {
  if (auto again = answer_again(tx, arrival)) return again;
  if (!is_used(tx, arrival)) return std::nullopt;
  std::vector<Reason> const why{
      {"/identifier", "policy.identity-reused",
       "identifier " + arrival.alert.identifier +
           " sudah dipakai untuk isi lain; pakai identifier baru / already used for"
           " other content; use a new identifier"}};
  auto answer = refuse(tx, arrival, why);
  raise_incident(tx, arrival, IncidentKind::identity_reused, why);
  answer.incident = to_word(IncidentKind::identity_reused);
  return answer;
}

AgencyReceipt receipt_for(Arrival const& arrival, Decision decision) {
  AgencyReceipt receipt;
  receipt.agency = arrival.agency;
  receipt.identifier = arrival.alert.identifier;
  receipt.sender = arrival.alert.sender;
  receipt.decision = decision;
  receipt.received_at = arrival.inbound.received_at;
  receipt.decided_at = arrival.now.utc;
  return receipt;
}

void settle(Transaction& tx, Arrival const& arrival, std::string_view state,
            AgencyReceipt const& receipt) {
  auto const json = json_of(tx, receipt);
  run(tx.db, "INSERT INTO identities VALUES (?, ?, ?, ?, ?, ?)", arrival.alert.sender,
      arrival.alert.identifier, arrival.agency, Blob{bytes_of(arrival.inbound.digest)},
      receipt.alert, json);
  close_inbound(tx, arrival.inbound.id, state, "");
  send_receipt(tx, arrival.inbound, arrival.agency, json, arrival.now.utc);
}

Accepted refuse_untold(Transaction& tx, Arrival const& arrival, std::vector<Reason> const& why) {
  tx.log.write(arrival.now.utc,
               {"rejected",
                {},
                {},
                {},
                "inbox=" + std::to_string(arrival.inbound.id.value) +
                    " agency=" + logged_topic(arrival.agency.value) + " rules=" + rules_of(why)});
  close_inbound(tx, arrival.inbound.id, "rejected", reasons_json(why));
  Accepted answer;
  answer.decision = Decision::rejected;
  return answer;
}

Accepted refuse(Transaction& tx, Arrival const& arrival, std::vector<Reason> why) {
  auto answer = refuse_untold(tx, arrival, why);
  auto receipt = receipt_for(arrival, Decision::rejected);
  receipt.reasons = std::move(why);
  send_receipt(tx, arrival.inbound, arrival.agency, json_of(tx, receipt), arrival.now.utc);
  return answer;
}

std::string inbox_detail(Arrival const& arrival) {
  return "inbox=" + std::to_string(arrival.inbound.id.value) + " agency=" + arrival.agency.value;
}

}  // namespace siaga::journal
