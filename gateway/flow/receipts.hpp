// Receipts: writes what the network says of messages it took into the journal.
//
// Place:  channel -> RECEIPTS -> Journal::record, resolve -> announcer.
// Thread: core only.
// Errors: not_found for a reference that no message has (yet); storage errors as they are.
// Durable: success = committed; only then may the channel confirm to its peer.
#pragma once

#include <functional>

#include "gateway/ports/journal.hpp"
#include "gateway/ports/replies.hpp"

namespace siaga::flow {

class Receipts final : public ReceiptSink {
 public:
  // `recorded` wakes whoever has something to do then: lanes, escalator, announcer.
  Receipts(Journal& journal, std::function<void(Recorded const&)> recorded)
      : journal_(journal), recorded_(std::move(recorded)) {}

  boost::asio::awaitable<Result<void>> record(Receipt receipt) override;
  boost::asio::awaitable<Result<void>> resolve(LateOutcome outcome) override;

 private:
  Journal& journal_;
  std::function<void(Recorded const&)> recorded_;
};

}  // namespace siaga::flow
