// ModemInbound: reads received PDUs: status reports and officers' replies.
//
// Place:  Modem -> MODEM INBOUND -> ReceiptSink / ReplySink.
// Thread: core only.
// Rule:   a report whose part the journal does not know yet is tried again for a second. Then it
//         confirms a message in doubt, or belongs to no message and is dropped. Parts of a long
//         reply are kept on disk until the whole was taken; if the rest does not come in
//         `keep_for`, the parts that came go as the reply.
// Errors: the sink's: the PDU then comes again. A PDU that cannot be read is logged and dropped.
// Durable: success = committed by the sink, or on disk as a part.
#pragma once

#include <deque>
#include <functional>

#include "gateway/async/event.hpp"
#include "gateway/ports/channel.hpp"
#include "protocols/sms/modem/kept_parts.hpp"
#include "protocols/sms/modem/pdu_sink.hpp"
#include "protocols/sms/modem/sent_parts.hpp"
#include "protocols/sms/text/reassembly.hpp"
#include "protocols/sms/tpdu/tpdu.hpp"

namespace siaga::sms {

class ModemInbound final : public PduSink {
 public:
  static constexpr milliseconds keep_for{120000};

  ModemInbound(ChannelContext const& context, std::string country_code);

  boost::asio::awaitable<Result<void>> take(PduKind kind, std::string hex) override;
  boost::asio::awaitable<void> watch_parts();  // until stop()
  void stop();
  SentParts& sent() noexcept { return sent_; }
  // For a report nobody knows: whether it made known a message to these digits that was in doubt,
  // by this name.
  using Stranger = std::function<bool(std::string_view digits, std::string const& name)>;
  void when_unknown(Stranger ask) { when_unknown_ = std::move(ask); }

 private:
  using Parts = Reassembly<std::string>;  // owed: the part's PDU

  boost::asio::awaitable<Result<void>> take_report(tpdu::StatusReport report);
  boost::asio::awaitable<Result<bool>> record_soon(std::vector<std::string> names, Receipt receipt);
  boost::asio::awaitable<Result<bool>> record(std::vector<std::string> names, Receipt receipt);
  boost::asio::awaitable<Result<void>> take_text(tpdu::Deliver deliver, std::string hex);
  boost::asio::awaitable<Result<void>> hand_over(Parts::Gathered gathered);
  void put(std::string const& hex);
  std::string sender(tpdu::Address const& origin) const;

  ChannelContext context_;
  std::string country_code_;
  SentParts sent_;
  Stranger when_unknown_;
  KeptParts kept_;
  Parts parts_;
  std::deque<Parts::Gathered> to_hand_over_;  // all of it is on disk
  Event woken_;
  bool is_stopping_ = false;
};

}  // namespace siaga::sms
