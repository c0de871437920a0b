#include "gateway/flow/escalator.hpp"

#include <algorithm>

#include "gateway/base/log.hpp"

namespace siaga::flow {
namespace asio = boost::asio;

namespace {
constexpr std::chrono::hours longest_sleep{24};
}

Escalator::Escalator(EscalatorContext context) : context_(context), woken_(context.executor) {}

asio::awaitable<Result<void>> Escalator::restore() {
  auto const open = co_await context_.journal.open_ladders();
  if (!open) co_return open.error();
  auto const now = context_.clock.steady_now();
  for (auto const& ladder : *open) {
    Watched watched{ladder.policy, ladder.position, ladder.next_due, "deadline"};
    if (auto const fresh = next_step(ladder.policy, ladder.position); watched.due && fresh) {
      if (*watched.due < fresh->due) watched.because = "hurried";  // declined or empty, before
      // A clock that was wrong before the restart must not put a step off for hours.
      watched.due = std::min(*watched.due, now + (fresh->due - ladder.position.round_started));
    }
    keep(Key{ladder.alert, ladder.ladder}, std::move(watched));
    if (ladder.expanding) context_.dispatcher.expand(ladder.alert);
  }
  woken_.notify();
  co_return Result<void>();
}

asio::awaitable<void> Escalator::run() {
  while (!stopping_) {
    for (auto key = most_due(); key && !stopping_; key = most_due()) co_await start_step(*key);
    auto const until = next_due();
    co_await sleep_or(context_.clock, until, woken_);
  }
}

void Escalator::stop() {
  stopping_ = true;
  woken_.notify();
}

std::vector<Escalator::Watched> Escalator::ladders_of(Plan const& plan, SteadyTime accepted) {
  std::vector<Watched> ladders;
  for (auto const& ladder : plan.ladders) {
    Watched watched{ladder.policy, LadderPosition{0, 0, accepted}, std::nullopt, "deadline"};
    if (auto const next = next_step(watched.policy, watched.position)) watched.due = next->due;
    if (ladder.first_step.empty() && watched.due) {
      watched.due = accepted;
      watched.because = "empty";
    }
    ladders.push_back(std::move(watched));
  }
  return ladders;
}

void Escalator::watch(AlertId alert, std::vector<Watched> ladders) {
  int ordinal = 0;
  for (auto& ladder : ladders) keep(Key{alert, ordinal++}, std::move(ladder));
  woken_.notify();
}

void Escalator::forget(AlertId alert) {
  auto first = ladders_.lower_bound(Key{alert, 0});
  while (first != ladders_.end() && first->first.first == alert) erase(first++->first);
}

void Escalator::keep(Key key, Watched watched) {
  erase(key);
  if (watched.due) deadlines_.emplace(*watched.due, key);
  ladders_.emplace(key, std::move(watched));
}

void Escalator::erase(Key key) {
  auto const found = ladders_.find(key);
  if (found == ladders_.end()) return;
  set_due(key, found->second, std::nullopt);
  ladders_.erase(found);
}

void Escalator::set_due(Key key, Watched& watched, std::optional<SteadyTime> due) {
  if (watched.due) deadlines_.erase({*watched.due, key});
  watched.due = due;
  if (due) deadlines_.emplace(*due, key);
}

void Escalator::escalate_now(AlertId alert, StepPlace from, std::string because) {
  Key const key{alert, from.ladder};
  auto const found = ladders_.find(key);
  if (found == ladders_.end()) return;
  auto& watched = found->second;
  if (watched.position.round != from.round || watched.position.step != from.step) return;
  if (!watched.due) return;  // the last step of the last round has started
  set_due(key, watched, context_.clock.steady_now());
  watched.because = std::move(because);
  woken_.notify();
}

std::optional<Escalator::Key> Escalator::most_due() const {
  if (deadlines_.empty() || deadlines_.begin()->first > context_.clock.steady_now())
    return std::nullopt;
  return deadlines_.begin()->second;
}

SteadyTime Escalator::next_due() const {
  auto const at_latest = context_.clock.steady_now() + longest_sleep;
  return deadlines_.empty() ? at_latest : std::min(at_latest, deadlines_.begin()->first);
}

asio::awaitable<void> Escalator::start_step(Key key) {
  auto const stored = co_await context_.journal.alert(key.first);
  auto const found = ladders_.find(key);
  if (found == ladders_.end()) co_return;
  if (!stored) {
    if (context_.storage.worth_retrying("escalating", stored.error()))
      co_await pause();
    else
      erase(key);
    co_return;
  }
  auto const before = found->second;
  auto const now = moment(context_.clock);
  auto const next = before.because == "deadline"
                        ? next_step(before.policy, before.position)
                        : next_step_now(before.policy, before.position, now.steady);
  if (!next) {
    set_due(key, found->second, std::nullopt);
    co_return;
  }
  auto start = step_start(key, before, *next, (*stored)->alert, now.steady);
  Begun const begun{next->position, start.next_due, start.recipients.recipients.empty(),
                    before.because};
  auto const started = co_await context_.journal.start_step(std::move(start), now);
  if (started) {
    step_started(key, begun, *started);
  } else if (context_.storage.worth_retrying("starting a step", started.error())) {
    co_await pause();
  }
}

asio::awaitable<void> Escalator::pause() {
  auto const again = context_.clock.steady_now() + milliseconds(250);
  co_await context_.clock.sleep_until(again);
}

StepStart Escalator::step_start(Key key, Watched const& before, NextStep const& next,
                                Alert const& alert, SteadyTime now) const {
  auto const& step = before.policy.steps[static_cast<std::size_t>(next.position.step)];
  StepStart start;
  start.alert = key.first;
  start.ladder = key.second;
  start.position = next.position;
  start.recipients = resolve(step, alert, *context_.world->directory, context_.world->paths);
  start.because = before.because;
  auto const after = next_step(before.policy, next.position);
  if (after) start.next_due = start.recipients.recipients.empty() ? now : after->due;
  return start;
}

void Escalator::step_started(Key key, Begun const& begun, StepStarted const& started) {
  auto const found = ladders_.find(key);
  if (found == ladders_.end()) return;
  if (!started.began) {
    erase(key);
    return;
  }
  auto& watched = found->second;
  if (begun.empty)
    context_.incidents.raise(IncidentKind::step_empty, watched.policy.id.value,
                             "alert " + std::to_string(key.first.value) + " step " +
                                 std::to_string(begun.position.step + 1));
  watched.position = begun.position;
  set_due(key, watched, begun.next_due);
  watched.because = begun.empty ? "empty" : "deadline";
  log::info("step_started", {{"alert", std::to_string(key.first.value)},
                             {"round", std::to_string(begun.position.round + 1)},
                             {"step", std::to_string(begun.position.step + 1)},
                             {"because", begun.because}});
  context_.dispatcher.wake(started.due);
  context_.announcer.changed(key.first);
  context_.announcer.wake();
  if (started.more_to_expand) context_.dispatcher.expand(key.first);
}

}  // namespace siaga::flow
