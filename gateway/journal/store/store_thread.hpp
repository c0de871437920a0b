// StoreThread: the one thread that writes the store. It takes the queued jobs, urgent ones first,
// runs them in one transaction and commits once: group commit. It waits for the decision about a
// message, which shares the commit that stores the message. Under load recordings wait a little.
//
// Place:  journal, inbox -> STORE THREAD -> Database.
// Thread: push() any; jobs run on the thread it owns; resume() is posted to core, once per batch.
// Time:   a batch is bounded by jobs and by rows written, and more tightly once an urgent job is in
//         it, since somebody waits for that commit (decisions/0009). The wait for a decision is at
//         most `decision_within` (decisions/0020). When commits follow each other without a break,
//         recordings wait a moment for the commit of an urgent job (decisions/0019). The engine's
//         upkeep comes after each commit, and when there is nothing to do.
// Errors: a failed job rolls back alone; a failed commit fails the batch. storage_full: the reserve
//         goes, the batch runs again without new alerts; it recovers when there is room.
// Durable: every job whose settle() or resume() is called with success: its commit is done.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "gateway/journal/store/decision_wait.hpp"
#include "gateway/journal/store/job.hpp"
#include "gateway/journal/store/open.hpp"

namespace siaga::journal {

class StoreThread {
 public:
  // Reads what it needs on the calling thread, then starts. Throws SqlFailure.
  StoreThread(boost::asio::any_io_executor core, StoreSettings settings,
              std::unique_ptr<Database> database);
  ~StoreThread();  // finishes what was queued
  StoreThread(StoreThread const&) = delete;
  StoreThread& operator=(StoreThread const&) = delete;

  void push(std::unique_ptr<Job> job);
  void intake_asks();  // see DecisionWait: it is through with what it was told of
  StoreSettings const& settings() const noexcept { return settings_; }
  // For jobs, on the store thread.
  DecisionWait& decision_wait() noexcept { return decision_wait_; }
  LinkKeys const& link_keys() const noexcept { return link_keys_; }

 private:
  using Batch = std::vector<std::unique_ptr<Job>>;
  using Time = std::chrono::steady_clock::time_point;

  void work();
  bool wait();  // false: stopping and nothing is left
  std::unique_ptr<Job> next(std::size_t jobs, std::int64_t rows);  // null: time to commit
  std::unique_ptr<Job> next_or_company(Batch const& batch, std::int64_t rows);
  bool wait_for_decision();  // false: none came
  bool wait_for_company(Batch const& batch);
  static Time begin_waiting(Time& until, milliseconds limit);
  bool something_queued() const { return !pressing_.empty() || !recording_.empty(); }
  void commit(Batch& batch);
  // A savepoint costs a copy of every page the job touches, so jobs share the transaction; when one
  // has something to undo, the batch is run again with a savepoint for each.
  struct Manner {
    bool full = false;
    bool each_alone = false;
  };
  bool run_batch(Batch& batch, Manner manner);  // false: again, each alone
  bool run_with_others(Job& job, Transaction& tx);
  void run_alone(Job& job, Transaction& tx);
  void heed(Transaction& tx);
  bool is_of_one_job(SqlFailure const& failure) const;
  void roll_back(Frontier const& to);
  void deliver(Batch batch);
  bool something_presses();
  void probe(char const* point) const;

  boost::asio::any_io_executor core_;
  StoreSettings settings_;
  std::unique_ptr<Database> database_;
  Ledger ledger_;
  LinkKeys link_keys_;
  std::minstd_rand random_{std::random_device{}()};
  DecisionWait decision_wait_;
  bool sweep_wanted_ = false;

  std::mutex mutex_;
  std::condition_variable queued_;
  std::deque<std::unique_ptr<Job>> pressing_;
  std::deque<std::unique_ptr<Job>> recording_;
  std::deque<std::unique_ptr<Job>> background_;
  int in_a_row_ = 0;  // commits that began right after the one before
  Time committed_{};
  Time decision_until_{}, company_until_{};  // of this batch, once it waits
  bool pressed_ = false;                     // this batch has something pressing in it
  bool recorded_ = false;                    // and something recorded
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace siaga::journal
