// Window: how many submits an SMSC bears unanswered on one session, where that is fewer than ours:
// found from what it refuses, and asked for again now and then.
//
// Place:  Outbox tells each submit and its answer, and has the sessions keep to limit(). Pure;
//         survives reconnects; one for all sessions of an account, which are alike.
// Rule:   a refusal for the rate and one for the window look the same. A submit that was alone is
//         never refused for the window. One that was not is first laid to the window, which then is
//         what was beside it; refused within that before it has proved itself, it was the rate:
//         the window is ours again, and the rate is to blame for a minute. A window that has proved
//         itself stays, and need only prove itself again; it grows by one after some rounds, and
//         each time that is refused, twice as many rounds pass before the next.
// Units:  submits unanswered, the one asked about included.
// See:    decisions/0023-a-smaller-window.md
#pragma once

#include <cstdint>
#include <limits>

#include "gateway/domain/time.hpp"

namespace siaga::sms {

class Window {
 public:
  struct Departure {
    std::uint64_t number = 0;
    std::size_t unanswered = 1;
  };
  enum class Blame {
    rate,    // not ours to explain
    window,  // more were under way than it bears
    probe,   // one more than it bears was tried, and only that one refused
  };

  Departure depart(std::size_t unanswered) { return {++departed_, unanswered}; }
  void accepted(Departure const& departure);
  Blame refused(Departure const& departure, SteadyTime now);

  bool is_narrowed() const noexcept { return limit_ != any; }
  std::size_t limit() const noexcept { return limit_; }

 private:
  static constexpr std::size_t any = std::numeric_limits<std::size_t>::max();

  Blame blame_rate(Departure const& departure, SteadyTime now);
  void narrow(std::size_t limit);

  std::size_t limit_ = any;
  // Has been borne: for a round where it was found, later for as long as it takes to try one more;
  // 0 = not yet.
  std::size_t proved_ = 0;
  std::size_t full_ = 0;  // accepted with the limit used up, since it last changed
  unsigned refused_probes_ = 0;
  std::uint64_t departed_ = 0, narrowed_at_ = 0, blamed_at_ = 0;  // numbers of departures
  SteadyTime rate_trusted_until_{};
};

}  // namespace siaga::sms
