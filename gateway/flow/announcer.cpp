#include "gateway/flow/announcer.hpp"

#include <utility>

#include "gateway/async/spawn.hpp"
#include "gateway/base/log.hpp"
#include "gateway/ports/topics.hpp"

namespace siaga::flow {
namespace asio = boost::asio;
using std::chrono::hours;
using std::chrono::seconds;

namespace {
constexpr std::size_t outbox_batch = 64;
constexpr seconds broker_pause{1};
constexpr hours status_kept{24};  // after the alert has ended
}  // namespace

// Receipts asked for together.
struct Announcer::Batch {
  Batch(asio::any_io_executor const& executor, std::size_t count)
      : answered(executor), open(count) {}
  Event answered;
  std::size_t open;
  std::vector<OutboxId> said;
};

Announcer::Announcer(AnnouncerContext context)
    : context_(std::move(context)), outbox_(context_.executor), statuses_(context_.executor) {}

void Announcer::changed(AlertId alert) {
  if (alert.empty()) return;
  changed_.insert(alert);
  statuses_.notify();
}

void Announcer::connected() {
  restore_wanted_ = true;
  outbox_.notify();
  statuses_.notify();
}

asio::awaitable<void> Announcer::restore() {
  restore_wanted_ = false;
  auto const now = moment(context_.clock);
  auto const alerts = co_await context_.journal.alerts_to_announce(now);
  if (!alerts) co_return;
  for (auto const alert : *alerts) changed(alert);
  outbox_.notify();
}

asio::awaitable<void> Announcer::clear_ended() {
  auto const now = moment(context_.clock);
  auto const alerts = co_await context_.journal.alerts_to_announce(now);
  if (!alerts) co_return;
  for (auto const alert : *alerts) {
    auto const status = co_await context_.journal.status_of(alert);
    if (status && is_old(*status)) co_await clear_old(*status);
  }
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
    auto items = co_await context_.journal.outbox(outbox_batch);
    if (!items) {
      context_.storage.worth_retrying("reading the outbox", items.error());
      co_return false;
    }
    if (items->empty()) co_return true;
    bool const all_said = co_await say_all(std::move(*items));
    if (!all_said) co_return false;
  }
}

// Asked for at once and in order: one after another they would wait for as many round trips.
asio::awaitable<bool> Announcer::say_all(std::vector<OutboxItem> items) {
  auto const batch = std::make_shared<Batch>(context_.executor, items.size());
  for (auto& item : items) spawn(context_.executor, "receipt", say_one(std::move(item), batch));
  while (batch->open > 0) co_await batch->answered.wait();
  bool const all_said = batch->said.size() == items.size();
  if (batch->said.empty()) co_return all_said;
  auto const done = co_await context_.journal.published(std::move(batch->said));
  if (!done) context_.storage.worth_retrying("emptying the outbox", done.error());
  bool const emptied = done.has_value();
  co_return emptied ? all_said : false;
}

asio::awaitable<void> Announcer::say_one(OutboxItem item, std::shared_ptr<Batch> batch) {
  OutgoingMessage message(std::move(item.topic), std::move(item.payload), false);
  message.correlation_data = std::move(item.correlation_data);
  bool const settled = co_await say(std::move(message));
  if (settled) batch->said.push_back(item.id);
  if (--batch->open == 0) batch->answered.notify();
}

asio::awaitable<bool> Announcer::say(OutgoingMessage message) {
  auto const topic = message.topic;
  auto const published = co_await context_.feed.publish(std::move(message));
  if (published) co_return true;
  auto const& why = published.error();
  bool const for_good = why.is(Errc::refused_by_peer) || why.is(Errc::invalid_argument);
  if (for_good) log::error("publish_refused", {{"topic", topic}, {"error", why.text()}});
  co_return for_good;
}

asio::awaitable<void> Announcer::run_statuses() {
  for (;;) {
    while (changed_.empty() && !restore_wanted_) co_await statuses_.wait();
    if (restore_wanted_) co_await restore();
    auto const now_changed = std::exchange(changed_, {});
    for (auto const alert : now_changed) co_await say_status(alert);
    auto const pause = context_.clock.steady_now() + context_.settings.status_every;
    co_await context_.clock.sleep_until(pause);
  }
}

bool Announcer::is_old(AlertStatus const& status) const {
  return status.ended_at && context_.clock.utc_now() - *status.ended_at > status_kept;
}

asio::awaitable<void> Announcer::say_status(AlertId alert) {
  auto const status = co_await context_.journal.status_of(alert);
  if (!status) co_return;
  if (is_old(*status)) {
    co_await clear_old(*status);
    co_return;
  }
  auto const now = moment(context_.clock);
  std::optional<UtcTime> next;
  if (status->next_step_due) next = now.utc + (*status->next_step_due - now.steady);
  auto payload = context_.wire.status(*status, next, now.utc, context_.world->zone.offset);
  bool const said = co_await say_to_involved(*status, std::move(payload));
  if (!said) changed_.insert(alert);  // said again when the broker is back
}

asio::awaitable<void> Announcer::clear_old(AlertStatus const& status) {
  std::string nothing;
  bool const said = co_await say_to_involved(status, std::move(nothing));
  if (said) (void)co_await context_.journal.status_cleared(status.alert);
}

// The agency that sent it and those whose officers were told.
asio::awaitable<bool> Announcer::say_to_involved(AlertStatus const& status, std::string payload) {
  std::set<AgencyId> involved(status.agencies.begin(), status.agencies.end());
  for (auto const& id : status.told)
    if (auto const* officer = context_.world->directory->officer(id);
        officer != nullptr && !officer->agency.empty())
      involved.insert(officer->agency);
  bool all = true;
  for (auto const& agency : involved) {
    auto topic = topics::status(agency, std::to_string(status.alert.value));
    OutgoingMessage message(std::move(topic), payload, true);
    bool const said = co_await say(std::move(message));
    all = all && said;
  }
  co_return all;
}

}  // namespace siaga::flow
