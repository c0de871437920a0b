#include "protocols/sms/smpp/inbound.hpp"

#include <algorithm>
#include <array>

#include "gateway/async/spawn.hpp"
#include "gateway/base/log.hpp"
#include "protocols/sms/smpp/phone.hpp"

namespace siaga::sms {
namespace asio = boost::asio;
namespace {

constexpr std::size_t receipts_max = 2048;
constexpr std::size_t replies_max = 1024;
constexpr milliseconds first_retry{20};
constexpr milliseconds slowest_retry{1000};
constexpr unsigned tries_before_other_readings = 3;
constexpr std::uint8_t esm_header = 0x40;
constexpr std::array all_readings = {IdReading::same, IdReading::answers_hex,
                                     IdReading::answers_decimal};

std::string_view octets_in(ShortMessage const& message) {
  if (!message.text.empty()) return message.text;
  return option(message.options, Tag::message_payload).value_or(std::string_view());
}

std::optional<Joined> joined_by_options(ShortMessage const& message) {
  auto const reference = option_number(message.options, Tag::sar_reference);
  auto const total = option_number(message.options, Tag::sar_total);
  auto const number = option_number(message.options, Tag::sar_number);
  if (!reference || !total || !number || *total < 2 || *total > 255) return std::nullopt;
  if (*number == 0 || *number > *total) return std::nullopt;
  return Joined{static_cast<std::uint16_t>(*reference & 0xFFFFU), static_cast<std::uint8_t>(*total),
                static_cast<std::uint8_t>(*number)};
}

struct ReplyPart {
  std::string_view octets;
  std::optional<Joined> joined;  // when it is one of several
  Shifts shifts;
};

ReplyPart reply_part(ShortMessage const& message) {
  ReplyPart part{octets_in(message), joined_by_options(message), {}};
  if ((message.esm_class & esm_header) == 0) return part;
  auto const data = split_header(part.octets);
  if (!data) return part;
  part.octets = data->octets;
  part.shifts = data->shifts;
  if (data->joined && data->joined->total > 1) part.joined = data->joined;
  return part;
}

std::string words_of(DeliveryReceipt const& receipt) {
  return receipt.error.empty() ? receipt.stat : receipt.stat + " err " + receipt.error;
}

}  // namespace

Inbound::Inbound(ChannelContext const& context, InboundRules rules,
                 std::shared_ptr<FollowUp> follow_up)
    : context_(context),
      rules_(std::move(rules)),
      follow_up_(std::move(follow_up)),
      likely_(rules_.reading.value_or(IdReading::same)),
      idle_(context.executor) {}

void Inbound::on_deliver(std::shared_ptr<Link> const& link, std::uint32_t sequence,
                         ShortMessage const& message) {
  auto const octets = octets_in(message);
  auto receipt = receipt_in(message, text_of(octets, message.data_coding, rules_.charset));
  if (receipt) return take_receipt(link, sequence, std::move(*receipt), message.source);
  take_reply(link, sequence, message);
}

void Inbound::take_receipt(std::shared_ptr<Link> const& link, std::uint32_t sequence,
                           DeliveryReceipt receipt, Address const& from) {
  if (receipt.fate == Fate::not_final || receipt.id.empty()) {
    log::debug("smpp_receipt_not_final",
               {{"channel", context_.name.value}, {"id", receipt.id}, {"stat", receipt.stat}});
    return link->answer(sequence, Status::ok);
  }
  if (receipts_ >= receipts_max) return link->answer(sequence, Status::temporary_app_error);
  Held held;
  held.owed = {link, sequence};
  held.receipt = std::move(receipt);
  held.from = dialled(from.text, rules_.country_code).value_or(std::string(from.text));
  held.at = context_.clock.utc_now();
  held.give_up = context_.clock.steady_now() + rules_.hold;
  ++receipts_;
  spawn(context_.executor, "smpp_receipt", record(shared_from_this(), std::move(held)));
}

// The likely reading alone until what it names has had time to be known: another one might name
// another message. Where several name one, that which went to the receipt's number comes first.
std::vector<std::string> Inbound::references_of(Held const& held) const {
  std::vector<std::string> references{answered_id(held.receipt.id, likely_)};
  auto const& en_route = follow_up_->en_route;
  bool const early = held.tries < tries_before_other_readings;
  if (rules_.reading || (early && !en_route.destination_of(references[0]))) return references;
  for (auto const reading : all_readings) {
    auto reference = answered_id(held.receipt.id, reading);
    if (std::find(references.begin(), references.end(), reference) == references.end())
      references.push_back(std::move(reference));
  }
  std::stable_partition(references.begin(), references.end(), [&](auto const& reference) {
    return en_route.destination_of(reference) == std::string_view(held.from);
  });
  return references;
}

void Inbound::learn_from(Held const& held, std::string const& reference) {
  if (rules_.reading) return;
  auto const reading = std::find_if(all_readings.begin(), all_readings.end(), [&](IdReading one) {
    return answered_id(held.receipt.id, one) == reference;
  });
  if (reading != all_readings.end()) likely_ = *reading;
}

asio::awaitable<void> Inbound::record([[maybe_unused]] std::shared_ptr<Inbound> alive, Held held) {
  auto const fate = held.receipt.fate;
  auto const state = fate == Fate::delivered ? DeliveryState::delivered : DeliveryState::failed;
  auto const why = fate == Fate::delivered ? std::string() : words_of(held.receipt);
  auto const references = references_of(held);
  for (auto const& reference : references) {
    if (reference.empty()) continue;
    bool const taken_back =
        held.receipt.stat == "DELETED" && follow_up_->en_route.is_withdrawn(reference);
    Receipt receipt(context_.name, reference, taken_back ? DeliveryState::cancelled : state, why,
                    held.at);
    auto const recorded = co_await context_.receipts.record(std::move(receipt));
    if (recorded) {
      learn_from(held, reference);
      follow_up_->en_route.settled(reference);
      finish_receipt(held.owed, Status::ok);
      co_return;
    }
    if (!recorded.error().is(Errc::not_found)) {
      log::warning("smpp_receipt_not_recorded",
                   {{"channel", context_.name.value}, {"error", recorded.error().text()}});
      finish_receipt(held.owed, Status::temporary_app_error);
      co_return;
    }
  }
  if (held.tries >= tries_before_other_readings) ask_doubts(held);
  hold(std::move(held));
}

// When it resolves one, the receipt is known at its next try.
void Inbound::ask_doubts(Held const& held) {
  auto const reference = answered_id(held.receipt.id, likely_);
  auto match = follow_up_->doubts.receipt_from(held.from, reference, context_.clock.steady_now());
  if (match && match->resolved) follow_up_->resolved(std::move(*match->resolved));
}

void Inbound::hold(Held held) {
  auto const now = context_.clock.steady_now();
  if (now >= held.give_up) {
    log::warning("smpp_receipt_unmatched",
                 {{"channel", context_.name.value}, {"id", held.receipt.id}});
    return finish_receipt(held.owed, Status::ok);
  }
  auto const link = held.owed.link.lock();
  if (!link || link->session.over()) return finish_receipt(held.owed, Status::ok);
  auto const doubled = first_retry * (1U << std::min(held.tries++, 8U));
  held.retry_at = now + std::min<milliseconds>(doubled, slowest_retry);
  held_due_ = std::min(held_due_, held.retry_at);
  held_.push_back(std::move(held));
  wake(*link);
}

void Inbound::wake(Link& link) {
  if (next_due() < link.tick_at) link.to_tick.notify();
}

void Inbound::tick(SteadyTime now) {
  hand_over_what_is_due(now);
  if (now < held_due_) return;
  auto const due = std::stable_partition(held_.begin(), held_.end(),
                                         [now](Held const& h) { return h.retry_at > now; });
  std::vector<Held> again(std::make_move_iterator(due), std::make_move_iterator(held_.end()));
  held_.erase(due, held_.end());
  held_due_ = SteadyTime::max();
  for (auto const& held : held_) held_due_ = std::min(held_due_, held.retry_at);
  for (auto& held : again)
    spawn(context_.executor, "smpp_receipt", record(shared_from_this(), std::move(held)));
}

void Inbound::give_back_held() {
  auto const held = std::move(held_);
  held_.clear();
  held_due_ = SteadyTime::max();
  for (auto const& h : held) finish_receipt(h.owed, Status::temporary_app_error);
  while (auto const gathered = parts_.take_due(SteadyTime::max()))
    finish_reply(gathered->owed, Status::temporary_app_error);
}

void Inbound::take_reply(std::shared_ptr<Link> const& link, std::uint32_t sequence,
                         ShortMessage const& message) {
  if (replies_ >= replies_max) return link->answer(sequence, Status::temporary_app_error);
  ++replies_;
  auto const part = reply_part(message);
  PartOrigin origin{e164(message.source, rules_.country_code),
                    std::string(message.destination.text)};
  CodedText text{std::string(part.octets), message.data_coding, part.shifts};
  Owed const owed{link, sequence};
  if (!part.joined) return begin_to_hand_over({std::move(origin), {std::move(text)}, {owed}});
  auto const now = context_.clock.steady_now();
  auto whole = parts_.add(std::move(origin), *part.joined, std::move(text), owed, now);
  if (whole) begin_to_hand_over(std::move(*whole));
  hand_over_what_is_due(now);
  wake(*link);
}

void Inbound::hand_over_what_is_due(SteadyTime now) {
  while (auto gathered = parts_.take_due(now)) begin_to_hand_over(std::move(*gathered));
}

void Inbound::begin_to_hand_over(Gathered gathered) {
  spawn(context_.executor, "smpp_reply", hand_over(shared_from_this(), std::move(gathered)));
}

asio::awaitable<void> Inbound::hand_over([[maybe_unused]] std::shared_ptr<Inbound> alive,
                                         Gathered gathered) {
  auto text = text_of(gathered.parts, rules_.charset);
  Reply reply(context_.name, Via::sms, std::move(gathered.origin.from), std::move(text),
              context_.clock.utc_now());
  auto const taken = co_await context_.replies.take(std::move(reply));
  if (!taken)
    log::warning("smpp_reply_not_recorded",
                 {{"channel", context_.name.value}, {"error", taken.error().text()}});
  finish_reply(gathered.owed, taken ? Status::ok : Status::temporary_app_error);
}

void Inbound::finish_receipt(Owed const& owed, Status status) {
  --receipts_;
  if (under_way() == 0) idle_.notify();
  if (auto const open = owed.link.lock()) open->answer(owed.sequence, status);
}

void Inbound::finish_reply(std::vector<Owed> const& owed, Status status) {
  replies_ -= owed.size();
  if (under_way() == 0) idle_.notify();
  for (auto const& one : owed)
    if (auto const open = one.link.lock()) open->answer(one.sequence, status);
}

asio::awaitable<void> Inbound::wait_until_idle(milliseconds limit) {
  auto const until = context_.clock.steady_now() + limit;
  while (under_way() > 0 && context_.clock.steady_now() < until)
    co_await idle_.wait_for(std::chrono::milliseconds(100));
}

}  // namespace siaga::sms
