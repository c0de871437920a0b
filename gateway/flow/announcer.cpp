#include "gateway/flow/announcer.hpp"

#include <utility>

#include "gateway/base/log.hpp"

namespace siaga::flow {
namespace asio = boost::asio;
using std::chrono::hours;
using std::chrono::seconds;

namespace {
constexpr std::size_t outbox_batch = 64;
constexpr seconds broker_pause{1};
constexpr hours status_kept{24};  // after the alert has ended
}  // namespace

Announcer::Announcer(AnnouncerContext context)
    : context_(std::move(context)), outbox_(context_.executor), statuses_(context_.executor) {}

void Announcer::changed(AlertId alert) {
  if (alert.empty()) return;
  changed_.insert(alert);
  statuses_.notify();
}

void Announcer::connected() {
  outbox_.notify();
  statuses_.notify();
}

asio::awaitable<void> Announcer::restore() {
  auto const now = moment(context_.clock);
  auto const alerts = co_await context_.journal.alerts_to_announce(now);
  if (!alerts) co_return;
  for (auto const alert : *alerts) changed(alert);
  outbox_.notify();
}

asio::awaitable<void> Announcer::run_outbox() {
  for (;;) {
    bool const all_said = co_await say_outbox();
    if (all_said) {
      co_await outbox_.wait();
    } else {
      auto const again = context_.clock.steady_now() + broker_pause;
      co_await sleep_or(context_.clock, again, outbox_);
    }
  }
}

// Whether the outbox is empty now.
asio::awaitable<bool> Announcer::say_outbox() {
  for (;;) {
    auto const items = co_await context_.journal.outbox(outbox_batch);
    if (!items) {
      context_.storage.worth_retrying("reading the outbox", items.error());
      co_return false;
    }
    if (items->empty()) co_return true;
    std::vector<OutboxId> said;
    bool broker_away = false;
    for (auto const& item : *items) {
      OutgoingMessage message(item.topic, item.payload, false);
      message.correlation_data = item.correlation_data;
      auto const published = co_await context_.feed.publish(std::move(message));
      broker_away = !published;
      if (broker_away) break;
      said.push_back(item.id);
    }
    if (!said.empty()) {
      auto const done = co_await context_.journal.published(std::move(said));
      if (!done) context_.storage.worth_retrying("emptying the outbox", done.error());
    }
    if (broker_away) co_return false;
  }
}

asio::awaitable<bool> Announcer::say(OutgoingMessage message) {
  auto const published = co_await context_.feed.publish(std::move(message));
  co_return published.has_value();
}

asio::awaitable<bool> Announcer::say_retained(std::string topic, std::string payload) {
  OutgoingMessage message(std::move(topic), std::move(payload), true);
  auto const published = co_await context_.feed.publish(std::move(message));
  co_return published.has_value();
}

asio::awaitable<void> Announcer::run_statuses() {
  for (;;) {
    while (changed_.empty()) co_await statuses_.wait();
    auto const now_changed = std::exchange(changed_, {});
    for (auto const alert : now_changed) co_await say_status(alert);
    auto const pause = context_.clock.steady_now() + context_.settings.status_every;
    co_await context_.clock.sleep_until(pause);
  }
}

asio::awaitable<void> Announcer::say_status(AlertId alert) {
  auto const status = co_await context_.journal.status_of(alert);
  if (!status) co_return;
  auto const now = moment(context_.clock);
  if (status->ended_at && now.utc - *status->ended_at > status_kept) {
    co_await clear_old(*status);
    co_return;
  }
  std::optional<UtcTime> next;
  if (status->next_step_due) next = now.utc + (*status->next_step_due - now.steady);
  auto const payload = context_.wire.status(*status, next, now.utc, context_.world->zone.offset);
  for (auto const& agency : status->agencies) {
    auto topic = "siaga/status/" + agency.value + "/" + std::to_string(alert.value);
    bool const said = co_await say_retained(std::move(topic), payload);
    if (!said) changed_.insert(alert);  // said again when the broker is back
  }
}

asio::awaitable<void> Announcer::clear_old(AlertStatus const& status) {
  bool all = true;
  for (auto const& agency : status.agencies) {
    auto topic = "siaga/status/" + agency.value + "/" + std::to_string(status.alert.value);
    std::string nothing;
    bool const said = co_await say_retained(std::move(topic), std::move(nothing));
    all = all && said;
  }
  if (all) (void)co_await context_.journal.status_cleared(status.alert);
}

}  // namespace siaga::flow
