// Ledger: writes the log. Each row becomes a leaf of the tree; the head moves with the transaction.
//
// Place:  every change of state -> LEDGER -> tables log, head, checkpoints.
// Thread: store thread.
// Errors: SqlFailure; storage_corrupt from the constructor when head and rows disagree.
// Durable: rows with the transaction of what they tell; save_head() is called just before its
//         commit. Opening reads the head and the newest rows only, however long the log is.
#pragma once

#include "gateway/journal/log/entry.hpp"
#include "gateway/journal/log/merkle.hpp"
#include "gateway/ports/journal_types.hpp"

namespace siaga::journal {

class Ledger {
 public:
  explicit Ledger(Database& database);

  std::int64_t write(UtcTime at, LogLine const& line);  // its seq
  Checkpoint checkpoint(UtcTime at);
  void save_head();

  // For a savepoint: take the frontier before, rewind to it when the work is rolled back.
  Frontier const& frontier() const noexcept { return frontier_; }
  void rewind(Frontier to) { frontier_ = std::move(to); }
  void head_lost() { saved_size_ = -1; }  // the transaction of the last save_head() did not commit

 private:
  void load();
  void check_newest_rows();

  Database& database_;
  Sha256 sha_;
  Frontier frontier_;
  std::int64_t saved_size_ = 0;
  std::string entry_;  // reused
};

// What a checkpoint's seal covers.
Hash seal_of(Sha256& sha, std::int64_t size, std::string_view root, std::int64_t at_ms);

}  // namespace siaga::journal
