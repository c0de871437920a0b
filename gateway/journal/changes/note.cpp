#include "gateway/journal/changes/note.hpp"

#include "gateway/journal/changes/agency_receipt.hpp"
#include "gateway/journal/changes/decision.hpp"

namespace siaga::journal {

Result<Accepted> note_message(Transaction& tx, InboxId from, AuthorisedCommand const& command,
                              Moment now) {
  auto const inbound = load_inbound(tx, from);
  if (!inbound) return inbound.error();
  auto const arrival = arrival_of(*inbound, command, now);
  if (auto known = answer_if_known(tx, arrival)) return std::move(*known);
  auto const type = to_word(arrival.alert.msg_type);
  tx.log.write(now.utc, {"noted",
                         {},
                         {},
                         {},
                         "inbox=" + std::to_string(from.value) + " agency=" + arrival.agency.value +
                             " type=" + std::string(type)});
  settle(tx, arrival, "noted", receipt_for(arrival, Decision::accepted));
  return Accepted();
}

}  // namespace siaga::journal
