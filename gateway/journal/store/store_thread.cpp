#include "gateway/journal/store/store_thread.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

#include "gateway/base/log.hpp"
#include "gateway/journal/changes/quarantine.hpp"
#include "gateway/journal/database/query.hpp"
#include "gateway/journal/state/undecided.hpp"
#include "gateway/journal/store/link_keys.hpp"

namespace siaga::journal {
namespace {

constexpr std::int64_t batch_rows_max = 500;    // a few milliseconds; pressing work may wait for it
constexpr std::int64_t pressed_rows_max = 125;  // once somebody waits for the commit
constexpr std::chrono::milliseconds idle_after{50};
constexpr std::chrono::microseconds right_after{500};
constexpr std::size_t company_enough = 8;  // jobs

// Asked once a batch, and only when something new is in it.
class Room {
 public:
  Room(Database& database, bool full) : database_(database) {
    if (full) alerts_ = false;
  }
  bool admits(JobKind kind) {
    if (kind == JobKind::intake) {
      if (!alerts_) alerts_ = database_.has_room();
      return *alerts_;
    }
    if (kind != JobKind::answer) return true;
    if (!answers_) answers_ = database_.has_room_for_answers();
    return *answers_;
  }

 private:
  Database& database_;
  std::optional<bool> alerts_, answers_;
};

// One step of sweeping the quarantine, and the next when there is still too much in it.
class SweepJob final : public Job {
 public:
  SweepJob() : Job(JobKind::background) {}
  bool run(Transaction& tx) override {
    tx.sweep_wanted = sweep_quarantine(tx);
    return true;
  }
  void fail(Error const& error) override {
    log::warning("quarantine_not_swept", {{"error", error.text()}});
  }
};

}  // namespace

StoreThread::StoreThread(boost::asio::any_io_executor core, StoreSettings settings,
                         std::unique_ptr<Database> database)
    : core_(std::move(core)),
      settings_(std::move(settings)),
      database_(std::move(database)),
      ledger_(*database_),
      link_keys_(open_link_keys(*database_, settings_.data_dir)),
      decision_wait_(newest_message(*database_)) {
  Transaction tx{*database_, ledger_, settings_, random_};
  sweep_wanted_ = wants_sweep(tx);  // an older program, or a larger limit before, left too much
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
    auto const kind = job->kind();
    auto& queue = kind == JobKind::background  ? background_
                  : kind == JobKind::recording ? recording_
                                               : pressing_;
    queue.push_back(std::move(job));
  }
  queued_.notify_one();
}

void StoreThread::intake_asks() {
  {
    std::lock_guard const lock(mutex_);
    decision_wait_.intake_asks();
  }
  queued_.notify_one();
}

void StoreThread::work() {
  while (wait()) {
    bool const soon = std::chrono::steady_clock::now() - committed_ < right_after;
    in_a_row_ = soon ? in_a_row_ + 1 : 0;
    decision_until_ = company_until_ = {};
    decision_wait_.decided();
    Batch batch;
    commit(batch);
    committed_ = std::chrono::steady_clock::now();
    deliver(std::move(batch));
    if (std::exchange(sweep_wanted_, false)) push(std::make_unique<SweepJob>());
    database_->upkeep(something_presses());
  }
}

bool StoreThread::wait() {
  std::unique_lock lock(mutex_);
  auto const something = [this] {
    return !pressing_.empty() || !recording_.empty() || !background_.empty();
  };
  auto const awake = [&] { return stopping_ || something(); };
  if (database_->wants_idle_upkeep() && !queued_.wait_for(lock, idle_after, awake))
    database_->idle_upkeep();
  queued_.wait(lock, awake);
  return something();
}

std::unique_ptr<Job> StoreThread::next(std::size_t jobs, std::int64_t rows) {
  std::lock_guard const lock(mutex_);
  if (jobs == 0) pressed_ = recorded_ = false;
  bool const pressed = pressed_ || !pressing_.empty();
  bool const full =
      jobs >= settings_.batch_jobs_max || rows >= (pressed ? pressed_rows_max : batch_rows_max);
  if (full && (recorded_ || recording_.empty())) return nullptr;
  bool const recording = !recording_.empty() && (full || pressing_.empty());
  auto& queue = recording ? recording_ : pressed ? pressing_ : background_;
  if (queue.empty() || (&queue == &background_ && jobs > 0)) return nullptr;
  auto job = std::move(queue.front());
  queue.pop_front();
  pressed_ = pressed_ || &queue == &pressing_;
  recorded_ = recorded_ || recording;
  return job;
}

std::unique_ptr<Job> StoreThread::next_or_company(Batch const& batch, std::int64_t rows) {
  auto more = next(batch.size(), rows);
  if (more) return more;
  if (wait_for_decision() || wait_for_company(batch)) return next(batch.size(), rows);
  return nullptr;
}

