#include "gateway/journal/changes/rollback.hpp"

#include "gateway/journal/changes/keys.hpp"

namespace siaga::journal {
namespace {

constexpr std::string_view key_of_rollback = "rollback";
constexpr std::string_view key_of_acceptance = "rollback-accepted";

void replace(Database& database, std::string_view name, std::string_view value) {
  run(database,
      "INSERT INTO keys VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      name, Blob{value});
}

std::string text_of(std::int64_t size, std::string_view root) {
  return std::to_string(size) + ":" + std::string(root);
}

// "size=12 root=ab.. noted=40 noted_root=cd..": ours, and what was published.
std::string both(Transaction& tx, std::string_view noted) {
  Sha256 sha;
  auto const& ours = tx.log.frontier();
  auto const colon = noted.find(':');
  return "size=" + std::to_string(ours.size()) + " root=" + to_hex(bytes_of(ours.root(sha))) +
         " noted=" + std::string(noted.substr(0, colon)) +
         " noted_root=" + std::string(noted.substr(colon + 1));
}

bool is_ours(Transaction& tx, PublishedCheckpoint const& noted) {
  auto const root = from_hex(noted.root);
  return first<int>(tx.db, "SELECT 1 FROM checkpoints WHERE size = ? AND root = ?", noted.size,
                    Blob{root})
      .has_value();
}

}  // namespace

std::string checkpoint_mac(Transaction& tx, std::int64_t size, std::string_view root) {
  auto const text = "siaga checkpoint\n" + tx.settings.gateway_name + "\n" + text_of(size, root);
  return to_hex(hmac(key(tx.db, key_of_checkpoints), text));
}

Result<LogStanding> compare_checkpoint(Transaction& tx, PublishedCheckpoint const& noted,
                                       UtcTime now) {
  auto const note = text_of(noted.size, noted.root);
  bool const ours = is_ours(tx, noted);
  bool const genuine = noted.mac == checkpoint_mac(tx, noted.size, noted.root);
  bool const older_version = noted.mac.empty() && ours;
  bool const news = genuine && !ours && key_if_made(tx.db, key_of_rollback) != note &&
                    key_if_made(tx.db, key_of_acceptance) != note;
  if (news) {
    tx.log.write(now, {"rolled-back", {}, {}, {}, both(tx, note)});
    replace(tx.db, key_of_rollback, note);
  }
  auto standing = log_standing(tx, now);
  if (!standing || genuine || older_version) return standing;
  standing->forged = true;
  if (standing->about.empty()) standing->about = both(tx, note);
  return standing;
}

Result<LogStanding> log_standing(Transaction& tx, UtcTime now) {
  LogStanding standing;
  auto const note = key_if_made(tx.db, key_of_rollback);
  if (!note) return standing;
  if (key_if_made(tx.db, key_of_acceptance) == *note) {
    tx.log.write(now, {"rollback-accepted", {}, {}, {}, both(tx, *note)});
    run(tx.db, "DELETE FROM keys WHERE name = ?", key_of_rollback);
    return standing;
  }
  standing.rolled_back = true;
  standing.about = both(tx, *note);
  return standing;
}

Result<std::string> accept_noted(Database& database) {
  auto note = key_if_made(database, key_of_rollback);
  if (!note || key_if_made(database, key_of_acceptance) == *note)
    return Error(Errc::not_found, "no rollback waits to be accepted");
  replace(database, key_of_acceptance, *note);
  return std::move(*note);
}

}  // namespace siaga::journal
