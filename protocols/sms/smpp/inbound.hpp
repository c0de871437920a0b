// Inbound: what comes back over SMPP: delivery receipts and officers' replies, each confirmed to
// the SMSC only when its sink has it for good.
//
// Place:  Session::on_deliver -> INBOUND -> ReceiptSink / ReplySink -> deliver_sm_resp.
// Thread: core only. Lives on (shared) until its last sink has answered.
// Bounds: under_way_max deliver_sm unanswered; more are answered 0x64, so the SMSC keeps them.
// Rule:   a receipt nobody knows yet (it may overtake its own submit_sm_resp) is held and tried
//         again; after `hold` it is confirmed and dropped, for nobody will ever know it.
//         The parts of a long reply but the last are confirmed as they come.
// Errors: any other failure of a sink is answered 0x64: the SMSC tries again.
#pragma once

#include <memory>
#include <vector>

#include "gateway/ports/channel.hpp"
#include "protocols/sms/smpp/delivery_receipt.hpp"
#include "protocols/sms/smpp/link.hpp"
#include "protocols/sms/text/reassembly.hpp"

namespace siaga::sms {

struct InboundRules {
  Charset charset = Charset::gsm;
  std::string country_code = "62";
  std::optional<IdReading> reading;  // none = found out from what matches
  milliseconds hold{15000};
};

class Inbound : public std::enable_shared_from_this<Inbound> {
 public:
  Inbound(ChannelContext const& context, InboundRules rules);

  void on_deliver(std::shared_ptr<Link> const& link, std::uint32_t sequence,
                  ShortMessage const& message);
  void tick(SteadyTime now);  // tries again what is held
  SteadyTime next_due() const noexcept { return held_due_; }
  void give_back_held();  // at stop: the SMSC keeps them
  std::size_t under_way() const noexcept { return under_way_; }
  boost::asio::awaitable<void> wait_until_idle(milliseconds limit);

 private:
  struct Held {
    std::weak_ptr<Link> link;
    std::uint32_t sequence = 0;
    DeliveryReceipt receipt;
    UtcTime at{};
    SteadyTime give_up{};
    SteadyTime retry_at{};
    unsigned tries = 0;
  };

  void take_receipt(std::shared_ptr<Link> const& link, std::uint32_t sequence,
                    DeliveryReceipt receipt);
  void take_reply(std::shared_ptr<Link> const& link, std::uint32_t sequence,
                  ShortMessage const& message);
  std::optional<std::string> whole_reply(ShortMessage const& message);
  std::vector<std::string> references_of(Held const& held) const;
  // Both keep us alive until the sink has answered.
  boost::asio::awaitable<void> record(std::shared_ptr<Inbound> alive, Held held);
  boost::asio::awaitable<void> hand_over(std::shared_ptr<Inbound> alive, std::weak_ptr<Link> link,
                                         std::uint32_t sequence, Reply reply);
  void hold(Held held);
  void learn_from(Held const& held, std::string const& reference);
  void finish(std::weak_ptr<Link> const& link, std::uint32_t sequence, Status status);

  ChannelContext context_;
  InboundRules rules_;
  IdReading likely_;
  Reassembly reassembly_;
  std::vector<Held> held_;
  SteadyTime held_due_ = SteadyTime::max();
  std::size_t under_way_ = 0;
  Event idle_;
};

}  // namespace siaga::sms
