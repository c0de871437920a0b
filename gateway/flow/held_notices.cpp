#include "gateway/flow/held_notices.hpp"

#include "gateway/ports/topics.hpp"

namespace siaga::flow {

void HeldNotices::tell(AgencyId const& agency, RawMessage const& message, Rejection const& why) {
  if (waiting_.size() >= waiting_max || !topics::is_level(agency.value)) return;
  auto payload = context_.wire.held_receipt(why, message.received_at, context_.world->zone.offset);
  OutgoingMessage receipt(topics::receipt(agency), payload, false);
  bool const same = message.response_topic == receipt.topic;
  if (same) receipt.correlation_data = message.correlation_data;
  waiting_.push_back(std::move(receipt));
  if (!same && topics::may_answer_on(message.response_topic, agency)) {
    OutgoingMessage answer(message.response_topic, std::move(payload), false);
    answer.correlation_data = message.correlation_data;
    waiting_.push_back(std::move(answer));
  }
  added_.notify();
}

boost::asio::awaitable<void> HeldNotices::run() {
  for (;;) {
    while (!waiting_.empty()) {
      auto notice = std::move(waiting_.front());
      waiting_.pop_front();
      (void)co_await context_.announcer.say(std::move(notice));
    }
    co_await added_.wait();
  }
}

}  // namespace siaga::flow
