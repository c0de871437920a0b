#include "gateway/flow/held_notices.hpp"

#include "gateway/ports/response_topics.hpp"

namespace siaga::flow {

void HeldNotices::tell(AgencyId const& agency, RawMessage const& message, Rejection const& why) {
  if (waiting_.size() >= waiting_max || !topics::has_receipts(agency)) return;
  auto const& allowed = context_.world->response_topics;
  bool const same = message.response_topic == topics::receipt(agency);
  bool const advised = allowed.disregard(message.response_topic, agency);
  auto told = why;
  if (advised) told.reasons.push_back(response_topic_advice());
  auto payload = context_.wire.held_receipt(told, message.received_at, context_.world->zone.offset);
  OutgoingMessage receipt(topics::receipt(agency), payload, false);
  if (same || advised) receipt.correlation_data = message.correlation_data;
  waiting_.push_back(std::move(receipt));
  if (!same && !advised && !message.response_topic.empty()) {
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
