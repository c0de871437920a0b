#include "gateway/journal/log/ledger.hpp"

#include "gateway/base/visible.hpp"

namespace siaga::journal {
namespace {

// Rows read again at every start; more under the last peak are left to `siaga log verify`.
constexpr std::int64_t rows_checked_max = 4096;

[[noreturn]] void corrupt(std::string const& what) {
  throw SqlFailure(
      Error(Errc::storage_corrupt, what + "; keep the file as evidence, run `siaga log verify`, "
                                          "and restore a backup"));
}

}  // namespace

Hash seal_of(Sha256& sha, std::int64_t size, std::string_view root, std::int64_t at_ms) {
  std::string bytes;
  LogEntry fields;
  fields.seq = size;
  fields.at_ms = at_ms;
  fields.kind = "checkpoint";
  fields.detail = root;
  encode(fields, bytes);
  return sha.of(bytes);
}

Ledger::Ledger(Database& database) : database_(database) {
  load();
  if (frontier_.size() > 0) check_newest_rows();
  saved_size_ = frontier_.size();
}

void Ledger::load() {
  auto const rows = first<std::int64_t>(database_, "SELECT coalesce(max(seq), 0) FROM log").value();
  Query head(database_, "SELECT size, root, frontier FROM head");
  if (!head.next()) {
    if (rows != 0) corrupt("the log has rows but no head");
    auto const root = frontier_.root(sha_);
    run(database_, "INSERT INTO head VALUES (1, 0, ?, ?, 0)", Blob{bytes_of(root)}, Blob{""});
    return;
  }
  auto const size = head.get<std::int64_t>(0);
  if (size != rows)
    corrupt("the log's head covers " + std::to_string(size) + " rows, its last row is " +
            std::to_string(rows));
  auto frontier = Frontier::from_bytes(size, head.blob(2));
  if (!frontier || bytes_of(frontier->root(sha_)) != head.blob(1))
    corrupt("the log's head is damaged");
  frontier_ = std::move(*frontier);
}

void Ledger::check_newest_rows() {
  bool const whole_peak = frontier_.last_peak_leaves() <= rows_checked_max;
  auto const after = frontier_.size() - (whole_peak ? frontier_.last_peak_leaves() : 1);
  Query rows(database_, "SELECT " SIAGA_LOG_COLUMNS " FROM log WHERE seq > ? ORDER BY seq", after);
  StoredEntry row;
  Frontier peak;
  while (rows.next()) {
    auto const expected = after + peak.size() + 1;
    if (!read_entry(rows, row) || row.entry.seq != expected)
      corrupt("row " + std::to_string(expected) + " of the log is damaged or missing");
    encode(row.entry, entry_);
    auto const leaf = leaf_hash(sha_, entry_);
    if (bytes_of(leaf) != row.leaf)
      corrupt("row " + std::to_string(expected) + " of the log was changed");
    peak.add(sha_, leaf);
  }
  if (whole_peak && bytes_of(peak.root(sha_)) != bytes_of(frontier_.last_peak()))
    corrupt("the newest rows of the log do not match its head");
}

std::int64_t Ledger::write(UtcTime at, LogLine const& line) {
  LogEntry entry;
  entry.seq = frontier_.size() + 1;
  entry.at_ms = at.time_since_epoch().count();
  entry.alert = line.alert.value;
  entry.delivery = line.delivery.value;
  entry.kind = line.kind;
  entry.officer = line.officer.value;
  auto const detail = visible(line.detail);  // whoever said it
  entry.detail = detail;
  encode(entry, entry_);
  auto const leaf = leaf_hash(sha_, entry_);
  run(database_, "INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?, ?)", entry.seq, entry.at_ms,
      entry.kind, entry.alert, entry.delivery, entry.officer, entry.detail, Blob{bytes_of(leaf)});
  frontier_.add(sha_, leaf);
  return entry.seq;
}

Checkpoint Ledger::checkpoint(UtcTime at) {
  Query last(
      database_,
      "SELECT size, root, at FROM checkpoints WHERE size = (SELECT max(size) FROM checkpoints)");
  bool const any = last.next();
  if (any && last.integer(0) == frontier_.size())
    return {last.integer(0), to_hex(last.blob(1)), last.get<UtcTime>(2), false};
  if (!any && frontier_.size() == 0) return {0, to_hex(bytes_of(frontier_.root(sha_))), at, false};
  auto const root = frontier_.root(sha_);
  auto const seal = seal_of(sha_, frontier_.size(), bytes_of(root), at.time_since_epoch().count());
  run(database_, "INSERT INTO checkpoints VALUES (?, ?, ?, ?)", frontier_.size(),
      Blob{bytes_of(root)}, at, Blob{bytes_of(seal)});
  run(database_, "UPDATE head SET checkpoints = checkpoints + 1");
  return {frontier_.size(), to_hex(bytes_of(root)), at, true};
}

void Ledger::save_head() {
  if (frontier_.size() == saved_size_) return;
  auto const root = frontier_.root(sha_);
  auto const bytes = frontier_.bytes();
  run(database_, "UPDATE head SET size = ?, root = ?, frontier = ?", frontier_.size(),
      Blob{bytes_of(root)}, Blob{bytes});
  saved_size_ = frontier_.size();
}

}  // namespace siaga::journal
