#include <algorithm>
#include <utility>

#include "gateway/base/log.hpp"
#include "gateway/flow/intake.hpp"
#include "gateway/flow/reach.hpp"

// The second half of intake: what was judged good is planned and carried out.
namespace siaga::flow {
namespace asio = boost::asio;

namespace {

std::vector<ChannelName> channels_of(Plan const& plan) {
  std::vector<ChannelName> channels;
  for (auto const& ladder : plan.ladders) {
    if (ladder.policy.steps.empty()) continue;
    auto const& first = ladder.policy.steps.front().channels;
    channels.insert(channels.end(), first.begin(), first.end());
  }
  return channels;
}

}  // namespace

Plan Intake::plan_for(AgencyId const& agency, Alert const& alert) const {
  auto const& world = *context_.world;
  return plan(agency, alert, *world.directory, world.routing, world.paths);
}

asio::awaitable<void> Intake::accept(AgencyId agency, InboundMessage message,
                                     AuthorisedCommand command) {
  Alert const& alert = alert_of(command.command());
  Plan planned = plan_for(agency, alert);
  if (is_news(command.command())) {
    if (auto refused = reaches_nobody(planned, alert, *context_.world)) {
      auto why = about(alert, std::move(*refused));
      co_await refusals_.reject(message.id, std::move(agency), std::move(why));
      co_return;
    }
    if (auto over = reaches_too_many(agency, planned, alert, *context_.world)) {
      auto why = about(alert, std::move(*over));
      if (hold_by_settings({agency, message.id})) {
        co_await hold(message.id, std::move(agency), std::move(why));
      } else {
        why = too_many_held(std::move(why));
        co_await refusals_.reject(message.id, std::move(agency), std::move(why));
      }
      co_return;
    }
  }
  bool told = false;
  while (!co_await carry_out(message.id, command, std::move(planned))) {
    if (!std::exchange(told, true)) {
      Error full(Errc::storage_full, "the store has no room");
      tell_waiting(message.raw, full, &alert);
    }
    co_await pause();
    planned = plan_for(agency, alert);
  }
}

asio::awaitable<bool> Intake::carry_out(InboxId from, AuthorisedCommand command, Plan plan) {
  if (std::holds_alternative<CancelAlert>(command.command())) {
    bool const done = co_await cancel(from, std::move(command));
    co_return done;
  }
  if (std::holds_alternative<NoteMessage>(command.command())) {
    auto const now = moment(context_.clock);
    auto const agency = command.agency();
    auto const noted = co_await context_.journal.note(from, std::move(command), now);
    if (noted) refusals_.decided(agency, *noted);
    co_return noted || !context_.storage.worth_retrying("noting a message", noted.error());
  }
  bool const done = co_await raise(from, std::move(command), std::move(plan));
  co_return done;
}

asio::awaitable<bool> Intake::raise(InboxId from, AuthorisedCommand command, Plan plan) {
  auto const agency = command.agency();
  bool const replaces = std::holds_alternative<ReplaceAlert>(command.command());
  InFlight sending;
  if (replaces) sending = context_.dispatcher.begin_stop(std::nullopt);
  auto const now = moment(context_.clock);
  auto const priority = plan.priority;
  auto ladders = Escalator::ladders_of(plan, now.steady);
  // The lanes' claims and the receipt's reading are asked for behind the acceptance and share its
  // commit. Should they come too late for it, they are woken again below.
  context_.dispatcher.wake(channels_of(plan));
  context_.announcer.wake();
  auto const accepted = co_await context_.journal.accept(from, std::move(command), std::move(plan),
                                                         std::move(sending), now);
  std::vector<AlertId> const none;
  if (replaces) context_.dispatcher.end_stop(std::nullopt, accepted ? accepted->ended : none);
  if (!accepted) co_return !context_.storage.worth_retrying("accepting an alert", accepted.error());
  context_.storage.works();
  refusals_.decided(agency, *accepted);
  if (accepted->decision != Decision::accepted) co_return true;
  ++accepted_;
  log::info("accepted", {{"alert", std::to_string(accepted->alert.value)},
                         {"recipients", std::to_string(accepted->recipients)},
                         {"priority", std::string(to_word(priority))}});
  for (auto const ended : accepted->ended) context_.escalator.forget(ended);
  context_.dispatcher.withdraw(accepted->ended);
  if (accepted->stored) context_.dispatcher.introduce(accepted->stored);
  context_.dispatcher.wake(accepted->due);
  context_.escalator.watch(accepted->alert, std::move(ladders));
  context_.announcer.changed(accepted->alert);
  for (auto const ended : accepted->ended) context_.announcer.changed(ended);
  if (accepted->more_to_expand) context_.dispatcher.expand(accepted->alert);
  co_return true;
}

asio::awaitable<bool> Intake::cancel(InboxId from, AuthorisedCommand command) {
  auto const agency = command.agency();
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
  context_.dispatcher.withdraw(cancelled->ended);
  context_.dispatcher.wake(cancelled->due);
  refusals_.decided(agency, *cancelled);
  co_return true;
}

}  // namespace siaga::flow
