#include "gateway/flow/supervisor.hpp"

#include "gateway/base/log.hpp"

namespace siaga::flow {
namespace asio = boost::asio;

namespace {

constexpr std::chrono::seconds clock_step_noted{2};

milliseconds distance(Clock const& clock) {
  return clock.utc_now().time_since_epoch() - clock.steady_now().time_since_epoch();
}

}  // namespace

Supervisor::Supervisor(SupervisorContext context)
    : context_(std::move(context)),
      since_(context_.clock.utc_now()),
      utc_minus_steady_(distance(context_.clock)),
      next_checkpoint_(context_.clock.steady_now() + context_.settings.checkpoint_every) {}

asio::awaitable<void> Supervisor::run() {
  for (;;) {
    co_await note_clock_steps();
    co_await expire();
    co_await say_state();
    if (context_.clock.steady_now() >= next_checkpoint_) {
      next_checkpoint_ = context_.clock.steady_now() + context_.settings.checkpoint_every;
      co_await checkpoint();
    }
    co_await probe();
    auto const again = context_.clock.steady_now() + context_.settings.sweep_every;
    co_await context_.clock.sleep_until(again);
  }
}

asio::awaitable<void> Supervisor::note_clock_steps() {
  auto const now = distance(context_.clock);
  auto const step = now - utc_minus_steady_;
  if (std::chrono::abs(step) < clock_step_noted) co_return;
  utc_minus_steady_ = now;
  log::warning("clock_stepped", {{"by_ms", std::to_string(step.count())}});
  GatewayEvent event("clock-stepped", "by " + std::to_string(step.count()) + " ms");
  auto const at = moment(context_.clock);
  (void)co_await context_.journal.write_event(std::move(event), at);
}

asio::awaitable<void> Supervisor::expire() {
  auto sending = context_.dispatcher.in_flight();
  auto const now = moment(context_.clock);
  auto const expired = co_await context_.journal.expire_due(std::move(sending), now);
  if (!expired) {
    context_.storage.worth_retrying("expiring alerts", expired.error());
    co_return;
  }
  // The lanes must not send what they hold of these, should the clock be set back.
  if (!expired->empty()) context_.dispatcher.drop(*expired);
  for (auto const alert : *expired) {
    log::info("expired", {{"alert", std::to_string(alert.value)}});
    context_.escalator.forget(alert);
    context_.announcer.changed(alert);
  }
}

asio::awaitable<void> Supervisor::probe() {
  auto const answered = co_await context_.journal.probe();
  if (!answered) {
    context_.storage.worth_retrying("probing the store", answered.error());
    co_return;
  }
  context_.alive();
}

asio::awaitable<void> Supervisor::checkpoint() {
  auto const now = moment(context_.clock);
  auto const made = co_await context_.journal.checkpoint(now);
  if (!made) {
    context_.storage.worth_retrying("checkpointing the log", made.error());
    co_return;
  }
  if (!made->is_new) co_return;
  auto topic = "siaga/log/" + context_.gateway_name;
  auto payload = context_.wire.checkpoint(*made, context_.world->zone.offset);
  (void)co_await context_.announcer.say_retained(std::move(topic), std::move(payload));
}

GatewayState Supervisor::state() const {
  GatewayState state;
  state.since = since_;
  state.version = context_.version;
  for (auto const& lane : context_.dispatcher.lanes())
    state.channels[lane->name()] = lane->channel().state();
  return state;
}

asio::awaitable<void> Supervisor::say_state() {
  auto payload = context_.wire.gateway_state(state(), context_.world->zone.offset);
  if (payload == said_state_) co_return;
  auto topic = "siaga/gateway/" + context_.gateway_name;
  bool const said = co_await context_.announcer.say_retained(std::move(topic), payload);
  if (said) said_state_ = std::move(payload);
}

asio::awaitable<void> Supervisor::say_offline() {
  auto last = state();
  last.state = "offline";
  auto payload = context_.wire.gateway_state(last, context_.world->zone.offset);
  auto topic = "siaga/gateway/" + context_.gateway_name;
  (void)co_await context_.announcer.say_retained(std::move(topic), std::move(payload));
}

}  // namespace siaga::flow
