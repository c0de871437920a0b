#include "tests/mqtt/inbox_double.hpp"

namespace siaga::test {

Result<void> InboxDouble::keep(RawMessage message) {
  std::unique_lock lock(mutex_);
  ++held_;
  changed_.notify_all();
  changed_.wait(lock, [&] { return !holding_; });
  --held_;
  changed_.notify_all();
  if (refusal_ && message.topic.starts_with(refused_prefix_)) {
    ++refused_;
    return Error(*refusal_, "as the test wants");
  }
  kept_.push_back(std::move(message));
  return {};
}

void InboxDouble::refuse_with(Errc code, std::string topic_prefix) {
  std::lock_guard const lock(mutex_);
  refused_prefix_ = std::move(topic_prefix);
  refusal_ = code;
}
void InboxDouble::take_again() {
  std::lock_guard const lock(mutex_);
  refusal_.reset();
}
void InboxDouble::hold() {
  std::lock_guard const lock(mutex_);
  holding_ = true;
}
void InboxDouble::let_go() {
  std::lock_guard const lock(mutex_);
  holding_ = false;
  changed_.notify_all();
}

bool InboxDouble::kept_within(std::size_t count, Limit limit) {
  return wait(limit, [&] { return kept_.size() >= count; });
}
bool InboxDouble::refused_within(std::size_t count, Limit limit) {
  return wait(limit, [&] { return refused_ >= count; });
}
bool InboxDouble::held_within(Limit limit) {
  return wait(limit, [&] { return held_ > 0; });
}

std::vector<RawMessage> InboxDouble::kept() const {
  std::lock_guard const lock(mutex_);
  return kept_;
}

std::vector<std::string> InboxDouble::payloads() const {
  std::lock_guard const lock(mutex_);
  std::vector<std::string> all;
  for (auto const& message : kept_) all.push_back(message.payload);
  return all;
}

}  // namespace siaga::test
