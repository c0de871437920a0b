// ReplySink, ReceiptSink: take replies and receipts from outside into the core.
//
// Place:  channels and mqtt -> SINK (flow/replies, flow/receipts) -> Journal.
// Thread: core only.
// Durable: when take() or record() has returned success, it is committed.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>

#include "gateway/base/result.hpp"
#include "gateway/domain/acknowledgement.hpp"
#include "gateway/domain/delivery.hpp"

namespace siaga {

class ReceiptSink {
 public:
  virtual ~ReceiptSink() = default;
  virtual boost::asio::awaitable<Result<void>> record(Receipt receipt) = 0;
  // It counts while the delivery waits to be sent again. A sink that sends nothing again has no use
  // for it.
  virtual boost::asio::awaitable<Result<void>> resolve(LateOutcome) { co_return Result<void>(); }
};

// Something a person sent back over a channel, not yet understood.
struct Reply {
  ChannelName channel;
  Via via = Via::sms;
  std::string address;  // the channel's normal form: E.164, mail address; "" where there is none
  std::string text;
  UtcTime at{};

  Reply() = default;
  Reply(ChannelName c, Via v, std::string from, std::string t, UtcTime when)
      : channel(std::move(c)), via(v), address(std::move(from)), text(std::move(t)), at(when) {}
};

class ReplySink {
 public:
  virtual ~ReplySink() = default;
  virtual boost::asio::awaitable<Result<void>> take(Reply reply) = 0;
};

}  // namespace siaga
