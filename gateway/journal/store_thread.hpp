// StoreThread: the one thread that writes the store. Takes whatever has queued while the last
// commit ran, runs it in one transaction and commits once: group commit without waiting for
// company.
//
// Place:  sqlite_journal, sqlite_inbox -> STORE THREAD -> SQLite file.
// Thread: push() any; jobs run on the thread it owns; resume() is posted to core, once per batch.
// Time:   none; a batch is bounded by jobs and by rows written, so urgent work waits for one batch.
// Errors: a failed job rolls back alone; a failed commit fails the batch. storage_full: the reserve
// is
//         released, the batch runs again without what is new; it recovers when there is room.
// Durable: what has committed before settle() and resume() are called.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "gateway/journal/disk_space.hpp"
#include "gateway/journal/job.hpp"

namespace siaga::journal {

class StoreThread {
 public:
  // Opens the store on the calling thread, then starts. Throws SqlFailure.
  StoreThread(boost::asio::any_io_executor core, StoreSettings settings);
  ~StoreThread();  // finishes what was queued
  StoreThread(StoreThread const&) = delete;
  StoreThread& operator=(StoreThread const&) = delete;

  void push(std::unique_ptr<Job> job);
  StoreSettings const& settings() const noexcept { return settings_; }

 private:
  using Batch = std::vector<std::unique_ptr<Job>>;

  void work();
  Batch take();  // empty: stopping
  Batch take_queued();
  void commit(Batch& batch);
  void run_batch(Batch& batch, bool room);
  void run_job(Job& job, Transaction& tx);
  void roll_back(Frontier const& to);
  void deliver(Batch batch);
  void probe(char const* point) const;

  boost::asio::any_io_executor core_;
  StoreSettings settings_;
  DiskSpace space_;
  Database database_;
  Ledger ledger_;
  std::minstd_rand random_{std::random_device{}()};

  std::mutex mutex_;
  std::condition_variable queued_;
  std::deque<std::unique_ptr<Job>> prompt_;
  std::deque<std::unique_ptr<Job>> background_;
  bool background_next_ = false;  // turns are taken
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace siaga::journal
