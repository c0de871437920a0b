#include "protocols/sms/modem/modem_channel.hpp"

#include <algorithm>

#include "gateway/async/spawn.hpp"
#include "gateway/base/log.hpp"
#include "protocols/sms/smpp/phone.hpp"
#include "protocols/sms/text/display.hpp"
#include "protocols/sms/text/join_reference.hpp"
#include "protocols/sms/text/language_names.hpp"
#include "protocols/sms/tpdu/encode.hpp"
#include "protocols/sms/tpdu/line.hpp"
#include "protocols/sms/tpdu/submits.hpp"

namespace siaga::sms {
namespace asio = boost::asio;
namespace {

constexpr milliseconds part_pause{1000};  // at least, before a refused part is tried again

ComposeRules rules_of(ModemSettings const& settings) {
  ComposeRules rules;
  rules.transliterate = settings.transliterate;
  rules.plain_letters = settings.plain_letters;
  rules.wide_reference = settings.reference_bits == 16;
  if (auto const languages = languages_named(settings.languages)) rules.languages = *languages;
  rules.parts_max = static_cast<std::size_t>(settings.parts_max);
  return rules;
}

ModemContext modem_context(ChannelContext const& context, PduSink& sink) {
  return ModemContext{
      context.executor, context.clock, context.name, context.data_dir, sink, {}, {}};
}

tpdu::Validity validity_of(UtcTime expires, UtcTime now) {
  if (expires == UtcTime{}) return {};
  auto const left = std::chrono::floor<std::chrono::minutes>(expires - now);
  return tpdu::RelativeValidity{std::max(left, std::chrono::minutes(5))};
}

asio::awaitable<void> hand_over(ChannelContext context, Resolved resolved) {
  LateOutcome late{context.name, resolved.delivery, std::move(resolved.outcome),
                   context.clock.utc_now()};
  auto const kept = co_await context.receipts.resolve(std::move(late));
  if (!kept)
    log::warning("modem_late_outcome_not_recorded",
                 {{"channel", context.name.value}, {"error", kept.error().text()}});
}

std::string part_text(std::size_t part, std::size_t parts) {
  return "part " + std::to_string(part + 1) + " of " + std::to_string(parts) + ": ";
}

// What became of the message when its part did not go, and others did.
SendOutcome outcome_of_rest(SendOutcome const& part, std::string const& which) {
  if (auto const* failed = std::get_if<Failed>(&part)) return Failed(which + failed->reason);
  if (auto const* failed = std::get_if<FailedTemporarily>(&part))
    return OutcomeUnknown("only some parts were sent; " + which + failed->reason);
  auto const& unknown = std::get<OutcomeUnknown>(part);
  return OutcomeUnknown(which + unknown.reason, unknown.link_ended);
}

}  // namespace

ModemChannel::ModemChannel(ModemSettings const& settings, ChannelContext context)
    : settings_(settings),
      context_(std::move(context)),
      compose_(rules_of(settings_)),
      inbound_(context_, settings_.country_code),
      modem_(settings_, modem_context(context_, inbound_)),
      watch_ended_(context_.executor) {
  inbound_.when_unknown([this](std::string_view digits, std::string const& name) {
    return on_stranger(digits, name);
  });
}

std::string ModemChannel::preview(Message const& message) const {
  return compose_sms(message, compose_);
}

asio::awaitable<void> ModemChannel::run() {
  is_watching_ = true;
  spawn(context_.executor, "modem_parts", watch_parts());
  co_await modem_.run();
  inbound_.stop();
  while (is_watching_) co_await watch_ended_.wait();
}

asio::awaitable<void> ModemChannel::watch_parts() {
  co_await inbound_.watch_parts();
  is_watching_ = false;
  watch_ended_.notify();
}

void ModemChannel::stop() {
  modem_.stop();
}

std::vector<PduToSend> ModemChannel::parts_of(Message const& message,
                                              std::string const& digits) const {
  auto const segments = segment(preview(message), compose_);
  tpdu::SubmitRules rules;
  rules.destination.type = tpdu::NumberType::international;
  rules.destination.text = digits;
  rules.reference = join_reference(message);
  rules.validity = validity_of(message.expires, context_.clock.utc_now());
  if (settings_.flash != "off" && may_flash(message))
    rules.message_class = tpdu::MessageClass::flash;
  if (settings_.flash == "f0") rules.class_group = tpdu::ClassGroup::classes;
  if (settings_.replace) rules.protocol_id = replace_type(message, segments.parts.size());
  std::vector<PduToSend> parts;
  for (auto const& submit : tpdu::submits_of(segments, rules)) {
    auto line = tpdu::line_of(tpdu::encode(submit));
    PduToSend pdu;
    pdu.hex = std::move(line.hex);
    pdu.tpdu_octets = line.tpdu_octets;
    pdu.number = digits;
    pdu.priority = message.priority;
    pdu.permission = message.permission;
    pdu.is_continued = !parts.empty();
    parts.push_back(std::move(pdu));
  }
  return parts;
}

asio::awaitable<SendOutcome> ModemChannel::send(Message const& message, milliseconds limit) {
  auto const destination = dialled(message.address, settings_.country_code);
  if (!destination) co_return Failed("the officer's sms address is no phone number");
  if (message.expires != UtcTime{} && message.expires <= context_.clock.utc_now())
    co_return Failed("expired before it could be sent");
  auto parts = parts_of(message, *destination);
  auto const last = parts.size() - 1;
  Ticket const ticket{++last_submission_, static_cast<std::uint32_t>(last)};
  parts.back().on_late_result = [this, ticket, to = *destination](int reference) {
    on_late_result(ticket, to, reference);
  };
  doubts_.end(message.delivery);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    auto outcome = co_await send_part(std::move(parts[i]), limit);
    auto const* sent = std::get_if<Sent>(&outcome);
    if (i == last && std::holds_alternative<OutcomeUnknown>(outcome))
      note_doubt({ticket, message.delivery, *destination, names});
    if (sent == nullptr && i == 0) co_return outcome;
    if (sent == nullptr) co_return outcome_of_rest(outcome, part_text(i, parts.size()));
    for (auto const& reference : sent->references)
      names.push_back(
          inbound_.sent().name(*destination, std::stoi(reference), context_.clock.utc_now()));
  }
  co_return Sent(std::move(names));
}

