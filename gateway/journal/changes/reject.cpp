#include "gateway/journal/changes/reject.hpp"

#include "gateway/journal/changes/decision.hpp"
#include "gateway/journal/changes/incident.hpp"

namespace siaga::journal {

Result<Accepted> reject_message(Transaction& tx, InboxId from, AgencyId const& agency,
                                Rejection const& why, Moment now) {
  auto const inbound = load_inbound(tx, from);
  if (!inbound) return inbound.error();
  Alert named;
  named.identifier = why.identifier;
  named.sender = why.sender;
  Arrival const arrival{*inbound, agency, named, now, {}, {}, {}};
  if (auto again = answer_again(tx, arrival)) return std::move(*again);
  auto answer =
      why.told ? refuse(tx, arrival, why.reasons) : refuse_untold(tx, arrival, why.reasons);
  answer.incident = why.incident;
  if (auto const kind = from_word<IncidentKind>(why.incident))
    raise_incident(tx, arrival, *kind, why.reasons);
  return answer;
}

}  // namespace siaga::journal
