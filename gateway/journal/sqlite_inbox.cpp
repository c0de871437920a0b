#include "gateway/journal/sqlite_inbox.hpp"

#include <future>

#include "gateway/journal/intake.hpp"
#include "gateway/ports/topics.hpp"

namespace siaga::journal {
namespace {

// Answers are recorded even when there is no room for new alerts.
JobKind kind_of(std::string_view topic) {
  return topic.starts_with(topics::answer) ? JobKind::pressing : JobKind::intake;
}

class KeepJob final : public Job {
 public:
  KeepJob(RawMessage message, std::shared_ptr<InboundFeed> feed)
      : Job(kind_of(message.topic)), feed_(std::move(feed)) {
    kept_.raw = std::move(message);
  }
  std::future<Result<void>> result() { return promise_.get_future(); }

  bool run(Transaction& tx) override {
    failure_.reset();
    auto const id = keep_message(tx, kept_.raw);
    if (!id) failure_ = id.error();
    if (id) kept_.id = *id;
    return id.has_value();
  }
  void fail(Error const& error) override { failure_ = error; }
  void settle() noexcept override {
    promise_.set_value(failure_ ? Result<void>(*failure_) : Result<void>());
  }
  void resume() override {
    if (!failure_) feed_->arrived(std::move(kept_));
  }

 private:
  std::shared_ptr<InboundFeed> feed_;
  InboundMessage kept_;
  std::optional<Error> failure_;
  std::promise<Result<void>> promise_;
};

}  // namespace

Result<void> SqliteInbox::keep(RawMessage message) {
  auto job = std::make_unique<KeepJob>(std::move(message), feed_);
  auto result = job->result();
  thread_.push(std::move(job));
  return result.get();
}

}  // namespace siaga::journal
