// SqliteWriter: the connection of the one that writes the store: with its lock, the room it has and
// the write-ahead log kept small.
//
// Place:  store_thread -> Database -> SQLITE WRITER -> SQLite file.
// Thread: one; WalMover has its own.
// Time:   the write-ahead log is moved into the store beside the work (decisions/0026).
// Errors: SqlFailure.
// Durable: WAL, synchronous=FULL: a commit that has returned is on the disk.
#pragma once

#include <chrono>

#include "gateway/journal/database/sqlite/disk_space.hpp"
#include "gateway/journal/database/sqlite/store_lock.hpp"
#include "gateway/journal/database/sqlite/wal_mover.hpp"

namespace siaga::journal {

// Ends after the connection does.
struct HeldLock {
  std::unique_ptr<StoreLock> lock;
};

class SqliteWriter final : private HeldLock, public SqliteDatabase {
 public:
  // Brings the store to this program's shape.
  SqliteWriter(std::unique_ptr<StoreLock> ours, std::string const& data_dir,
               std::uint64_t free_bytes_min);

  std::string const& name() const noexcept override { return space_.data_dir(); }
  bool has_room() override { return space_.has_room(); }
  bool has_room_for_answers() override { return space_.has_room_for_answers(); }
  void give_up_reserve() noexcept override { space_.release_reserve(); }
  void upkeep(bool urgent_waits) override;
  bool wants_idle_upkeep() const noexcept override;
  void idle_upkeep() override;

 private:
  using Time = std::chrono::steady_clock::time_point;

  void move_rest_of_wal(Time now);

  DiskSpace space_;
  std::unique_ptr<WalMover> mover_;
  int wal_pages_seen_ = 0;
  Time wal_written_{};     // when they became more
  Time wal_again_{};       // not before: somebody reads old pages
  bool wal_held_ = false;  // and the log has said so
};

}  // namespace siaga::journal
