// Pace: how fast parts may go to an SMSC: a token bucket under a ceiling, that finds the network's
// own limit when it refuses or says it is congested: down at once, up slowly.
//
// Place:  Outbox asks before each part, tells each answer. Pure; survives reconnects.
// Units:  parts per second; 0 = no ceiling. The bucket holds a tenth of a second.
// Time:   steady time, given by the caller.
#pragma once

#include <array>
#include <cstdint>

#include "gateway/domain/time.hpp"

namespace siaga::sms {

class Pace {
 public:
  explicit Pace(double ceiling_per_s);

  // Whether a submit may go now; one the carrier counts as several parts takes the room of all.
  bool take(SteadyTime now, std::size_t parts = 1);
  SteadyTime ready_at(SteadyTime now);  // when the next may
  void accepted(SteadyTime now);
  // Refused for the rate or a full queue: the bind pauses. Refusals of what was already under way
  // count once.
  void throttled(SteadyTime now, milliseconds pause);
  void pause(SteadyTime now, milliseconds lasts);  // for another reason than the rate

  // What the network says of itself: 0 idle .. 90 nearly congested .. 100 congested.
  void congested(SteadyTime now, std::uint32_t state);

  bool is_slowed(SteadyTime now) const noexcept;  // refused within the last seconds
  double per_s() const noexcept { return rate_; }

 private:
  void refill(SteadyTime now);
  void grow(SteadyTime now);
  void ease(SteadyTime now, double factor);
  double accepted_per_s(SteadyTime now) const;
  double depth() const noexcept;

  double ceiling_;
  double rate_;
  bool ever_throttled_ = false;  // depth() asks it while tokens_ is made
  double tokens_;
  SteadyTime refilled_{};
  SteadyTime grown_{};
  SteadyTime paused_until_{};
  SteadyTime throttled_at_{};
  std::uint64_t pauses_in_a_row_ = 0;
  // Accepted parts of the last second, a slot each 100 ms.
  struct Slot {
    std::int64_t tenth = -1;
    std::uint32_t parts = 0;
  };
  std::array<Slot, 10> accepted_{};
};

}  // namespace siaga::sms
