#include "gateway/journal/database/sqlite/writer.hpp"

#include <utility>

#include "gateway/base/log.hpp"
#include "gateway/journal/database/sqlite/migrate.hpp"
#include "gateway/journal/database/sqlite/open.hpp"

namespace siaga::journal {
namespace {

// The write-ahead log is moved into the store, in pages of 4 KiB:
constexpr int wal_pages_when_idle = 1000;  // when nothing has been queued for a moment
constexpr int wal_pages_when_busy = 2000;  // beside the work
constexpr int wal_pages_max = 2500;        // by the writing thread, whatever waits
constexpr int wal_pages_told = 16'000;     // somebody reads old ones for so long that it is told
constexpr std::chrono::seconds quiet_after{5};  // then however little it is
constexpr std::chrono::milliseconds held_pause{100};

}  // namespace

SqliteWriter::SqliteWriter(std::unique_ptr<StoreLock> ours, std::string const& data_dir,
                           std::uint64_t free_bytes_min)
    : HeldLock{std::move(ours)},
      SqliteDatabase(store_path(data_dir), Mode::write),
      space_(data_dir, free_bytes_min) {
  script(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;"
      "PRAGMA cache_size = -2000; PRAGMA foreign_keys = OFF; PRAGMA journal_size_limit = 8388608;");
  migrate(*this);
  (void)empty_wal();  // of the process before, however large it left it
  forbid_rewriting();
  mover_ = std::make_unique<WalMover>(store_path(data_dir));
}

bool SqliteWriter::wants_idle_upkeep() const noexcept {
  return wal_pages() >= wal_pages_when_idle;
}

void SqliteWriter::idle_upkeep() {
  mover_->ask();
}

// Most of it is moved beside the work. What was written meanwhile follows here, a little, so that
// the log begins anew.
void SqliteWriter::upkeep(bool urgent_waits) {
  auto const now = std::chrono::steady_clock::now();
  auto const pages = wal_pages();
  if (pages != std::exchange(wal_pages_seen_, pages)) wal_written_ = now;
  auto const mover = mover_->state();
  if (pages == 0 || now < wal_again_ || mover == WalMover::State::asked) return;
  bool const passed = mover == WalMover::State::passed;
  if (pages >= wal_pages_max || (passed && !urgent_waits))
    move_rest_of_wal(now);
  else if (!passed && (pages >= wal_pages_when_busy || now - wal_written_ >= quiet_after))
    mover_->ask();
}

void SqliteWriter::move_rest_of_wal(Time now) {
  mover_->rest();
  bool const moved = move_wal();
  if (moved) {
    wal_held_ = false;
    return;
  }
  wal_again_ = now + held_pause;
  if (wal_held_ || wal_pages() < wal_pages_told) return;
  wal_held_ = true;
  log::warning("write_ahead_log_held",
               {{"pages", std::to_string(wal_pages())},
                {"because", "another program reads the store without end"}});
}

}  // namespace siaga::journal
