// TestLane: carries a crowd of messages over a Stage's channel as a lane does: a window wide, again
// what failed for now, and what may not have arrived marked as a possible repetition.
//
// Place:  smpp_matrix_test.cpp.
#pragma once

#include <deque>
#include <set>

#include "tests/sms/smsc_stage.hpp"

namespace siaga::sms {

class TestLane {
 public:
  TestLane(Stage& stage, std::size_t width) : stage_(stage), width_(width) {}

  std::size_t unknown = 0, temporarily = 0, failed = 0, sent = 0;

  // Until each of officers 0 to count-1 was told, or failed for good.
  bool carry(int count, milliseconds limit) {
    for (int officer = 0; officer < count; ++officer) waiting_.push_back(officer);
    return stage_.until([&] { return pump(), is_done(); }, limit);
  }

 private:
  bool is_done() const { return waiting_.empty() && under_way_ == 0; }
  void pump() {
    for (auto const& [name, outcome] : std::exchange(stage_.outcomes, {})) {
      --under_way_;
      settle(std::stoi(name), outcome);
    }
    if (stage_.channel->state() == LinkState::down) return;
    while (under_way_ < width_ && !waiting_.empty()) {
      auto message = an_alert(waiting_.front());
      message.possible_duplicate = doubtful_.contains(waiting_.front());
      stage_.send(std::to_string(waiting_.front()), std::move(message));
      waiting_.pop_front();
      ++under_way_;
    }
  }
  void settle(int officer, SendOutcome const& outcome) {
    if (std::holds_alternative<Sent>(outcome)) {
      ++sent;
    } else if (std::holds_alternative<Failed>(outcome)) {
      ++failed;
    } else {
      bool const is_unknown = std::holds_alternative<OutcomeUnknown>(outcome);
      ++(is_unknown ? unknown : temporarily);
      if (is_unknown) doubtful_.insert(officer);
      waiting_.push_front(officer);
    }
  }

  Stage& stage_;
  std::size_t width_;
  std::deque<int> waiting_;
  std::set<int> doubtful_;
  std::size_t under_way_ = 0;
};

}  // namespace siaga::sms
