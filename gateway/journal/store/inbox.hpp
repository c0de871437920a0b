// StoredInbox: keeps a message from outside before its broker is told that it arrived.
//
// Place:  mqtt intake (its own thread) -> STORED INBOX -> store thread, and from there, before the
//         commit, -> InboundFeed on core.
// Thread: keep() any but core; it blocks until the commit. judge_by() any: rules are swapped whole.
// Errors: storage_full, storage_failed, storage_corrupt: nothing was kept.
// Durable: everything keep() answered for.
#pragma once

#include <mutex>

#include "gateway/journal/store/inbound_feed.hpp"
#include "gateway/journal/store/store_thread.hpp"

namespace siaga::journal {

class StoredInbox final : public Inbox {
 public:
  StoredInbox(boost::asio::any_io_executor core, StoreThread& thread,
              std::shared_ptr<InboundFeed> feed)
      : core_(std::move(core)), thread_(thread), feed_(std::move(feed)) {}

  [[nodiscard]] Result<void> keep(RawMessage arrived) override;
  void judge_by(InboxRules rules) override;

 private:
  std::shared_ptr<InboxRules const> rules() const;

  boost::asio::any_io_executor core_;
  StoreThread& thread_;
  std::shared_ptr<InboundFeed> feed_;  // jobs may outlive us on core
  mutable std::mutex mutex_;
  std::shared_ptr<InboxRules const> rules_;  // null = keep everything whole
};

}  // namespace siaga::journal
