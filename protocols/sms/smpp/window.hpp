// Window: how many unanswered submits an SMSC accepts on one session, if that is fewer than ours:
// learnt from its refusals, and tried wider again now and then.
//
// Place:  Outbox reports each submit and its answer, and has the sessions keep to limit(). Pure;
//         survives reconnects; one for all sessions of an account, which are alike.
// Rule:   a refusal for the rate and one for the window look the same. A submit that was alone is
//         never refused for the window. If others were unanswered with it, the window is first
//         taken as too large and is set to their number. If a submit within this window is refused
//         before the window was accepted for a round, the rate was too high: the window is ours
//         again, and for a minute refusals count against the rate. A window that was accepted
//         stays, and is tried one wider after some rounds; each time that is refused, twice as many
//         rounds pass before the next try.
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
