#include "gateway/flow/held_notices.hpp"

#include "gateway/ports/agency_receipt.hpp"
#include "gateway/ports/response_topics.hpp"

namespace siaga::flow {
namespace {

// The broker or the store keeps the message; it is decided later.
AgencyReceipt held(AgencyId const& agency, RawMessage const& message, Rejection const& why,
                   bool advised) {
  AgencyReceipt receipt;
  receipt.agency = agency;
  receipt.identifier = why.identifier;
  receipt.sender = why.sender;
  receipt.decision = Decision::held;
  receipt.reasons = why.reasons;
  if (advised) receipt.reasons.push_back(response_topic_advice());
  receipt.received_at = message.received_at;
  return receipt;
}

}  // namespace

void HeldNotices::tell(AgencyId const& agency, RawMessage const& message, Rejection const& why) {
  if (waiting_.size() >= waiting_max || !topics::has_receipts(agency)) return;
  auto const& allowed = context_.world->response_topics;
  bool const same = message.response_topic == topics::receipt(agency);
  bool const advised = allowed.disregard(message.response_topic, agency);
  auto payload = to_json(held(agency, message, why, advised), context_.world->zone.offset);
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
