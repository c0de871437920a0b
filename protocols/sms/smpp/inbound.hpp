// Inbound: takes delivery receipts and officers' replies from the SMSC, and confirms each only when
// its sink has it for good.
//
// Place:  Session::on_deliver -> INBOUND -> ReceiptSink / ReplySink -> deliver_sm_resp.
// Thread: core only. Lives on (shared) until its last sink has answered.
// Bounds: receipts_max and replies_max deliver_sm unanswered, held ones included; more are answered
//         0x64, so the SMSC keeps them.
// Rule:   a receipt that matches no message yet (it may overtake its own submit_sm_resp) is held
//         and tried again. It may be the answer to a message in doubt (Doubts). After `hold` it is
//         confirmed and dropped, since it will never match. The parts of a long reply are confirmed
//         together, once the whole is safe; if the rest does not come in time, the parts that came
//         are handed over as a reply.
// Errors: any other failure of a sink is answered 0x64: the SMSC tries again.
#pragma once

#include <memory>
#include <vector>

#include "gateway/ports/channel.hpp"
#include "protocols/sms/smpp/delivery_receipt.hpp"
#include "protocols/sms/smpp/follow_up.hpp"
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
  Inbound(ChannelContext const& context, InboundRules rules, std::shared_ptr<FollowUp> follow_up);

  void on_deliver(std::shared_ptr<Link> const& link, std::uint32_t sequence,
                  ShortMessage const& message);
  void tick(SteadyTime now);  // tries again what is held
  SteadyTime next_due() const { return std::min(held_due_, parts_.next_due()); }
  void give_back_held();  // at stop: the SMSC keeps them
  std::size_t under_way() const noexcept { return receipts_ + replies_; }
  boost::asio::awaitable<void> wait_until_idle(milliseconds limit);

 private:
  // The answer to a deliver_sm.
  struct Owed {
    std::weak_ptr<Link> link;
    std::uint32_t sequence = 0;
  };
  using Gathered = Reassembly<Owed>::Gathered;
  struct Held {
    Owed owed;
    DeliveryReceipt receipt;
    std::string from;  // whom the message went to, digits
    UtcTime at{};
    SteadyTime give_up{};
    SteadyTime retry_at{};
    unsigned tries = 0;
  };

  void take_receipt(std::shared_ptr<Link> const& link, std::uint32_t sequence,
                    DeliveryReceipt receipt, Address const& from);
  void take_reply(std::shared_ptr<Link> const& link, std::uint32_t sequence,
                  ShortMessage const& message);
  std::vector<std::string> references_of(Held const& held) const;
  // Both keep us alive until the sink has answered.
  boost::asio::awaitable<void> record(std::shared_ptr<Inbound> alive, Held held);
  boost::asio::awaitable<void> hand_over(std::shared_ptr<Inbound> alive, Gathered gathered);
  void begin_to_hand_over(Gathered gathered);
  void hand_over_what_is_due(SteadyTime now);
  void ask_doubts(Held const& held);
  void hold(Held held);
  void wake(Link& link);
  void learn_from(Held const& held, std::string const& reference);
  void finish_receipt(Owed const& owed, Status status);
  void finish_reply(std::vector<Owed> const& owed, Status status);

  ChannelContext context_;
  InboundRules rules_;
  std::shared_ptr<FollowUp> follow_up_;
  IdReading likely_;
  Reassembly<Owed> parts_;
  std::vector<Held> held_;
  SteadyTime held_due_ = SteadyTime::max();
  std::size_t receipts_ = 0, replies_ = 0;  // deliver_sm unanswered
  Event idle_;
};

}  // namespace siaga::sms