// ---- what becomes known after its time

void ModemChannel::note_doubt(InDoubt const& what) {
  Doubt doubt;
  doubt.submission = what.ticket.submission;
  doubt.delivery = what.delivery;
  doubt.destination = what.destination;
  doubt.references.assign(what.told.begin(), what.told.end());
  doubt.references.resize(what.ticket.part, std::string());  // taken, but without a reference
  doubt.references.emplace_back(std::nullopt);
  doubts_.add(std::move(doubt), context_.clock.steady_now());
}

void ModemChannel::on_late_result(Ticket ticket, std::string const& destination, int reference) {
  auto name = inbound_.sent().name(destination, reference, context_.clock.utc_now());
  auto resolved = doubts_.accepted(ticket, std::move(name));
  if (resolved) tell(std::move(*resolved));
}

bool ModemChannel::on_stranger(std::string_view digits, std::string const& name) {
  auto match = doubts_.receipt_from(digits, name, context_.clock.steady_now());
  if (!match || !match->resolved) return false;
  tell(std::move(*match->resolved));
  return true;
}

void ModemChannel::tell(Resolved resolved) {
  spawn(context_.executor, "modem_resolved", hand_over(context_, std::move(resolved)));
}

asio::awaitable<SendOutcome> ModemChannel::send_part(PduToSend pdu, milliseconds limit) {
  auto const until = context_.clock.steady_now() + limit;
  for (;;) {
    auto const left = until - context_.clock.steady_now();
    auto outcome = co_await modem_.send_pdu(pdu, left);
    auto const* failed = std::get_if<FailedTemporarily>(&outcome);
    if (failed == nullptr || !pdu.is_continued) co_return outcome;
    auto const again = context_.clock.steady_now() + std::max(failed->retry_after, part_pause);
    if (again >= until) co_return outcome;
    co_await context_.clock.sleep_until(again);
  }
}

}  // namespace siaga::sms
