// InboxDouble: an Inbox whose answers a test decides, and which can hold the caller as a slow disk
// would.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <vector>

#include "gateway/ports/inbox.hpp"

namespace siaga::test {

class InboxDouble final : public Inbox {
 public:
  using Limit = std::chrono::milliseconds;

  Result<void> keep(RawMessage message) override;
  void judge_by(InboxRules) override {}

  // From now on, what is on a topic that begins so.
  void refuse_with(Errc code, std::string topic_prefix = {});
  void take_again();
  void hold();  // keep() does not return until let_go()
  void let_go();

  // Waits until this many were kept, or refused, or are held.
  bool kept_within(std::size_t count, Limit limit);
  bool refused_within(std::size_t count, Limit limit);
  bool held_within(Limit limit);
  std::vector<RawMessage> kept() const;
  std::vector<std::string> payloads() const;

 private:
  template <class Condition>
  bool wait(Limit limit, Condition condition) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, limit, condition);
  }

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<RawMessage> kept_;
  std::size_t refused_ = 0;
  std::size_t held_ = 0;
  bool holding_ = false;
  std::optional<Errc> refusal_;
  std::string refused_prefix_;
};

}  // namespace siaga::test
