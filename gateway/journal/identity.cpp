#include "gateway/journal/identity.hpp"

namespace siaga::journal {
namespace {

struct Known {
  bool same = false;
  AlertId alert;
};

std::optional<Known> find(Transaction& tx, Arrival const& arrival) {
  Query row(tx.db,
            "SELECT agency, sent, digest, alert FROM identities WHERE sender = ?"
            " AND identifier = ?",
            arrival.alert.sender, arrival.alert.identifier);
  if (!row.next()) return std::nullopt;
  Known known;
  known.same = row.get<AgencyId>(0) == arrival.agency &&
               row.get<UtcTime>(1) == arrival.alert.sent.at &&
               row.blob(2) == bytes_of(arrival.inbound.digest);
  known.alert = row.get<AlertId>(3);
  return known;
}

Accepted answer_again(Transaction& tx, Arrival const& arrival, AlertId about) {
  Accepted answer;
  answer.decision = Decision::duplicate;
  answer.alert = about;
  Query row(tx.db, "SELECT code, recipients FROM alerts WHERE id = ?", about);
  if (row.next()) {
    answer.code = row.get<std::string>(0);
    answer.recipients = row.get<std::size_t>(1);
  }
  tx.log.write(arrival.now.utc,
               {"duplicate", about, {}, {}, "inbox=" + std::to_string(arrival.inbound.id.value)});
  close_inbound(tx, arrival.inbound.id, "duplicate", "");
  auto receipt = receipt_for(arrival, Decision::duplicate);
  receipt.alert = about;
  receipt.code = answer.code;
  receipt.recipients = answer.recipients;
  send_receipt(tx, arrival.inbound, receipt);
  return answer;
}

}  // namespace

std::optional<Accepted> answer_if_known(Transaction& tx, Arrival const& arrival) {
  auto const known = find(tx, arrival);
  if (!known) return std::nullopt;
  if (known->same) return answer_again(tx, arrival, known->alert);
  return refuse(tx, arrival,
                {"/identifier", "policy.identity-reused",
                 "identifier " + arrival.alert.identifier +
                     " sudah dipakai untuk isi lain; pakai identifier baru / already used for"
                     " other content; use a new identifier"});
}

void remember_identity(Transaction& tx, Arrival const& arrival, AlertId about) {
  run(tx.db, "INSERT INTO identities VALUES (?, ?, ?, ?, ?, ?)", arrival.alert.sender,
      arrival.alert.identifier, arrival.agency, arrival.alert.sent.at,
      Blob{bytes_of(arrival.inbound.digest)}, about);
}

ReceiptText receipt_for(Arrival const& arrival, Decision decision) {
  ReceiptText receipt;
  receipt.agency = arrival.agency;
  receipt.identifier = arrival.alert.identifier;
  receipt.sender = arrival.alert.sender;
  receipt.decision = decision;
  receipt.received_at = arrival.inbound.received_at;
  receipt.decided_at = arrival.now.utc;
  return receipt;
}

Accepted refuse(Transaction& tx, Arrival const& arrival, Reason why) {
  auto receipt = receipt_for(arrival, Decision::rejected);
  receipt.reasons.push_back(std::move(why));
  tx.log.write(arrival.now.utc, {"rejected",
                                 {},
                                 {},
                                 {},
                                 "inbox=" + std::to_string(arrival.inbound.id.value) + " agency=" +
                                     arrival.agency.value + " rules=" + rules_of(receipt.reasons)});
  auto const reasons = reasons_json(receipt.reasons);
  close_inbound(tx, arrival.inbound.id, "rejected", reasons);
  send_receipt(tx, arrival.inbound, receipt);
  Accepted answer;
  answer.decision = Decision::rejected;
  return answer;
}

}  // namespace siaga::journal
