#include "gateway/journal/changes/inbound.hpp"

#include <boost/json.hpp>
#include <string>

#include "gateway/journal/changes/quarantine.hpp"
#include "gateway/ports/response_topics.hpp"

namespace siaga::journal {
Result<Inbound> load_inbound(Transaction& tx, InboxId id) {
  tx.message_decided = true;
  Query row(tx.db,
            "SELECT state, response_topic, correlation, received_at, reason, digest,"
            " CASE WHEN digest IS NULL THEN payload END FROM inbox WHERE id = ?",
            id);
  auto const name = "inbox message " + std::to_string(id.value);
  if (!row.next()) return Error(Errc::cancelled, name + " was not kept; its broker has it still");
  bool const held = row.text(0) == "held";
  if (!held && row.text(0) != "new")
    return Error(Errc::already_exists, name + " was decided before");
  Inbound inbound;
  inbound.id = id;
  inbound.response_topic = row.get<std::string>(1);
  inbound.correlation_data = std::string(row.blob(2));
  inbound.received_at = row.get<UtcTime>(3);
  if (held) inbound.held_because = row.get<std::string>(4);
  inbound.digest = digest_in(row, 5, 6);
  return inbound;
}

void close_inbound(Transaction& tx, InboxId id, std::string_view state, std::string_view reason) {
  run(tx.db, "UPDATE inbox SET state = ?, reason = ? WHERE id = ?", state, reason, id);
  if (state == "rejected") put_in_quarantine(tx, id);
  if (state == "duplicate") drop_copy(tx, id);
}

}  // namespace siaga::journal
