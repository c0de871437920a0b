#include "gateway/journal/store_thread.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>

#include "gateway/base/log.hpp"
#include "gateway/journal/migrate.hpp"

namespace siaga::journal {
namespace {

constexpr std::int64_t batch_rows_max = 4000;  // written by one transaction of small jobs
constexpr int wal_pages_when_idle = 1000;      // 4 MB: moved into the store when nothing is queued
constexpr int wal_pages_max = 16000;           // 64 MB: moved even when busy
constexpr std::chrono::milliseconds idle_after{50};

void prepare(Database& database) {
  database.script(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;"
      "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000; PRAGMA foreign_keys = OFF;"
      "PRAGMA journal_size_limit = 67108864;");
  migrate(database);
}

Database& prepared(Database& database) {
  prepare(database);
  return database;
}

}  // namespace

StoreThread::StoreThread(boost::asio::any_io_executor core, StoreSettings settings)
    : core_(std::move(core)),
      settings_(std::move(settings)),
      space_(settings_.data_dir, settings_.free_bytes_min),
      database_(store_path(settings_.data_dir), Database::Mode::write),
      ledger_(prepared(database_)) {
  database_.forbid_rewriting();
  thread_ = std::thread([this] { work(); });
}

StoreThread::~StoreThread() {
  {
    std::lock_guard const lock(mutex_);
    stopping_ = true;
  }
  queued_.notify_one();
  thread_.join();
}

void StoreThread::push(std::unique_ptr<Job> job) {
  {
    std::lock_guard const lock(mutex_);
    auto& queue = job->kind() == JobKind::background ? background_ : prompt_;
    queue.push_back(std::move(job));
  }
  queued_.notify_one();
}

void StoreThread::work() {
  for (;;) {
    auto batch = take();
    if (batch.empty()) return;
    commit(batch);
    deliver(std::move(batch));
    if (database_.wal_pages() >= wal_pages_max) database_.checkpoint_wal();
  }
}

StoreThread::Batch StoreThread::take() {
  std::unique_lock lock(mutex_);
  auto const something = [this] { return stopping_ || !prompt_.empty() || !background_.empty(); };
  if (database_.wal_pages() >= wal_pages_when_idle &&
      !queued_.wait_for(lock, idle_after, something)) {
    lock.unlock();
    database_.checkpoint_wal();
    lock.lock();
  }
  queued_.wait(lock, something);
  return take_queued();
}

StoreThread::Batch StoreThread::take_queued() {
  Batch batch;
  bool const background = !background_.empty() && (background_next_ || prompt_.empty());
  background_next_ = !background;
  auto& queue = background ? background_ : prompt_;
  auto const most = background ? 1 : settings_.batch_jobs_max;
  while (!queue.empty() && batch.size() < most) {
    batch.push_back(std::move(queue.front()));
    queue.pop_front();
  }
  return batch;
}

void StoreThread::commit(Batch& batch) {
  bool const brings_new =
      std::ranges::any_of(batch, [](auto const& job) { return job->kind() == JobKind::intake; });
  bool room = !brings_new || space_.has_room();
  for (int tries = 0; tries < 2; ++tries) {
    auto const mark = ledger_.frontier();
    try {
      run_batch(batch, room);
      return;
    } catch (SqlFailure const& failure) {
      roll_back(mark);
      for (auto& job : batch) job->fail(failure.error());
      if (!failure.error().is(Errc::storage_full)) {
        log::error("store_transaction_failed", {{"error", failure.error().text()}});
        return;
      }
      space_.release_reserve();
      room = false;
    }
  }
}

void StoreThread::run_batch(Batch& batch, bool room) {
  Transaction tx{database_, ledger_, settings_, random_};
  probe("begin");
  run(database_, "BEGIN IMMEDIATE");
  auto const before = database_.total_changes();
  std::size_t done = 0;
  while (done < batch.size() && database_.total_changes() - before < batch_rows_max) {
    auto& job = *batch[done++];
    if (job.kind() == JobKind::intake && !room) {
      job.fail(Error(Errc::storage_full, space_.data_dir() + " has too little space"));
    } else {
      run_job(job, tx);
    }
  }
  ledger_.save_head();
  probe("before-commit");
  run(database_, "COMMIT");
  probe("after-commit");
  if (done == batch.size()) return;
  std::lock_guard const lock(mutex_);  // what was left over goes first next time
  prompt_.insert(prompt_.begin(), std::make_move_iterator(batch.begin() + static_cast<long>(done)),
                 std::make_move_iterator(batch.end()));
  batch.resize(done);
}

void StoreThread::run_job(Job& job, Transaction& tx) {
  auto const mark = ledger_.frontier();
  run(database_, "SAVEPOINT job");
  bool done = false;
  try {
    done = job.run(tx);
  } catch (SqlFailure const& failure) {
    // Only what this job did wrong by itself may be undone alone.
    if (!failure.error().is(Errc::storage_failed) || !database_.in_transaction()) throw;
    log::error("store_job_failed", {{"error", failure.error().text()}});
    job.fail(failure.error());
  }
  if (!done) {
    run(database_, "ROLLBACK TO job");
    ledger_.rewind(mark);
  }
  run(database_, "RELEASE job");
}

void StoreThread::roll_back(Frontier const& to) {
  ledger_.rewind(to);
  ledger_.head_lost();
  if (!database_.in_transaction()) return;
  try {
    run(database_, "ROLLBACK");
  } catch (SqlFailure const& failure) {
    log::error("store_rollback_failed", {{"error", failure.error().text()}});
  }
}

void StoreThread::deliver(Batch batch) {
  for (auto& job : batch) job->settle();
  boost::asio::post(core_, [batch = std::move(batch)] {
    for (auto const& job : batch) job->resume();
  });
}

void StoreThread::probe(char const* point) const {
  if (settings_.probe) settings_.probe(point);
}

}  // namespace siaga::journal
