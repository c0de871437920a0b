#include "protocols/sms/smpp/reconnect.hpp"

#include "gateway/domain/retry.hpp"

namespace siaga::sms {
namespace {

constexpr milliseconds settled_after{10000};  // a bind that held so long was a good one
constexpr milliseconds shortest{1000}, longest{60000};

}  // namespace

void Reconnect::begin() {
  carried_ = 0;
  bound_at_.reset();
}

void Reconnect::bound(SteadyTime now) {
  bound_at_ = now;
}

bool Reconnect::was_good(SteadyTime now) const {
  return bound_at_ && (now - *bound_at_ >= settled_after || carried_ > window_);
}

milliseconds Reconnect::wait(SteadyTime now, double spread) {
  if (was_good(now)) failures_ = 0;
  begin();
  RetryRule rule;
  rule.first = shortest;
  rule.most = longest;
  return backoff(rule, ++failures_, spread);
}

}  // namespace siaga::sms
