#include "gateway/journal/store/inbox.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <future>

#include "gateway/journal/changes/keep.hpp"
#include "gateway/ports/topics.hpp"

namespace siaga::journal {
namespace {

constexpr std::size_t beginning_bytes = 1024;
constexpr std::size_t correlation_bytes_max = 4096;

bool is_answer(std::string_view topic) {
  return topic.starts_with(topics::answer);
}

// Answers are taken longer than new alerts when room runs out.
JobKind kind_of(std::string_view topic) {
  return is_answer(topic) ? JobKind::answer : JobKind::intake;
}

Kept kept_of(RawMessage const& message, InboxRules const& rules) {
  auto const at = message.topic.rfind('/') + 1;
  AgencyId const agency{message.topic.substr(at)};
  if (!std::ranges::binary_search(rules.agencies, agency)) return Kept::hash;
  auto const most = is_answer(message.topic) ? rules.answer_bytes_max : rules.alert_bytes_max;
  return message.payload.size() > most ? Kept::cut : Kept::whole;
}

// What somebody else's client made of them has a bound too. None that means anything is longer.
void bound_properties(RawMessage& message) {
  if (message.correlation_data.size() > correlation_bytes_max) message.correlation_data.clear();
  for (auto* text : {&message.content_type, &message.response_topic})
    if (text->size() > beginning_bytes) text->resize(beginning_bytes);
}

class KeepJob final : public Job {
 public:
  KeepJob(InboundMessage message, Hash digest, DecisionWait& decision_wait,
          boost::asio::any_io_executor core, std::shared_ptr<InboundFeed> feed)
      : Job(kind_of(message.raw.topic)),
        decision_wait_(decision_wait),
        core_(std::move(core)),
        feed_(std::move(feed)),
        kept_(std::move(message)),
        digest_(digest) {}
  std::future<Result<void>> result() { return promise_.get_future(); }

  bool run(Transaction& tx) override {
    failure_.reset();
    bool const again = !kept_.id.empty();
    if (!again) kept_.id = decision_wait_.number();
    keep_message(tx, kept_, digest_);
    if (!again) announce();
    return true;
  }
  void fail(Error const& error) override { failure_ = error; }
  void settle() noexcept override {
    promise_.set_value(failure_ ? Result<void>(*failure_) : Result<void>());
  }

 private:
  // Before the commit: what intake decides about it may come in time to share that.
  void announce() {
    decision_wait_.announced(kind() == JobKind::intake);
    boost::asio::post(
        core_, [feed = feed_, message = kept_]() mutable { feed->arrived(std::move(message)); });
  }

  DecisionWait& decision_wait_;
  boost::asio::any_io_executor core_;
  std::shared_ptr<InboundFeed> feed_;
  InboundMessage kept_;
  Hash digest_;
  std::optional<Error> failure_;
  std::promise<Result<void>> promise_;
};

}  // namespace

void StoredInbox::judge_by(InboxRules rules) {
  std::lock_guard const lock(mutex_);
  rules_ = std::make_shared<InboxRules const>(std::move(rules));
}

std::shared_ptr<InboxRules const> StoredInbox::rules() const {
  std::lock_guard const lock(mutex_);
  return rules_;
}

// Measured and cut here, on the thread of who brings it: the store thread is for everybody.
Result<void> StoredInbox::keep(RawMessage arrived) {
  auto const digest = Sha256().of(arrived.payload);
  InboundMessage message;
  message.bytes = arrived.payload.size();
  if (auto const rules = this->rules()) message.kept = kept_of(arrived, *rules);
  message.raw = std::move(arrived);
  bound_properties(message.raw);
  if (message.kept == Kept::cut) message.raw.payload.resize(beginning_bytes);
  if (message.kept == Kept::hash) message.raw.payload.clear();
  auto job =
      std::make_unique<KeepJob>(std::move(message), digest, thread_.decision_wait(), core_, feed_);
  auto result = job->result();
  thread_.push(std::move(job));
  return result.get();
}

}  // namespace siaga::journal
