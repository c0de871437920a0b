#include "gateway/journal/incident.hpp"

#include <boost/json.hpp>

#include "gateway/journal/log_words.hpp"
#include "gateway/ports/topics.hpp"

namespace siaga::journal {

void raise_incident(Transaction& tx, Arrival const& arrival, std::string const& kind,
                    std::vector<Reason> const& reasons) {
  auto const inbox = arrival.inbound.id.value;
  auto const rules = rules_of(reasons);
  tx.log.write(arrival.now.utc, {"incident",
                                 {},
                                 {},
                                 {},
                                 "kind=" + kind + " inbox=" + std::to_string(inbox) + " agency=" +
                                     logged_topic(arrival.agency.value) + " rules=" + rules});
  boost::json::object object;
  object["kind"] = kind;
  object["agency"] = arrival.agency.value;
  object["inbox"] = inbox;
  object["rules"] = rules;
  object["at"] = to_rfc3339(arrival.now.utc, tx.settings.zone_offset);
  send(tx, topics::incident(tx.settings.gateway_name), boost::json::serialize(object), "");
}

}  // namespace siaga::journal
