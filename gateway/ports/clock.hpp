// Clock: the only source of "now". Tests hand in one they move by hand.
//
// Place:  everything that needs the time is given a Clock&.
// Thread: utc_now() and steady_now() any thread; sleep_until() core only.
// Time:   see domain/time.hpp for what is steady and what is UTC.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "gateway/domain/time.hpp"

namespace siaga {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual UtcTime utc_now() const = 0;
  virtual SteadyTime steady_now() const = 0;
  virtual boost::asio::awaitable<void> sleep_until(SteadyTime until) = 0;
};

}  // namespace siaga
