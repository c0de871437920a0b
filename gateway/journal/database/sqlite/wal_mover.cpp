#include "gateway/journal/database/sqlite/wal_mover.hpp"

namespace siaga::journal {

WalMover::WalMover(std::string const& path) : database_(path, SqliteDatabase::Mode::write) {
  database_.script("PRAGMA synchronous = FULL; PRAGMA cache_size = -200;");
  thread_ = std::thread([this] { work(); });
}

WalMover::~WalMover() {
  {
    std::lock_guard const lock(mutex_);
    state_ = State::stopping;
  }
  changed_.notify_one();
  thread_.join();
}

void WalMover::ask() {
  {
    std::lock_guard const lock(mutex_);
    state_ = State::asked;
  }
  changed_.notify_one();
}

void WalMover::rest() {
  std::lock_guard const lock(mutex_);
  if (state_ == State::passed) state_ = State::idle;
}

WalMover::State WalMover::state() {
  std::lock_guard const lock(mutex_);
  return state_;
}

void WalMover::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return state_ == State::asked || state_ == State::stopping; });
    if (state_ == State::stopping) return;
    lock.unlock();
    (void)database_.move_wal();
    lock.lock();
    if (state_ == State::asked) state_ = State::passed;
  }
}

}  // namespace siaga::journal
