#include "gateway/flow/announcer.hpp"

#include <algorithm>
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
constexpr std::size_t behind_max =
    1024;  // of one pass; those beyond have their turn in a later one
constexpr seconds broker_pause{1};
constexpr seconds passing_limit{30};  // longer than the broker may take for one publish
constexpr hours status_kept{24};      // after the alert has ended

OutgoingMessage announcer_message(OutboxItem item) {
  OutgoingMessage message(std::move(item.topic), std::move(item.payload), false);
  message.correlation_data = std::move(item.correlation_data);
  return message;
}

}  // namespace

// Receipts asked for together.
struct Announcer::Batch {
  Batch(asio::any_io_executor const& executor, std::size_t count)
      : answered(executor), open(count) {}
  Event answered;
  std::size_t open;
  bool broker_away = false;
  std::vector<OutboxId> said;
};

Announcer::Announcer(AnnouncerContext context)
    : context_(std::move(context)),
      publisher_({context_.executor, context_.clock, context_.feed, context_.incidents}),
      outbox_(context_.executor),
      statuses_(context_.executor) {}

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

bool Announcer::rest_is_set_aside() const {
  bool const hangs =
      passing_since_ && context_.clock.steady_now() - *passing_since_ > passing_limit;
  return !publisher_.calm() && all_said_ && !hangs;
}

asio::awaitable<void> Announcer::run_outbox() {
  for (;;) {
    passing_since_ = context_.clock.steady_now();
    bool const all_said = co_await say_outbox();
    passing_since_.reset();
    all_said_ = all_said;
    auto const waiting = publisher_.next_try();
    if (all_said && !waiting) {
      co_await outbox_.wait();
      continue;
    }
    auto again = context_.clock.steady_now() + broker_pause;
    if (all_said) again = std::max(again, *waiting);
    co_await sleep_or(context_.clock, again, outbox_);
  }
}

// Whether the broker took all that may be said now. What may have ended the connection comes behind
// the rest.
asio::awaitable<bool> Announcer::say_outbox() {
  std::vector<OutboxItem> behind;
  OutboxId after;
  for (;;) {
    auto items = co_await context_.journal.outbox(after, outbox_batch);
    if (!items) {
      context_.storage.worth_retrying("reading the outbox", items.error());
      co_return false;
    }
    if (items->empty()) break;
    after = items->back().id;
    bool const all_said = co_await say_page(std::move(*items), behind);
    if (!all_said) co_return false;
  }
  for (auto& item : behind) {
    std::vector<OutboxItem> one(1, std::move(item));
    bool const said = co_await say_all(std::move(one));
    if (!said) co_return false;
  }
  co_return true;
}

// In order but for those that have to wait, which are left out or come behind.
asio::awaitable<bool> Announcer::say_page(std::vector<OutboxItem> items,
                                          std::vector<OutboxItem>& behind) {
  if (publisher_.calm()) {
    bool const said = co_await say_all(std::move(items));
    co_return said;
  }
  std::vector<OutboxItem> now, over;
  for (auto& item : items) {
    auto const message = announcer_message(item);
    auto const standing = publisher_.standing(message);
    bool const waits =
        standing == Suspects::Standing::behind || standing == Suspects::Standing::not_yet;
    if (!waits)
      now.push_back(std::move(item));
    else if (publisher_.let_go(message))
      over.push_back(std::move(item));
    else if (standing == Suspects::Standing::behind && behind.size() < behind_max)
      behind.push_back(std::move(item));
  }
  if (!over.empty()) {
    std::vector<OutboxId> ids;
    for (auto const& item : over) ids.push_back(item.id);
    auto const done = co_await context_.journal.published(std::move(ids));
    if (!done) context_.storage.worth_retrying("emptying the outbox", done.error());
  }
  if (now.empty()) co_return true;
  bool const all_said = co_await say_all(std::move(now));
  co_return all_said;
}

// Asked for at once and in order: one after another they would wait for as many round trips.
asio::awaitable<bool> Announcer::say_all(std::vector<OutboxItem> items) {
  auto const batch = std::make_shared<Batch>(context_.executor, items.size());
  for (auto& item : items) spawn(context_.executor, "receipt", say_one(std::move(item), batch));
  while (batch->open > 0) co_await batch->answered.wait();
  bool const goes_on = !batch->broker_away;
  if (batch->said.empty()) co_return goes_on;
  auto const done = co_await context_.journal.published(std::move(batch->said));
  if (!done) context_.storage.worth_retrying("emptying the outbox", done.error());
  co_return done.has_value() && goes_on;
}

asio::awaitable<void> Announcer::say_one(OutboxItem item, std::shared_ptr<Batch> batch) {
  auto const id = item.id;
  auto message = announcer_message(std::move(item));
  auto const said = co_await publisher_.say(std::move(message));
  if (said == Publisher::Said::yes || said == Publisher::Said::refused) batch->said.push_back(id);
  if (said == Publisher::Said::later) batch->broker_away = true;
  if (--batch->open == 0) batch->answered.notify();
}

asio::awaitable<bool> Announcer::say(OutgoingMessage message) {
  auto const said = co_await publisher_.say(std::move(message));
  co_return said == Publisher::Said::yes || said == Publisher::Said::refused;
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
