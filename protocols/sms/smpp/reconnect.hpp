// Reconnect: how long a bind waits before it connects again.
//
// Place:  SmppBind reports the end of each connection, RECONNECT says the wait. Pure.
// Rule:   1 s, then twice as long each time, to 60 s. It begins with 1 s again after a good
//         connection: one that held, or carried more messages than it can have left in doubt. So an
//         SMSC that ends every connection after useful work does not make us wait; one that ends it
//         at once does.
// Time:   steady time, given by the caller.
#pragma once

#include "gateway/domain/time.hpp"

namespace siaga::sms {

class Reconnect {
 public:
  // A connection leaves no more than `window` submits in doubt.
  explicit Reconnect(std::size_t window) : window_(window) {}

  void begin();  // a connection
  void bound(SteadyTime now);
  void carried() noexcept { ++carried_; }  // a submit accepted, or a message delivered to us
  // The connection has ended, or there was none; `spread` in [0,1) is the jitter, within the upper
  // half.
  milliseconds wait(SteadyTime now, double spread);

 private:
  bool was_good(SteadyTime now) const;

  std::size_t window_;
  std::size_t carried_ = 0;
  int failures_ = 0;
  std::optional<SteadyTime> bound_at_;
};

}  // namespace siaga::sms
