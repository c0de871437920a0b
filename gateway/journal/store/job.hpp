// Job: one piece of work for the store thread, and what happens with its result after the commit.
//
// Place:  journal and inbox make them; store_thread runs them.
// Thread: run(), fail() and settle() on the store thread; resume() on core, in the order of the
//         jobs.
// Errors: an Error from run() undoes this job alone; a failed commit replaces every job's result.
#pragma once

#include <memory>

#include "gateway/journal/changes/transaction.hpp"

namespace siaga::journal {

enum class JobKind {
  intake,      // brings something new in: refused when space runs out; urgent otherwise
  answer,      // brings an answer in: refused when the last of the space is for recording
  pressing,    // lets a message begin, or keeps it from beginning
  recording,   // tells what has happened already
  background,  // large: one at a time, when nothing else waits
};

class Job {
 public:
  explicit Job(JobKind kind) noexcept : kind_(kind) {}
  virtual ~Job() = default;
  Job(Job const&) = delete;
  Job& operator=(Job const&) = delete;

  JobKind kind() const noexcept { return kind_; }
  [[nodiscard]] virtual bool run(Transaction& tx) = 0;  // false: undo; may be run again
  virtual void fail(Error const& error) = 0;
  virtual void settle() noexcept {}
  virtual void resume() {}

 private:
  JobKind kind_;
};

// A job whose result is a Result<T>; Work is Result<T>(Transaction&), callable more than once.
template <class T, class Work>
class JobOf : public Job {
 public:
  JobOf(JobKind kind, Work work) : Job(kind), work_(std::move(work)) {}
  bool run(Transaction& tx) override {
    result_.emplace(work_(tx));
    return result_->has_value();
  }
  void fail(Error const& error) override { result_.emplace(error); }

 protected:
  Work work_;
  std::optional<Result<T>> result_;
};

}  // namespace siaga::journal
