#include "gateway/journal/changes/hold.hpp"

#include "gateway/journal/changes/agency_receipt.hpp"
#include "gateway/journal/changes/decision.hpp"
#include "gateway/journal/log/words.hpp"
#include "gateway/journal/state/reason_codec.hpp"

namespace siaga::journal {

Result<void> hold_message(Transaction& tx, InboxId from, AgencyId const& agency,
                          Rejection const& why, Moment now) {
  auto const inbound = load_inbound(tx, from);
  if (!inbound) return inbound.error();
  auto const reasons = reasons_json(why.reasons);
  if (inbound->held_because == reasons) return {};  // said before
  Alert named;
  named.identifier = why.identifier;
  named.sender = why.sender;
  Arrival const arrival{*inbound, agency, named, now, {}, {}, {}};
  if (answer_again(tx, arrival)) return {};
  auto receipt = receipt_for(arrival, Decision::held);
  receipt.reasons = why.reasons;
  tx.log.write(now.utc, {"held",
                         {},
                         {},
                         {},
                         "inbox=" + std::to_string(from.value) + " agency=" +
                             logged_topic(agency.value) + " rules=" + rules_of(why.reasons)});
  close_inbound(tx, from, "held", reasons);
  send_receipt(tx, arrival.inbound, agency, json_of(tx, receipt), arrival.now.utc);
  return {};
}

}  // namespace siaga::journal
