#include "gateway/journal/sqlite_inbox.hpp"

#include <boost/asio/post.hpp>
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
  KeepJob(RawMessage message, boost::asio::any_io_executor core, std::shared_ptr<InboundFeed> feed)
      : Job(kind_of(message.topic)), core_(std::move(core)), feed_(std::move(feed)) {
    kept_.raw = std::move(message);
  }
  std::future<Result<void>> result() { return promise_.get_future(); }

  bool run(Transaction& tx) override {
    failure_.reset();
    bool const again = !kept_.id.empty();
    if (!again) kept_.id = tx.arrivals.number();
    keep_message(tx, kept_);
    if (!again) announce(tx);
    return true;
  }
  void fail(Error const& error) override { failure_ = error; }
  void settle() noexcept override {
    promise_.set_value(failure_ ? Result<void>(*failure_) : Result<void>());
  }

 private:
  // Before the commit: what intake decides about it may come in time to share that.
  void announce(Transaction& tx) {
    tx.arrivals.announced(kind() == JobKind::intake);
    boost::asio::post(
        core_, [feed = feed_, message = kept_]() mutable { feed->arrived(std::move(message)); });
  }

  boost::asio::any_io_executor core_;
  std::shared_ptr<InboundFeed> feed_;
  InboundMessage kept_;
  std::optional<Error> failure_;
  std::promise<Result<void>> promise_;
};

}  // namespace

Result<void> SqliteInbox::keep(RawMessage message) {
  auto job = std::make_unique<KeepJob>(std::move(message), core_, feed_);
  auto result = job->result();
  thread_.push(std::move(job));
  return result.get();
}

}  // namespace siaga::journal
