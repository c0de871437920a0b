// DecisionWait: whether a commit waits for intake's decision about the message that it stores.
// Intake hears of a message before its commit, so that the decision can share it (decisions/0020).
//
// Place:  inbox (KeepJob) -> DECISION WAIT <- store thread, once a message is decided.
// Thread: store thread; intake_asks() any.
// Rules:  a number is given once, even if its transaction is rolled back: a decision about a
//         message that was rolled back finds none, and never another message.
#pragma once

#include <atomic>

#include "gateway/domain/ids.hpp"

namespace siaga::journal {

class DecisionWait {
 public:
  explicit DecisionWait(InboxId newest) noexcept : newest_(newest) {}

  InboxId number() noexcept { return newest_ = InboxId(newest_.value + 1); }
  // Intake has nothing to decide and waits for the next message.
  void intake_asks() noexcept { asked_ = true; }
  // An alert is decided without asking the store anything first; an answer is not.
  void announced(bool decided_unaided) noexcept {
    bool const at_once = asked_.exchange(false) && decided_unaided;
    expected_ = expected_ || at_once;
  }
  void decided() noexcept { expected_ = false; }
  bool decision_expected() const noexcept { return expected_ && !asked_; }

 private:
  InboxId newest_;
  std::atomic<bool> asked_ = false;
  bool expected_ = false;
};

}  // namespace siaga::journal
