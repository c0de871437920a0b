// InboundFeed: messages waiting on core for intake, so that each need not be read back from the
// store. They are kept, or about to be: their commit may still be under way.
//
// Place:  inbox -> FEED -> Journal::next_inbound().
// Thread: core only. Holds at most `held_max`; beyond that, and at start, the store is read.
// Durable: nothing here; the store's undecided rows are the queue.
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "gateway/async/event.hpp"
#include "gateway/ports/inbox.hpp"

namespace siaga::journal {

class InboundFeed {
 public:
  explicit InboundFeed(boost::asio::any_io_executor const& core) : woken_(core) {}

  void arrived(InboundMessage message) {
    if (behind_)
      passed_by_ = true;
    else if (waiting_.size() < held_max)
      take_in(std::move(message));
    else
      behind_ = true;
    woken_.notify();
  }
  // The store is about to be read after the one that is answered.
  InboxId begin_reading() noexcept {
    passed_by_ = false;
    return newest_;
  }
  // Fewer than asked for means that was all; what passed by meanwhile may not be among them.
  void read_back(std::vector<InboundMessage> messages, std::size_t asked) {
    behind_ = messages.size() == asked || passed_by_;
    for (auto& message : messages) take_in(std::move(message));
  }
  std::optional<InboundMessage> pop() {
    if (waiting_.empty()) return std::nullopt;
    std::optional<InboundMessage> message(std::move(waiting_.front()));
    waiting_.pop_front();
    return message;
  }
  bool behind() const noexcept { return behind_; }
  boost::asio::awaitable<void> wait() { return woken_.wait(); }
  boost::asio::awaitable<bool> wait_for(milliseconds limit) { return woken_.wait_for(limit); }

 private:
  static constexpr std::size_t held_max = 64;
  void take_in(InboundMessage message) {
    newest_ = message.id;
    waiting_.push_back(std::move(message));
  }

  Event woken_;
  std::deque<InboundMessage> waiting_;
  InboxId newest_;          // of those that were ever held here
  bool behind_ = true;      // the store has some that are not held here
  bool passed_by_ = false;  // one came while the store was read
};

}  // namespace siaga::journal
