// Stability: tells apart a connection that holds, connections that end right after they began, and
// one that another client took over. Pure.
//
// Place:  link -> STABILITY -> troubles.
// Rules:  more than three losses within ten seconds of connecting are a trouble, and so is each
//         session taken over; both are over when a connection has held for a minute.
#pragma once

#include <chrono>

namespace siaga::mqtt {

class Stability {
 public:
  using Duration = std::chrono::steady_clock::duration;
  static constexpr std::chrono::seconds short_life{10};
  static constexpr std::chrono::seconds proven_after{60};
  static constexpr int short_lives_max = 3;

  enum class Trouble { none, taken, unstable };

  Trouble lost(Duration held, bool taken) noexcept {
    if (held < short_life) ++short_lives_;
    if (taken) return Trouble::taken;
    return held < short_life && short_lives_ > short_lives_max ? Trouble::unstable : Trouble::none;
  }
  void proven() noexcept { short_lives_ = 0; }

 private:
  int short_lives_ = 0;
};

}  // namespace siaga::mqtt
