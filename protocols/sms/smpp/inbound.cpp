#include "protocols/sms/smpp/inbound.hpp"

#include <algorithm>
#include <array>

#include "gateway/async/spawn.hpp"
#include "gateway/base/log.hpp"
#include "protocols/sms/smpp/phone.hpp"

namespace siaga::sms {
namespace asio = boost::asio;
namespace {

constexpr std::size_t under_way_max = 2048;
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

std::string words_of(DeliveryReceipt const& receipt) {
  return receipt.error.empty() ? receipt.stat : receipt.stat + " err " + receipt.error;
}

}  // namespace

Inbound::Inbound(ChannelContext const& context, InboundRules rules)
    : context_(context),
      rules_(std::move(rules)),
      likely_(rules_.reading.value_or(IdReading::same)),
      idle_(context.executor) {}

void Inbound::on_deliver(std::shared_ptr<Link> const& link, std::uint32_t sequence,
                         ShortMessage const& message) {
  if (under_way_ >= under_way_max) return link->answer(sequence, Status::temporary_app_error);
  auto const octets = octets_in(message);
  auto receipt = receipt_in(message, text_of(octets, message.data_coding, rules_.charset));
  if (receipt) return take_receipt(link, sequence, std::move(*receipt));
  take_reply(link, sequence, message);
}

void Inbound::take_receipt(std::shared_ptr<Link> const& link, std::uint32_t sequence,
                           DeliveryReceipt receipt) {
  if (receipt.fate == Fate::not_final || receipt.id.empty()) {
    log::debug("smpp_receipt_not_final",
               {{"channel", context_.name.value}, {"id", receipt.id}, {"stat", receipt.stat}});
    return link->answer(sequence, Status::ok);
  }
  Held held;
  held.link = link;
  held.sequence = sequence;
  held.receipt = std::move(receipt);
  held.at = context_.clock.utc_now();
  held.give_up = context_.clock.steady_now() + rules_.hold;
  ++under_way_;
  spawn(context_.executor, "smpp_receipt", record(shared_from_this(), std::move(held)));
}

// The likely reading alone at first: another one might name another message.
std::vector<std::string> Inbound::references_of(Held const& held) const {
  std::vector<std::string> references{answered_id(held.receipt.id, likely_)};
  if (rules_.reading || held.tries < tries_before_other_readings) return references;
  for (auto const reading : all_readings) {
    auto reference = answered_id(held.receipt.id, reading);
    if (std::find(references.begin(), references.end(), reference) == references.end())
      references.push_back(std::move(reference));
  }
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
    Receipt receipt(context_.name, reference, state, why, held.at);
    auto const recorded = co_await context_.receipts.record(std::move(receipt));
    if (recorded) {
      learn_from(held, reference);
      finish(held.link, held.sequence, Status::ok);
      co_return;
    }
    if (!recorded.error().is(Errc::not_found)) {
      log::warning("smpp_receipt_not_recorded",
                   {{"channel", context_.name.value}, {"error", recorded.error().text()}});
      finish(held.link, held.sequence, Status::temporary_app_error);
      co_return;
    }
  }
  hold(std::move(held));
}

void Inbound::hold(Held held) {
  auto const now = context_.clock.steady_now();
  if (now >= held.give_up) {
    log::warning("smpp_receipt_unmatched",
                 {{"channel", context_.name.value}, {"id", held.receipt.id}});
    return finish(held.link, held.sequence, Status::ok);
  }
  auto const link = held.link.lock();
  if (!link || link->session.over()) return finish(held.link, held.sequence, Status::ok);
  auto const doubled = first_retry * (1U << std::min(held.tries++, 8U));
  held.retry_at = now + std::min<milliseconds>(doubled, slowest_retry);
  held_due_ = std::min(held_due_, held.retry_at);
  if (held.retry_at < link->tick_at) link->to_tick.notify();
  held_.push_back(std::move(held));
}

void Inbound::tick(SteadyTime now) {
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
  for (auto const& h : held) finish(h.link, h.sequence, Status::temporary_app_error);
}

std::optional<std::string> Inbound::whole_reply(ShortMessage const& message) {
  auto octets = octets_in(message);
  auto joined = joined_by_options(message);
  if ((message.esm_class & esm_header) != 0) {
    auto const data = split_header(octets);
    if (data) {
      octets = data->octets;
      if (data->joined) joined = data->joined;
    }
  }
  if (!joined || joined->total < 2) return std::string(octets);
  PartOrigin origin{std::string(message.source.text), std::string(message.destination.text)};
  return reassembly_.add(std::move(origin), *joined, octets, context_.clock.steady_now());
}

void Inbound::take_reply(std::shared_ptr<Link> const& link, std::uint32_t sequence,
                         ShortMessage const& message) {
  auto const octets = whole_reply(message);
  if (!octets) return link->answer(sequence, Status::ok);
  Reply reply(context_.name, Via::sms, e164(message.source, rules_.country_code),
              text_of(*octets, message.data_coding, rules_.charset), context_.clock.utc_now());
  ++under_way_;
  spawn(context_.executor, "smpp_reply",
        hand_over(shared_from_this(), link, sequence, std::move(reply)));
}

asio::awaitable<void> Inbound::hand_over([[maybe_unused]] std::shared_ptr<Inbound> alive,
                                         std::weak_ptr<Link> link, std::uint32_t sequence,
                                         Reply reply) {
  auto const taken = co_await context_.replies.take(std::move(reply));
  if (!taken)
    log::warning("smpp_reply_not_recorded",
                 {{"channel", context_.name.value}, {"error", taken.error().text()}});
  finish(link, sequence, taken ? Status::ok : Status::temporary_app_error);
}

void Inbound::finish(std::weak_ptr<Link> const& link, std::uint32_t sequence, Status status) {
  --under_way_;
  if (under_way_ == 0) idle_.notify();
  if (auto const open = link.lock()) open->answer(sequence, status);
}

asio::awaitable<void> Inbound::wait_until_idle(milliseconds limit) {
  auto const until = context_.clock.steady_now() + limit;
  while (under_way_ > 0 && context_.clock.steady_now() < until)
    co_await idle_.wait_for(std::chrono::milliseconds(100));
}

}  // namespace siaga::sms
