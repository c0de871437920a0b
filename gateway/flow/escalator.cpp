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
    ladders_.insert_or_assign(Key{ladder.alert, ladder.ladder}, std::move(watched));
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
    if (ladder.first_step.empty()) make_due(watched, accepted, "empty");
    ladders.push_back(std::move(watched));
  }
  return ladders;
}

void Escalator::watch(AlertId alert, std::vector<Watched> ladders) {
  int ordinal = 0;
  for (auto& ladder : ladders) ladders_.insert_or_assign(Key{alert, ordinal++}, std::move(ladder));
  woken_.notify();
}

void Escalator::forget(AlertId alert) {
  std::erase_if(ladders_, [&](auto const& entry) { return entry.first.first == alert; });
}

void Escalator::escalate_now(AlertId alert, StepPlace from, std::string because) {
  auto const found = ladders_.find(Key{alert, from.ladder});
  if (found == ladders_.end()) return;
  auto& watched = found->second;
  if (watched.position.round != from.round || watched.position.step != from.step) return;
  make_due(watched, context_.clock.steady_now(), std::move(because));
  woken_.notify();
}

void Escalator::make_due(Watched& watched, SteadyTime now, std::string because) {
  if (!watched.due) return;  // the last step of the last round has started
  watched.due = now;
  watched.because = std::move(because);
}

std::optional<Escalator::Key> Escalator::most_due() const {
  auto const now = context_.clock.steady_now();
  std::optional<Key> first;
  SteadyTime first_due = now;
  for (auto const& [key, watched] : ladders_) {
    if (!watched.due || *watched.due > first_due) continue;
    first = key;
    first_due = *watched.due;
  }
  return first;
}

SteadyTime Escalator::next_due() const {
  auto until = context_.clock.steady_now() + longest_sleep;
  for (auto const& [key, watched] : ladders_)
    if (watched.due) until = std::min(until, *watched.due);
  return until;
}

asio::awaitable<void> Escalator::start_step(Key key) {
  auto const stored = co_await context_.journal.alert(key.first);
  auto const found = ladders_.find(key);
  if (found == ladders_.end()) co_return;
  if (!stored) {
    if (context_.storage.worth_retrying("escalating", stored.error()))
      co_await pause();
    else
      ladders_.erase(found);
    co_return;
  }
  auto const before = found->second;
  auto const now = moment(context_.clock);
  auto const next = before.because == "deadline"
                        ? next_step(before.policy, before.position)
                        : next_step_now(before.policy, before.position, now.steady);
  if (!next) {
    found->second.due.reset();
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
    ladders_.erase(found);
    return;
  }
  auto& watched = found->second;
  watched.position = begun.position;
  watched.due = begun.next_due;
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
