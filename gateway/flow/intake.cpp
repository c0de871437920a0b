#include "gateway/flow/intake.hpp"

#include <algorithm>
#include <utility>

#include "gateway/base/log.hpp"
#include "gateway/flow/sleep.hpp"
#include "gateway/ports/topics.hpp"

namespace siaga::flow {
namespace asio = boost::asio;

namespace {

constexpr milliseconds idle{3600000};

Rejection too_fast() {
  return refusal("", "policy.rate",
                 "kiriman melebihi jatah instansi ini; disimpan dan diproses menurut urgensi, tidak"
                 " perlu dikirim ulang / more than this agency may send at once; kept and taken by"
                 " priority, no need to send again");
}

}  // namespace

Rejection Intake::too_much_waits() {
  return refusal(
      "", "policy.limit.waiting",
      "terlalu banyak kiriman instansi ini masih menunggu; kirim lagi nanti / too much of"
      " this agency waits already; send it again later");
}

Intake::Intake(IntakeContext context)
    : context_(context),
      judge_(context.world, context.rules),
      gate_changed_(context.executor),
      reading_changed_(context.executor),
      notices_({context.executor, context.world, context.wire, context.announcer}) {}

void Intake::stop() {
  stopping_ = true;
  gate_changed_.notify();
  reading_changed_.notify();
}

asio::awaitable<void> Intake::run() {
  for (;;) {
    auto message = co_await context_.journal.next_inbound();
    while (waiting() >= Gate::waiting_max && !stopping_) co_await pause();
    if (stopping_) co_return;
    co_await decide(std::move(message));
  }
}

asio::awaitable<void> Intake::run_gate() {
  while (!stopping_) {
    auto const now = context_.clock.steady_now();
    std::optional<Gate::Ticket> next;
    if (to_reconsider_.empty()) {
      next = gate_.release(now);
    } else {
      next = std::move(to_reconsider_.back());
      to_reconsider_.pop_back();
    }
    if (next) {
      auto ticket = std::move(*next);
      co_await decide_again(std::move(ticket));
      continue;
    }
    auto const until = gate_.next_release(now).value_or(now + idle);
    co_await sleep_or(context_.clock, until, gate_changed_);
  }
}

bool Intake::hold_by_settings(Gate::Ticket ticket) {
  auto const waiting = std::ranges::count(held_by_settings_, ticket.agency, &Gate::Ticket::agency);
  if (waiting >= held_by_settings_max) return false;
  held_by_settings_.push_back(std::move(ticket));
  return true;
}

void Intake::reconsider() {
  to_reconsider_.insert(to_reconsider_.end(), held_by_settings_.rbegin(), held_by_settings_.rend());
  held_by_settings_.clear();
  gate_changed_.notify();
}

asio::awaitable<std::optional<InboundMessage>> Intake::fetch(InboxId id) {
  auto message = co_await context_.journal.inbound(id);
  while (!message) {
    if (message.error().is(Errc::not_found)) co_return std::nullopt;
    if (!context_.storage.worth_retrying("reading a message", message.error()))
      co_return std::nullopt;
    co_await pause();
    message = co_await context_.journal.inbound(id);
  }
  co_return std::move(*message);
}

asio::awaitable<void> Intake::decide_again(Gate::Ticket ticket) {
  auto found = co_await fetch(ticket.id);
  if (!found) co_return;
  auto message = std::move(*found);
  AgencyId agency{message.raw.topic.substr(topics::alert.size())};
  if (is_long(message) || reading_.has(ticket.agency))
    co_await line_up(std::move(agency), std::move(message), true);
  else
    co_await decide_alert(std::move(agency), std::move(message));
}

asio::awaitable<void> Intake::decide(InboundMessage message) {
  std::string_view const topic = message.raw.topic;
  if (topic.starts_with(topics::answer)) {
    AgencyId agency{std::string(topic.substr(topics::answer.size()))};
    co_await decide_answer(std::move(agency), std::move(message));
  } else if (topic.starts_with(topics::alert)) {
    AgencyId agency{std::string(topic.substr(topics::alert.size()))};
    co_await take_turn(std::move(agency), std::move(message));
  } else {
    auto why =
        refusal("", "mqtt.topic", "topik tidak dikenal / unknown topic: " + message.raw.topic);
    AgencyId const nobody;
    co_await reject(message.id, nobody, std::move(why));
  }
}

AgencyId Intake::bucket_of(AgencyId const& agency) const {
  return context_.world->grants.of(agency) != nullptr ? agency : AgencyId();
}

bool Intake::admits(AgencyId const& bucket) {
  return gate_.admit(bucket, judge_.allowance_of(bucket), context_.clock.steady_now());
}

// Decided now, or held until the agency's bucket has a token again; in line, when it is long or
// follows one that is.
asio::awaitable<void> Intake::take_turn(AgencyId agency, InboundMessage message) {
  auto const bucket = bucket_of(agency);
  if (is_long(message) || reading_.has(bucket)) {
    co_await line_up(std::move(agency), std::move(message), false);
    co_return;
  }
  if (admits(bucket)) {
    co_await decide_alert(std::move(agency), std::move(message));
    co_return;
  }
  co_await hold_at_gate(std::move(agency), std::move(message));
}

asio::awaitable<void> Intake::hold_at_gate(AgencyId agency, InboundMessage message) {
  std::optional<Judged<Command>> command;
  if (message.kept == Kept::whole) command.emplace(judge_.decode(message.raw));
  Alert const* alert = command && *command ? &alert_of(**command) : nullptr;
  co_await wait_at_gate(std::move(agency), std::move(message), alert);
}

asio::awaitable<void> Intake::wait_at_gate(AgencyId agency, InboundMessage message,
                                           Alert const* alert) {
  Gate::Ticket ticket{bucket_of(agency), message.id};
  if (!gate_.hold(std::move(ticket), alert, message.raw.payload.size())) {
    auto why = too_much_waits();
    if (alert != nullptr) why = about(*alert, std::move(why));
    co_await reject(message.id, std::move(agency), std::move(why));
    co_return;
  }
  gate_changed_.notify();
  auto why = too_fast();
  if (alert != nullptr) why = about(*alert, std::move(why));
  notices_.tell(agency, message.raw, why);
}

asio::awaitable<void> Intake::hold(InboxId from, AgencyId agency, Rejection why) {
  auto const now = moment(context_.clock);
  auto const held = co_await context_.journal.hold(from, std::move(agency), std::move(why), now);
  context_.announcer.wake();
  if (!held && !held.error().is(Errc::already_exists))
    context_.storage.worth_retrying("holding a message", held.error());
}

asio::awaitable<void> Intake::decide_alert(AgencyId agency, InboundMessage message) {
  if (auto objection = judge_.objection_to_kept(agency, message)) {
    auto why = std::move(*objection);
    co_await reject(message.id, std::move(agency), std::move(why));
    co_return;
  }
  auto const now = context_.clock.utc_now();
  auto command = judge_.decode(message.raw);
  if (command && draws_much(alert_of(*command))) {
    co_await line_up(std::move(agency), std::move(message), true);
    co_return;
  }
  auto judged = judge_.alert(*context_.world, agency, message.raw, std::move(command), now);
  co_await carry_on(std::move(agency), std::move(message), std::move(judged));
}

asio::awaitable<void> Intake::carry_on(AgencyId agency, InboundMessage message,
                                       Judged<AuthorisedCommand> judged) {
  if (judged) {
    auto command = std::move(*judged);
    co_await accept(std::move(agency), std::move(message), std::move(command));
    co_return;
  }
  auto why = judged.error();
  co_await reject(message.id, std::move(agency), std::move(why));
}

asio::awaitable<void> Intake::decide_answer(AgencyId agency, InboundMessage message) {
  if (auto objection = judge_.objection_to_kept(agency, message)) {
    auto why = std::move(*objection);
    co_await reject(message.id, std::move(agency), std::move(why));
    co_return;
  }
  auto const proof = judge_.proof_of_answer(agency, message.raw);
  if (!proof) {
    auto why = proof.error();
    co_await reject(message.id, std::move(agency), std::move(why));
    co_return;
  }
  bool const is_signed = proof->kind == Proof::Kind::verified;
  if (is_signed && co_await came_before(message.id, agency)) co_return;
  auto answer = context_.wire.agency_answer(message.raw.payload);
  if (!answer) {
    auto why = answer.error();
    co_await reject(message.id, std::move(agency), std::move(why));
    co_return;
  }
  auto refused = co_await context_.replies.take_from_agency(message.id, agency, *answer);
  while (!refused) {
    if (!context_.storage.worth_retrying("taking an answer", refused.error())) co_return;
    co_await pause();
    refused = co_await context_.replies.take_from_agency(message.id, agency, *answer);
  }
  if (!*refused) co_return;
  auto why = **refused;
  co_await reject(message.id, std::move(agency), std::move(why));
}

// The very bytes of an answer that was decided: it is not counted again, and refused again if it
// was.
asio::awaitable<bool> Intake::came_before(InboxId from, AgencyId agency) {
  for (;;) {
    auto const now = moment(context_.clock);
    auto before = co_await context_.journal.answered_before(from, now);
    if (before && before->why) {
      auto why = std::move(*before->why);
      co_await reject(from, std::move(agency), std::move(why));
      co_return true;
    }
    if (before) co_return before->settled;
    if (!context_.storage.worth_retrying("looking for an answer's first", before.error()))
      co_return true;
    co_await pause();
  }
}

asio::awaitable<void> Intake::reject(InboxId from, AgencyId agency, Rejection why) {
  for (;;) {
    auto const now = moment(context_.clock);
    auto const done = co_await context_.journal.reject(from, agency, why, now);
    if (done && done->decision == Decision::rejected)
      log::warning("rejected", {{"agency", agency.value},
                                {"rule", why.reasons.empty() ? "" : why.reasons.front().rule},
                                {"reasons", std::to_string(why.reasons.size())}});
    if (done) decided(agency, *done);
    if (done || !context_.storage.worth_retrying("recording a rejection", done.error())) co_return;
    co_await pause();
  }
}

// Counted and told as the journal decided: bytes known from before are no news.
void Intake::decided(AgencyId const& agency, Accepted const& answer) {
  context_.announcer.wake();
  if (answer.decision == Decision::rejected) ++rejected_;
  if (answer.incident.empty()) return;
  ++incidents_;
  log::error("incident", {{"kind", answer.incident}, {"agency", agency.value}});
  if (auto const kind = from_word<IncidentKind>(answer.incident))
    context_.incidents.note(*kind, agency.value);
}

void Intake::say_held(RawMessage const& message, Error const& why) {
  if (!message.topic.starts_with(topics::alert)) return tell_waiting(message, why, nullptr);
  // A long one is told of without its names: reading it takes long, and the broker brings it again.
  if (message.payload.size() >= long_bytes) return tell_waiting(message, why, nullptr);
  auto const command = judge_.decode(message);
  tell_waiting(message, why, command ? &alert_of(*command) : nullptr);
}

void Intake::tell_waiting(RawMessage const& message, Error const& why, Alert const* alert) {
  if (!why.is(Errc::storage_full) && !context_.storage.worth_retrying("keeping a message", why))
    return;
  if (!message.topic.starts_with(topics::alert)) return;
  auto text =
      "belum tersimpan, dicoba lagi dengan sendirinya / not stored yet, tried again without your "
      "doing: " +
      why.text();
  auto held = refusal("", "policy.storage", std::move(text));
  if (alert != nullptr) held = about(*alert, std::move(held));
  notices_.tell(AgencyId{message.topic.substr(topics::alert.size())}, message, held);
}

asio::awaitable<void> Intake::pause() {
  auto const again = context_.clock.steady_now() + milliseconds(250);
  co_await context_.clock.sleep_until(again);
}

}  // namespace siaga::flow
