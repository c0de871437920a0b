// WalMover: moves what the write-ahead log holds into the store's file, beside the store thread and
// by a connection of its own, so that no commit waits for it.
//
// Place:  store_thread asks -> WAL MOVER -> SQLite file.
// Thread: ask(), state() and rest() on the store thread; the moving on a thread it owns.
// Errors: none; what could not be moved is moved by a later pass.
// Durable: SQLite's order: the log is synced, the pages are written and synced, then the log may
//          begin anew.
// See:    decisions/0026-write-ahead-log.md
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "gateway/journal/database/sqlite/sqlite.hpp"

namespace siaga::journal {

class WalMover {
 public:
  explicit WalMover(std::string const& path);  // of a store that exists; throws SqlFailure
  ~WalMover();                                 // lets a pass end
  WalMover(WalMover const&) = delete;
  WalMover& operator=(WalMover const&) = delete;

  enum class State { idle, asked, passed, stopping };
  State state();
  void ask();   // for one pass
  void rest();  // what it passed has been seen to

 private:
  void work();

  SqliteDatabase database_;
  std::mutex mutex_;
  std::condition_variable changed_;
  State state_ = State::idle;
  std::thread thread_;
};

}  // namespace siaga::journal
