#include "gateway/flow/intake.hpp"

#include <algorithm>
#include <utility>

#include "gateway/base/log.hpp"
#include "gateway/flow/moment.hpp"
#include "gateway/ports/sleep.hpp"
#include "gateway/ports/topics.hpp"

namespace siaga::flow {
namespace asio = boost::asio;

namespace {

constexpr milliseconds idle{3600000};

AgencyId alerting_agency(InboundMessage const& message) {
  return AgencyId(message.raw.topic.substr(topics::alert.size()));
}

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
      notices_({context.executor, context.world, context.announcer}),
      refusals_(
          {context.clock, context.journal, context.storage, context.announcer, context.incidents}),
      answers_({context.executor, context.clock, context.journal, context.world, judge_,
                context.wire, context.storage, context.replies, refusals_}) {}

void Intake::stop() {
  stopping_ = true;
  answers_.stop();
  gate_changed_.notify();
  reading_changed_.notify();
}

asio::awaitable<void> Intake::run() {
  for (;;) {
    auto message = co_await context_.journal.next_inbound();
    if (stopping_) co_return;
    co_await decide(std::move(message));
  }
}

asio::awaitable<void> Intake::run_gate() {
  while (!stopping_) {
    if (auto first = gate_.has_room()) {
      auto from = std::move(*first);
      co_await read_on(std::move(from));
    }
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

// What was left in the store, a page at a time. Of strangers we know no topics.
asio::awaitable<void> Intake::read_on(Gate::Ticket first) {
  auto topics = std::string(topics::alert) + (first.agency.empty() ? "*" : first.agency.value);
  auto const found = co_await context_.journal.undecided_on(std::move(topics), first.id);
  if (!found) {
    context_.storage.worth_retrying("reading messages", found.error());
    co_await pause();
    co_return;
  }
  for (auto const& message : *found) {
    if (bucket_of(alerting_agency(message)) != first.agency) continue;
    std::optional<Judged<Command>> command;
    if (message.kept == Kept::whole && !is_long(message))
      command.emplace(judge_.decode(message.raw));
    Alert const* alert = command && *command ? &alert_of(**command) : nullptr;
    gate_.take_up({first.agency, message.id}, alert, message.raw.payload.size());
  }
  std::optional<InboxId> last;
  if (!found->empty()) last = found->back().id;
  gate_.read_up_to(first.agency, last);
}

AgencyId Intake::bucket_of(AgencyId const& agency) const {
  return context_.world->grants.of(agency) != nullptr ? agency : AgencyId();
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
  auto agency = alerting_agency(message);
  if (is_long(message) || reading_.has(ticket.agency))
    co_await line_up(std::move(agency), std::move(message), true);
  else
    co_await decide_alert(std::move(agency), std::move(message));
}

asio::awaitable<void> Intake::decide(InboundMessage message) {
  std::string_view const topic = message.raw.topic;
  if (topic.starts_with(topics::answer)) {
    AgencyId const agency{std::string(topic.substr(topics::answer.size()))};
    answers_.take(agency, std::move(message));
  } else if (topic.starts_with(topics::alert)) {
    auto agency = alerting_agency(message);
    co_await take_turn(std::move(agency), std::move(message));
  } else {
    auto why =
        refusal("", "mqtt.topic", "topik tidak dikenal / unknown topic: " + message.raw.topic);
    AgencyId const nobody;
    co_await refusals_.reject(message.id, nobody, std::move(why));
  }
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
  auto const allowance = judge_.allowance_of(ticket.agency);
  auto const now = context_.clock.steady_now();
  auto const bytes = message.raw.payload.size();
  if (!gate_.hold(std::move(ticket), allowance, now, alert, bytes)) {
    auto why = too_much_waits();
    if (alert != nullptr) why = about(*alert, std::move(why));
    co_await refusals_.reject(message.id, std::move(agency), std::move(why));
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
    co_await refusals_.reject(message.id, std::move(agency), std::move(why));
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
  co_await refusals_.reject(message.id, std::move(agency), std::move(why));
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
