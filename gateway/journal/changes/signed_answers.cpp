#include "gateway/journal/changes/signed_answers.hpp"

#include "gateway/journal/changes/inbound.hpp"
#include "gateway/journal/state/reason_codec.hpp"

namespace siaga::journal {
namespace {

constexpr std::chrono::hours signature_remembered{48};  // a signature is valid for 24 at most

Hash signed_name_of(Transaction& tx, InboxId id) {
  Query row(tx.db, "SELECT topic, signature FROM inbox WHERE id = ?", id);
  row.next();
  return Sha256().of(std::string(row.text(0)).append("\n").append(row.text(1)));
}

// Who is not the first learns who is.
std::optional<InboxId> first_with(Transaction& tx, Hash const& name, InboxId id, UtcTime now) {
  run(tx.db, "INSERT INTO signed_answers VALUES (?, ?, ?) ON CONFLICT (digest) DO NOTHING",
      Blob{bytes_of(name)}, id, now);
  auto const first_one = first<InboxId>(tx.db, "SELECT inbox FROM signed_answers WHERE digest = ?",
                                        Blob{bytes_of(name)});
  return first_one == id ? std::nullopt : first_one;
}

// Why it was refused; none when it was not.
std::optional<Rejection> refusal_given(Transaction& tx, InboxId id) {
  Query row(tx.db, "SELECT reason FROM inbox WHERE id = ? AND state = 'rejected'", id);
  if (!row.next()) return std::nullopt;
  Rejection why;
  why.reasons = reasons_in(row.text(0));
  return why;
}

}  // namespace

Result<AnsweredBefore> answered_before(Transaction& tx, InboxId from, UtcTime now) {
  auto const inbound = load_inbound(tx, from);
  if (!inbound) return inbound.error();
  run(tx.db, "DELETE FROM signed_answers WHERE at < ?", now - signature_remembered);
  AnsweredBefore before;
  auto const earlier = first_with(tx, signed_name_of(tx, from), from, now);
  if (!earlier) return before;
  before.why = refusal_given(tx, *earlier);
  if (before.why) return before;
  before.settled = true;
  close_inbound(tx, from, "duplicate", "");
  tx.log.write(now,
               {"duplicate",
                {},
                {},
                {},
                "inbox=" + std::to_string(from.value) + " of=" + std::to_string(earlier->value)});
  return before;
}

}  // namespace siaga::journal