// Intake was told of what has just been kept and is deciding it: a few microseconds' work, a commit
// saved, and the message is on its way that much sooner.
bool StoreThread::wait_for_decision() {
  if (!decision_wait_.decision_expected()) return false;
  std::unique_lock lock(mutex_);
  auto const until = begin_waiting(decision_until_, settings_.decision_within);
  queued_.wait_until(lock, until, [this] {
    return stopping_ || something_queued() || !decision_wait_.decision_expected();
  });
  return something_queued();
}

// Nobody waits for the recording of what has happened already. Under load it shares the commit of
// what presses next; a commit of its own would be in that one's way.
bool StoreThread::wait_for_company(Batch const& batch) {
  bool const alone = !pressed_ && recorded_ && batch.size() < company_enough;
  if (!alone || in_a_row_ < settings_.busy_after) return false;
  std::unique_lock lock(mutex_);
  auto const until = begin_waiting(company_until_, settings_.company_within);
  queued_.wait_until(lock, until, [this] { return stopping_ || something_queued(); });
  return something_queued();
}

StoreThread::Time StoreThread::begin_waiting(Time& until, milliseconds limit) {
  if (until == Time{}) until = std::chrono::steady_clock::now() + limit;
  return until;
}

void StoreThread::commit(Batch& batch) {
  Manner manner;
  for (int tries = 0; tries < 3; ++tries) {
    auto const mark = ledger_.frontier();
    try {
      if (run_batch(batch, manner)) return;
      roll_back(mark);
      manner.each_alone = true;
    } catch (SqlFailure const& failure) {
      roll_back(mark);
      for (auto& job : batch) job->fail(failure.error());
      if (!failure.error().is(Errc::storage_full)) {
        log::error("store_transaction_failed", {{"error", failure.error().text()}});
        return;
      }
      database_->give_up_reserve();
      manner.full = true;
    }
  }
}

bool StoreThread::run_batch(Batch& batch, Manner manner) {
  Transaction tx{*database_, ledger_, settings_, random_};
  Room room(*database_, manner.full);
  if (batch.empty()) batch.push_back(next(0, 0));
  probe("begin");
  database_->begin();
  auto const before = database_->total_changes();
  for (std::size_t i = 0; i < batch.size(); ++i) {
    auto& job = *batch[i];
    if (!room.admits(job.kind()))
      job.fail(Error(Errc::storage_full, database_->name() + " has too little space"));
    else if (manner.each_alone)
      run_alone(job, tx);
    else if (!run_with_others(job, tx))
      return false;
    heed(tx);
    if (i + 1 < batch.size()) continue;  // tried before
    if (auto more = next_or_company(batch, database_->total_changes() - before))
      batch.push_back(std::move(more));
  }
  ledger_.save_head();
  probe("before-commit");
  database_->commit();
  probe("after-commit");
  return true;
}

// What the job just run has told.
void StoreThread::heed(Transaction& tx) {
  if (std::exchange(tx.message_decided, false)) decision_wait_.decided();
  if (std::exchange(tx.sweep_wanted, false)) sweep_wanted_ = true;
}

bool StoreThread::run_with_others(Job& job, Transaction& tx) {
  auto const changes = database_->total_changes();
  auto const rows = ledger_.frontier().size();
  try {
    if (job.run(tx)) return true;
  } catch (SqlFailure const& failure) {
    if (!is_of_one_job(failure)) throw;
    return false;
  }
  return database_->total_changes() == changes && ledger_.frontier().size() == rows;
}

void StoreThread::run_alone(Job& job, Transaction& tx) {
  auto const mark = ledger_.frontier();
  run(*database_, "SAVEPOINT job");
  bool done = false;
  try {
    done = job.run(tx);
  } catch (SqlFailure const& failure) {
    if (!is_of_one_job(failure)) throw;
    log::error("store_job_failed", {{"error", failure.error().text()}});
    job.fail(failure.error());
  }
  if (!done) {
    run(*database_, "ROLLBACK TO job");
    ledger_.rewind(mark);
  }
  run(*database_, "RELEASE job");
}

// Only what a job did wrong by itself may be undone alone.
bool StoreThread::is_of_one_job(SqlFailure const& failure) const {
  return failure.error().is(Errc::storage_failed) && database_->in_transaction();
}

void StoreThread::roll_back(Frontier const& to) {
  ledger_.rewind(to);
  ledger_.head_lost();
  if (!database_->in_transaction()) return;
  try {
    database_->roll_back();
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

bool StoreThread::something_presses() {
  std::lock_guard const lock(mutex_);
  return !pressing_.empty();
}

void StoreThread::probe(char const* point) const {
  if (settings_.probe) settings_.probe(point);
}

}  // namespace siaga::journal
