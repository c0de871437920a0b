// Sequence: the numbers of one session's requests: 1 to 0x7fffffff, then from 1 again.
//
// Place:  Session. Pure.
// See:    SMPP v3.4, 3.2 (sequence_number).
#pragma once

#include <cstdint>

namespace siaga::sms {

class Sequence {
 public:
  explicit Sequence(std::uint32_t last = 0) : last_(last) {}

  // The next that `in_flight(number)` does not say an answer is awaited to.
  template <class InFlight>
  std::uint32_t next(InFlight const& in_flight) {
    do {
      last_ = last_ >= highest ? 1 : last_ + 1;
    } while (in_flight(last_));
    return last_;
  }

 private:
  static constexpr std::uint32_t highest = 0x7FFFFFFF;

  std::uint32_t last_;
};

}  // namespace siaga::sms
