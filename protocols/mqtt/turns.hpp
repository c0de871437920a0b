// Turns: decides which express links may try to connect now. Intake and feed come first: if a
// broker allows few connections, they must not be spent on links that only speed things up. Pure.
//
// Place:  express -> TURNS.
// Thread: PahoThread.
// Rules:  if the broker refuses a link while intake is up, the link rests until intake connects
//         again or the configuration is read again; then the resting links try one after another.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>

#include "gateway/base/error.hpp"

namespace siaga::mqtt {

class Turns {
 public:
  static constexpr std::chrono::seconds one_every{1};

  void intake_is(bool up) {
    intake_up_ = up;
    if (up) look_again();
  }
  // Those at rest get one more turn each.
  void look_again() {
    queue_.clear();
    for (auto const& [lane, rests] : refused_)
      if (rests) queue_.push_back(lane);
  }
  bool may_try(std::string const& lane) const {
    auto const found = refused_.find(lane);
    return intake_up_ && (found == refused_.end() || !found->second);
  }
  // An attempt that failed before it was up. True: the broker refused it.
  bool failed(std::string const& lane, Error const& why) {
    if (!intake_up_ || !why.is(Errc::connect_failed)) return false;
    refused_[lane] = true;
    return true;
  }
  // Connected, or no longer wanted. True: nobody is refused any more.
  bool settled(std::string const& lane) { return refused_.erase(lane) > 0 && refused_.empty(); }
  // Gives the next one at rest its turn; false when there is none.
  bool give_next() {
    while (intake_up_ && !queue_.empty()) {
      auto const found = refused_.find(queue_.front());
      queue_.pop_front();
      if (found == refused_.end() || !found->second) continue;
      found->second = false;
      return true;
    }
    return false;
  }
  std::size_t refused() const noexcept { return refused_.size(); }

 private:
  bool intake_up_ = false;
  std::map<std::string, bool> refused_;  // since it was last up; true: at rest
  std::deque<std::string> queue_;
};

}  // namespace siaga::mqtt
