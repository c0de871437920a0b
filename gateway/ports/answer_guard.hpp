// AnswerGuard: the part of the journal that makes one answer count once, and remembers which links
// are locked.
//
// Place:  intake, flow/link_locks -> ANSWER GUARD (part of Journal) -> store thread.
// Thread: as Journal.
// Errors: as Journal.
// Durable: every call that returned success.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <vector>

#include "gateway/base/result.hpp"
#include "gateway/ports/journal_types.hpp"

namespace siaga {

class AnswerGuard {
 public:
  virtual ~AnswerGuard() = default;

  // Of an answer whose signature holds. The first of its bytes is remembered for as long as a
  // signature can be valid, and is then to be decided.
  virtual boost::asio::awaitable<Result<AnsweredBefore>> answered_before(InboxId from,
                                                                         Moment now) = 0;

  virtual boost::asio::awaitable<Result<void>> lock_link(LinkLock lock, Moment now) = 0;
  // With the total of codes tried.
  virtual boost::asio::awaitable<Result<void>> unlock_link(LinkLock lock, Moment now) = 0;
  virtual boost::asio::awaitable<Result<std::vector<LinkLock>>> locked_links() = 0;
};

}  // namespace siaga
