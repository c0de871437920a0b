#include "gateway/flow/intake.hpp"

#include <algorithm>
#include <utility>

#include "gateway/base/log.hpp"
#include "gateway/ports/topics.hpp"

namespace siaga::flow {
namespace asio = boost::asio;

namespace {

Rejection refusal(std::string path, std::string rule, std::string text) {
  return Rejection(Reason{std::move(path), std::move(rule), std::move(text)});
}

// What an alert says of itself, so that a refusal can be matched to it.
Rejection about(Alert const& alert, Rejection why) {
  why.identifier = alert.identifier;
  why.sender = alert.sender;
  return why;
}

}  // namespace

asio::awaitable<void> Intake::run() {
  for (;;) {
    auto message = co_await context_.journal.next_inbound();
    if (stopping_) co_return;
    co_await decide(std::move(message));
  }
}

asio::awaitable<void> Intake::decide(InboundMessage message) {
  std::string_view const topic = message.raw.topic;
  if (topic.starts_with(topics::answer)) {
    AgencyId agency{std::string(topic.substr(topics::answer.size()))};
    co_await decide_answer(std::move(agency), std::move(message));
  } else if (topic.starts_with(topics::alert)) {
    AgencyId agency{std::string(topic.substr(topics::alert.size()))};
    co_await decide_alert(std::move(agency), std::move(message));
  } else {
    auto why =
        refusal("", "mqtt.topic", "topik tidak dikenal / unknown topic: " + message.raw.topic);
    AgencyId const nobody;
    co_await reject(message.id, nobody, std::move(why));
  }
}

Judged<Command> Intake::decode(RawMessage const& raw) const {
  auto const takes = [&](auto const& format) {
    return format->takes(raw.content_type, raw.payload);
  };
  auto const format = std::ranges::find_if(context_.formats, takes);
  if (format == context_.formats.end())
    return refusal("", "cap.format",
                   "isi bukan CAP XML dan bukan JSON; mulailah dengan '<' atau '{' / "
                   "payload is neither CAP XML nor JSON; begin with '<' or '{'");
  return (*format)->decode(raw.payload);
}

Judged<AuthorisedCommand> Intake::judge(AgencyId const& agency, RawMessage const& raw) const {
  if (raw.retained)
    return refusal(
        "", "mqtt.retained",
        "peringatan tidak boleh dikirim dengan retain / alerts must not be published retained");
  auto command = decode(raw);
  if (!command) return command.error();
  auto const identity = alert_of(*command);
  auto const now = context_.clock.utc_now();
  auto fresh = context_.fresh(std::move(*command), now);
  if (!fresh) return about(identity, fresh.error());
  auto judged = authorise(context_.world->grants, agency, std::move(*fresh), now);
  if (!judged) return about(identity, judged.error());
  return judged;
}

asio::awaitable<void> Intake::decide_alert(AgencyId agency, InboundMessage message) {
  auto judged = judge(agency, message.raw);
  if (!judged) {
    auto why = judged.error();
    co_await reject(message.id, std::move(agency), std::move(why));
    co_return;
  }
  auto const world = context_.world.hold();
  Alert const& alert = alert_of(judged->command());
  Plan planned = plan(agency, alert, *world->directory, world->routing, world->address_keys);
  bool const raises = std::holds_alternative<RaiseAlert>(judged->command()) ||
                      std::holds_alternative<ReplaceAlert>(judged->command());
  if (raises && planned.ladders.empty()) {
    auto why =
        about(alert, refusal("", "policy.no-route",
                             "tidak ada rute untuk peringatan ini / no route takes this alert: " +
                                 planned.empty_because));
    co_await reject(message.id, std::move(agency), std::move(why));
    co_return;
  }
  bool told = false;
  while (!co_await carry_out(message.id, *judged, std::move(planned))) {
    if (!std::exchange(told, true)) {
      Error full(Errc::storage_full, "the store has no room");
      co_await say_held(message.raw, std::move(full));
    }
    co_await pause();
    planned = plan(agency, alert, *world->directory, world->routing, world->address_keys);
  }
}

asio::awaitable<bool> Intake::carry_out(InboxId from, AuthorisedCommand command, Plan plan) {
  if (std::holds_alternative<CancelAlert>(command.command())) {
    bool const done = co_await cancel(from, std::move(command));
    co_return done;
  }
  if (std::holds_alternative<NoteMessage>(command.command())) {
    auto const now = moment(context_.clock);
    auto const noted = co_await context_.journal.note(from, std::move(command), now);
    if (noted) context_.announcer.wake();
    co_return noted || !context_.storage.worth_retrying("noting a message", noted.error());
  }
  bool const done = co_await raise(from, std::move(command), std::move(plan));
  co_return done;
}

asio::awaitable<bool> Intake::raise(InboxId from, AuthorisedCommand command, Plan plan) {
  bool const replaces = std::holds_alternative<ReplaceAlert>(command.command());
  InFlight sending;
  if (replaces) sending = context_.dispatcher.begin_stop(std::nullopt);
  auto const now = moment(context_.clock);
  auto const priority = plan.priority;
  auto ladders = Escalator::ladders_of(plan, now.steady);
  auto const accepted = co_await context_.journal.accept(from, std::move(command), std::move(plan),
                                                         std::move(sending), now);
  std::vector<AlertId> const none;
  if (replaces) context_.dispatcher.end_stop(std::nullopt, accepted ? accepted->ended : none);
  if (!accepted) co_return !context_.storage.worth_retrying("accepting an alert", accepted.error());
  context_.storage.works();
  context_.announcer.wake();
  if (accepted->decision != Decision::accepted) co_return true;
  ++accepted_;
  log::info("accepted", {{"alert", std::to_string(accepted->alert.value)},
                         {"recipients", std::to_string(accepted->recipients)},
                         {"priority", std::string(to_word(priority))}});
  for (auto const ended : accepted->ended) context_.escalator.forget(ended);
  context_.dispatcher.wake(accepted->due);
  context_.escalator.watch(accepted->alert, std::move(ladders));
  context_.announcer.changed(accepted->alert);
  for (auto const ended : accepted->ended) context_.announcer.changed(ended);
  if (accepted->more_to_expand) context_.dispatcher.expand(accepted->alert);
  co_return true;
}

asio::awaitable<bool> Intake::cancel(InboxId from, AuthorisedCommand command) {
  auto sending = context_.dispatcher.begin_stop(std::nullopt);
  auto const now = moment(context_.clock);
  auto const cancelled =
      co_await context_.journal.cancel(from, std::move(command), std::move(sending), now);
  std::vector<AlertId> const none;
  context_.dispatcher.end_stop(std::nullopt, cancelled ? cancelled->ended : none);
  if (!cancelled)
    co_return !context_.storage.worth_retrying("cancelling an alert", cancelled.error());
  for (auto const ended : cancelled->ended) {
    context_.escalator.forget(ended);
    context_.announcer.changed(ended);
  }
  context_.dispatcher.wake(cancelled->due);
  context_.announcer.wake();
  co_return true;
}

asio::awaitable<void> Intake::decide_answer(AgencyId agency, InboundMessage message) {
  if (message.raw.retained) {
    auto why = refusal(
        "", "mqtt.retained",
        "jawaban tidak boleh dikirim dengan retain / answers must not be published retained");
    co_await reject(message.id, std::move(agency), std::move(why));
    co_return;
  }
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

asio::awaitable<void> Intake::reject(InboxId from, AgencyId agency, Rejection why) {
  ++rejected_;
  log::warning("rejected", {{"agency", agency.value},
                            {"rule", why.reasons.empty() ? "" : why.reasons.front().rule},
                            {"reasons", std::to_string(why.reasons.size())}});
  for (;;) {
    auto const now = moment(context_.clock);
    auto const done = co_await context_.journal.reject(from, agency, why, now);
    context_.announcer.wake();
    if (done || !context_.storage.worth_retrying("recording a rejection", done.error())) co_return;
    co_await pause();
  }
}

asio::awaitable<void> Intake::say_held(RawMessage message, Error why) {
  if (!why.is(Errc::storage_full) && !context_.storage.worth_retrying("keeping a message", why))
    co_return;
  if (!message.topic.starts_with(topics::alert)) co_return;
  auto text =
      "belum tersimpan, dicoba lagi dengan sendirinya / not stored yet, tried again without your "
      "doing: " +
      why.text();
  auto held = refusal("", "policy.storage", std::move(text));
  if (auto const command = decode(message); command)
    held = about(alert_of(*command), std::move(held));
  AgencyId const agency{message.topic.substr(topics::alert.size())};
  auto topic = topics::receipt(agency);
  auto payload = context_.wire.held_receipt(held, message.received_at, context_.world->zone.offset);
  OutgoingMessage receipt(std::move(topic), payload, false);
  bool const same = message.response_topic == receipt.topic;
  if (same) receipt.correlation_data = message.correlation_data;
  (void)co_await context_.announcer.say(std::move(receipt));
  if (same || !topics::may_answer_on(message.response_topic, agency)) co_return;
  OutgoingMessage answer(std::move(message.response_topic), std::move(payload), false);
  answer.correlation_data = std::move(message.correlation_data);
  (void)co_await context_.announcer.say(std::move(answer));
}

asio::awaitable<void> Intake::pause() {
  auto const again = context_.clock.steady_now() + milliseconds(250);
  co_await context_.clock.sleep_until(again);
}

}  // namespace siaga::flow
