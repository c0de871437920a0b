#include "gateway/journal/changes/quarantine.hpp"

#include <algorithm>

#include "gateway/ports/topics.hpp"

namespace siaga::journal {
namespace {

constexpr int dropped_with_a_rejection = 8;
constexpr int dropped_in_a_step = 64;
constexpr std::int64_t agency_share = 8;  // of the whole

void account(Transaction& tx, std::string const& agency, std::int64_t bytes) {
  run(tx.db,
      "INSERT INTO quarantine VALUES (?1, ?2)"
      " ON CONFLICT (agency) DO UPDATE SET bytes ="
      " CASE WHEN quarantine.bytes + ?2 > 0 THEN quarantine.bytes + ?2 ELSE 0 END",
      agency, bytes);
}

std::optional<InboxId> oldest_on(Transaction& tx, std::string const& topic) {
  return first<std::optional<InboxId>>(
             tx.db,
             "SELECT min(id) FROM inbox WHERE topic = ? AND state = 'rejected'"
             " AND kept IN ('whole', 'cut')",
             topic)
      .value_or(std::nullopt);
}

std::optional<InboxId> oldest_of(Transaction& tx, std::string const& agency) {
  auto const alert = oldest_on(tx, std::string(topics::alert) + agency);
  auto const answer = oldest_on(tx, std::string(topics::answer) + agency);
  if (!alert || !answer) return alert ? alert : answer;
  return std::min(*alert, *answer);
}

// Whose oldest is to go: of those with more than their share; when nobody has, of all, if there is
// too much of all.
std::vector<std::string> over_their_share(Transaction& tx) {
  auto const most = tx.settings.quarantine_bytes;
  std::vector<std::string> over, all;
  std::int64_t sum = 0;
  Query rows(tx.db, "SELECT agency, bytes FROM quarantine WHERE bytes > 0 ORDER BY bytes DESC");
  while (rows.next()) {
    auto const bytes = rows.get<std::int64_t>(1);
    sum += bytes;
    all.push_back(rows.get<std::string>(0));
    if (bytes > most / agency_share) over.push_back(all.back());
  }
  if (over.empty() && sum > most) return all;
  return over;
}

struct Payload {
  std::string agency;
  Kept kept = Kept::whole;
  std::int64_t bytes = 0;  // as it came
  std::int64_t room = 0;   // that it takes
  Hash digest{};
};

Payload payload_of(Transaction& tx, InboxId id) {
  Payload found;
  Query row(tx.db,
            "SELECT topic, kept, coalesce(bytes, length(payload)), length(payload) +"
            " length(correlation), digest, CASE WHEN digest IS NULL THEN payload END FROM inbox"
            " WHERE id = ?",
            id);
  if (!row.next()) return found;
  auto const topic = row.text(0);
  found.agency = topic.substr(topic.rfind('/') + 1);
  found.kept = row.get<Kept>(1);
  found.bytes = row.get<std::int64_t>(2);
  found.room = row.get<std::int64_t>(3);
  found.digest = digest_in(row, 4, 5);
  return found;
}

void erase(Transaction& tx, InboxId id, Payload const& payload, Kept kept) {
  run(tx.db,
      "UPDATE inbox SET payload = ?1, correlation = ?1, digest = ?2, bytes = ?3, kept = ?4"
      " WHERE id = ?5",
      Blob{}, Blob{bytes_of(payload.digest)}, payload.bytes, kept, id);
}

// The journal has no clock: it happens when the last thing happened.
UtcTime latest(Transaction& tx) {
  return first<UtcTime>(tx.db, "SELECT at FROM log WHERE seq = (SELECT max(seq) FROM log)")
      .value_or(UtcTime());
}

void drop(Transaction& tx, InboxId id) {
  auto const payload = payload_of(tx, id);
  erase(tx, id, payload, Kept::dropped);
  account(tx, payload.agency, -payload.room);
  tx.log.write(latest(tx),
               {"payload-dropped",
                {},
                {},
                {},
                "inbox=" + std::to_string(id.value) + " bytes=" + std::to_string(payload.bytes) +
                    " sha256=" + to_hex(bytes_of(payload.digest))});
}

// Whether there is still too much.
bool sweep(Transaction& tx, int most) {
  for (int dropped = 0; dropped < most; ++dropped) {
    std::optional<InboxId> oldest;
    std::string whose;
    for (auto const& agency : over_their_share(tx)) {
      auto const found = oldest_of(tx, agency);
      if (!found) account(tx, agency, std::numeric_limits<std::int64_t>::min() / 2);
      if (found && (!oldest || *found < *oldest)) oldest = found;
    }
    if (!oldest) return false;
    drop(tx, *oldest);
  }
  return !over_their_share(tx).empty();
}

}  // namespace

Hash digest_in(Query const& row, int digest, int payload) {
  if (row.type(digest) == ColumnType::null) return Sha256().of(row.blob(payload));
  auto const bytes = row.blob(digest);
  Hash found{};
  if (bytes.size() != found.size())
    throw SqlFailure(Error(Errc::storage_corrupt, "a digest has not 32 bytes"));
  std::ranges::copy(bytes, found.begin());
  return found;
}

void put_in_quarantine(Transaction& tx, InboxId id) {
  auto const payload = payload_of(tx, id);
  if (payload.kept == Kept::hash) return erase(tx, id, payload, Kept::hash);
  account(tx, payload.agency, payload.room);
  if (sweep(tx, dropped_with_a_rejection)) tx.sweep_wanted = true;
}

void drop_copy(Transaction& tx, InboxId id) {
  erase(tx, id, payload_of(tx, id), Kept::dropped);
}

bool wants_sweep(Transaction& tx) {
  return !over_their_share(tx).empty();
}

bool sweep_quarantine(Transaction& tx) {
  return sweep(tx, dropped_in_a_step);
}

}  // namespace siaga::journal
