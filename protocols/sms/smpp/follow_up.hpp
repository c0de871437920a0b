// FollowUp: news about messages that have their outcome already.
//
// Place:  shared by Outbox and Inbound -> FOLLOW-UP -> SmppChannel's sinks.
// Thread: core only.
#pragma once

#include <functional>

#include "protocols/sms/smpp/doubts.hpp"
#include "protocols/sms/smpp/en_route.hpp"

namespace siaga::sms {

struct FollowUp {
  explicit FollowUp(milliseconds query_after) : en_route(query_after) {}

  Doubts doubts;
  EnRoute en_route;
  std::function<void(Resolved)> resolved;
  std::function<void(EnRoute::Fate)> told;
};

}  // namespace siaga::sms
