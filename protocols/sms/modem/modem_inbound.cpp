#include "protocols/sms/modem/modem_inbound.hpp"

#include <array>

#include "gateway/base/log.hpp"
#include "gateway/ports/sleep.hpp"
#include "protocols/sms/smpp/phone.hpp"
#include "protocols/sms/tpdu/decode.hpp"
#include "protocols/sms/tpdu/line.hpp"
#include "protocols/sms/tpdu/status.hpp"

namespace siaga::sms {
namespace asio = boost::asio;
namespace {

constexpr auto pauses = std::to_array<milliseconds>(
    {milliseconds(0), milliseconds(100), milliseconds(300), milliseconds(800)});

constexpr milliseconds retry_every{2000};

Result<tpdu::Incoming> decoded(std::string_view hex) {
  auto const received = tpdu::read_line(hex);
  if (!received) return received.error();
  return tpdu::decode_incoming(received->tpdu());
}

ReassemblyBounds bounds() {
  ReassemblyBounds bounds;
  bounds.open_max = 100;
  bounds.keep_for = ModemInbound::keep_for;
  return bounds;
}

// The journal's word for what a final status says; nothing when it says neither.
std::optional<DeliveryState> state_of(std::uint8_t status) {
  if (!tpdu::is_final(status)) return std::nullopt;
  if (tpdu::is_delivered(status)) return DeliveryState::delivered;
  auto const what = tpdu::class_of(status);
  if (what == tpdu::StatusClass::completed) return std::nullopt;
  return DeliveryState::failed;
}

}  // namespace

ModemInbound::ModemInbound(ChannelContext const& context, std::string country_code)
    : context_(context),
      country_code_(std::move(country_code)),
      kept_(context.data_dir + "/" + context.name.value + ".parts"),
      parts_(bounds()),
      woken_(context.executor) {
  for (auto const& hex : kept_.load()) put(hex);
}

void ModemInbound::stop() {
  is_stopping_ = true;
  woken_.notify();
}

std::string ModemInbound::sender(tpdu::Address const& origin) const {
  Address const address{static_cast<std::uint8_t>(origin.type), origin.plan, origin.text};
  return e164(address, country_code_);
}

asio::awaitable<Result<void>> ModemInbound::take(PduKind, std::string hex) {
  auto incoming = decoded(hex);
  if (!incoming) {
    log::warning("modem_pdu_unreadable",
                 {{"channel", context_.name.value}, {"reason", incoming.error().detail}});
    co_return Result<void>();
  }
  if (auto* report = std::get_if<tpdu::StatusReport>(&*incoming))
    co_return co_await take_report(std::move(*report));
  auto deliver = std::get<tpdu::Deliver>(std::move(*incoming));
  co_return co_await take_text(std::move(deliver), std::move(hex));
}

// ---- receipts

asio::awaitable<Result<void>> ModemInbound::take_report(tpdu::StatusReport report) {
  auto const state = state_of(report.status);
  if (!state || report.of_command) co_return Result<void>();
  auto digits = sender(report.recipient);
  if (!digits.empty() && digits.front() == '+') digits.erase(0, 1);
  std::optional<UtcTime> at;
  if (report.sent) at = report.sent->at;
  auto names = sent_.names(digits, report.reference, at);
  if (names.empty())
    names.push_back(sent_.name(digits, report.reference, context_.clock.utc_now()));
  auto const why =
      *state == DeliveryState::failed ? tpdu::status_text(report.status) : std::string();
  Receipt receipt(context_.name, "", *state, why, context_.clock.utc_now());
  auto recorded = co_await record_soon(names, receipt);
  if (recorded && !*recorded && when_unknown_ && when_unknown_(digits, names.front()))
    recorded = co_await record_soon(names, receipt);
  if (!recorded) co_return recorded.error();
  if (*recorded) co_return Result<void>();
  log::warning("modem_receipt_unmatched",
               {{"channel", context_.name.value}, {"reference", std::to_string(report.reference)}});
  co_return Result<void>();
}

// It may be here before its part is recorded as sent.
asio::awaitable<Result<bool>> ModemInbound::record_soon(std::vector<std::string> names,
                                                        Receipt receipt) {
  for (auto const pause : pauses) {
    auto const until = context_.clock.steady_now() + pause;
    co_await context_.clock.sleep_until(until);
    auto const recorded = co_await record(names, receipt);
    if (!recorded || *recorded) co_return recorded;
  }
  co_return false;
}

asio::awaitable<Result<bool>> ModemInbound::record(std::vector<std::string> names,
                                                   Receipt receipt) {
  for (auto const& name : names) {
    receipt.reference = name;
    auto const recorded = co_await context_.receipts.record(receipt);
    if (recorded) {
      sent_.forget(name);
      co_return true;
    }
    if (!recorded.error().is(Errc::not_found)) co_return recorded.error();
  }
  co_return false;
}

// ---- replies

asio::awaitable<Result<void>> ModemInbound::take_text(tpdu::Deliver deliver, std::string hex) {
  auto const joined = tpdu::joined_of(deliver.data);
  if (joined && joined->total > 1) {
    auto const kept = kept_.add(hex);
    if (kept) put(hex);
    co_return kept;
  }
  Parts::Gathered whole;
  whole.origin.from = sender(deliver.origin);
  whole.parts.push_back(tpdu::coded_text_of(deliver.data));
  co_return co_await hand_over(std::move(whole));
}

// A part that is on disk, into the reassembly.
void ModemInbound::put(std::string const& hex) {
  auto incoming = decoded(hex);
  if (!incoming) return;
  auto const* deliver = std::get_if<tpdu::Deliver>(&*incoming);
  auto const joined = deliver == nullptr ? std::nullopt : tpdu::joined_of(deliver->data);
  if (!joined) return;
  PartOrigin origin{sender(deliver->origin), ""};
  auto whole = parts_.add(std::move(origin), *joined, tpdu::coded_text_of(deliver->data), hex,
                          context_.clock.steady_now());
  if (whole) to_hand_over_.push_back(std::move(*whole));
  woken_.notify();
}

asio::awaitable<Result<void>> ModemInbound::hand_over(Parts::Gathered gathered) {
  auto text = text_of(gathered.parts, Charset::gsm);
  Reply reply(context_.name, Via::sms, std::move(gathered.origin.from), std::move(text),
              context_.clock.utc_now());
  auto const taken = co_await context_.replies.take(std::move(reply));
  if (taken) co_return kept_.remove(gathered.owed);
  log::warning("modem_reply_not_recorded",
               {{"channel", context_.name.value}, {"error", taken.error().text()}});
  co_return taken.error();
}

asio::awaitable<void> ModemInbound::watch_parts() {
  while (!is_stopping_) {
    auto const now = context_.clock.steady_now();
    while (auto gathered = parts_.take_due(now)) to_hand_over_.push_back(std::move(*gathered));
    auto next = parts_.next_due();
    if (!to_hand_over_.empty()) {
      auto const first = to_hand_over_.front();
      auto const done = co_await hand_over(first);
      if (done) to_hand_over_.pop_front();
      next = done ? now : now + retry_every;
    }
    if (next > now) co_await sleep_or(context_.clock, next, woken_);
  }
}

}  // namespace siaga::sms
