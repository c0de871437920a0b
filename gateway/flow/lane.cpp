#include "gateway/flow/lane.hpp"

#include <algorithm>

#include "gateway/async/spawn.hpp"
#include "gateway/base/log.hpp"

namespace siaga::flow {
namespace asio = boost::asio;
using std::chrono::seconds;

namespace {
constexpr std::size_t unrecorded_spare = 256;  // sends may run ahead of their commits by this many
constexpr milliseconds storage_pause{250};
}  // namespace

Lane::Lane(ChannelName name, Channel& channel, LaneContext context)
    : name_(std::move(name)),
      channel_(channel),
      context_(std::move(context)),
      woken_(context_.executor) {}

asio::awaitable<void> Lane::run() {
  while (!stopping_) {
    bool const paused = context_.clock.steady_now() < paused_until_;
    if (look_again_ && !paused) co_await claim();
    begin_what_fits();
    if (stopping_) break;
    auto const until = co_await next_look();
    co_await sleep_or(context_.clock, until, woken_);
    look_again_ = true;
  }
  std::vector<DeliveryId> unbegun;
  for (auto const& delivery : queue_) unbegun.push_back(delivery.id);
  queue_.clear();
  if (!unbegun.empty()) (void)co_await context_.journal.release(std::move(unbegun));
}

asio::awaitable<SteadyTime> Lane::next_look() {
  auto const now = context_.clock.steady_now();
  auto until = now + seconds(30);
  if (now < paused_until_) co_return paused_until_;
  if (look_again_) co_return until;  // the queue is full: a finished send wakes us
  auto const due = co_await context_.journal.next_due(name_);
  if (due && *due) until = std::min(until, **due);
  co_return until;
}

void Lane::stop() {
  stopping_ = true;
  woken_.notify();
}

void Lane::wake() {
  look_again_ = true;
  woken_.notify();
}

asio::awaitable<void> Lane::claim() {
  auto const most = static_cast<std::size_t>(context_.settings.claim_max);
  if (queue_.size() >= 2 * most) co_return;
  look_again_ = false;
  auto const now = moment(context_.clock);
  auto claimed = co_await context_.journal.claim_due(name_, most, now);
  if (!claimed) {
    if (context_.storage.worth_retrying("claiming deliveries", claimed.error()))
      paused_until_ = context_.clock.steady_now() + storage_pause;
    co_return;
  }
  if (claimed->size() == most) look_again_ = true;
  queue(std::move(*claimed));
}

void Lane::queue(std::vector<Delivery> claimed) {
  for (auto& delivery : claimed) {
    auto const place = std::upper_bound(
        queue_.begin(), queue_.end(), delivery,
        [](Delivery const& a, Delivery const& b) { return a.priority < b.priority; });
    queue_.insert(place, std::move(delivery));
  }
}

bool Lane::is_held(AlertId alert) const {
  return held_all_ > 0 || held_.contains(alert);
}

void Lane::begin_what_fits() {
  if (beginning_) return;  // a send that ended at once called us; the loop below goes on
  beginning_ = true;
  for (std::size_t i = 0; i < queue_.size() && may_begin();) {
    if (is_held(queue_[i].alert)) {
      ++i;
      continue;
    }
    Delivery delivery = std::move(queue_[i]);
    queue_.erase(queue_.begin() + static_cast<std::ptrdiff_t>(i));
    sending_.insert(delivery.id);
    unrecorded_.insert(delivery.id);
    spawn(context_.executor, "send", carry(std::move(delivery)));
  }
  beginning_ = false;
  if (look_again_ && queue_.size() < static_cast<std::size_t>(context_.settings.claim_max) / 2)
    woken_.notify();
}

bool Lane::may_begin() const {
  auto const width = channel_.width();
  return !stopping_ && sending_.size() < width && unrecorded_.size() < width + unrecorded_spare &&
         context_.clock.steady_now() >= paused_until_;
}

asio::awaitable<void> Lane::carry(Delivery delivery) {
  if (delivery.expires <= context_.clock.utc_now()) {
    std::vector<DeliveryId> unbegun(1, delivery.id);
    sending_.erase(delivery.id);
    (void)co_await context_.journal.release(std::move(unbegun));
    unrecorded_.erase(delivery.id);
    begin_what_fits();
    co_return;
  }
  auto outcome = co_await send(delivery);
  sending_.erase(delivery.id);
  begin_what_fits();
  co_await record(delivery, std::move(outcome));
  unrecorded_.erase(delivery.id);
  begin_what_fits();
}

asio::awaitable<SendOutcome> Lane::send(Delivery const& delivery) {
  auto const stored = co_await alert_of(delivery.alert);
  static StoredAlert const no_alert{};
  auto const& about = stored ? *stored : no_alert;
  bool const wants_answer =
      delivery.kind == MessageKind::alert || delivery.kind == MessageKind::update;
  Composition from{delivery,
                   about.alert,
                   about.code,
                   context_.world->officer_name(delivery.officer),
                   context_.world->agency_name(about.agency),
                   wants_answer ? context_.links.url(delivery.id) : std::string(),
                   context_.world->zone};
  Message const message = compose(from);
  co_return co_await channel_.send(message, context_.settings.send_limit);
}

asio::awaitable<std::shared_ptr<StoredAlert const>> Lane::alert_of(AlertId id) {
  if (id.empty()) co_return nullptr;
  if (auto const seen = seen_.find(id); seen != seen_.end())
    if (auto alert = seen->second.lock()) co_return alert;
  auto found = co_await context_.journal.alert(id);
  if (!found) co_return nullptr;
  if (seen_.size() > 256)
    std::erase_if(seen_, [](auto const& entry) { return entry.second.expired(); });
  seen_[id] = *found;
  last_ = *found;
  co_return *found;
}

Attempt Lane::attempt_of(Delivery const& delivery, SendOutcome outcome) {
  auto const now = moment(context_.clock);
  auto const rule = context_.settings.retry();
  auto const spread = std::uniform_real_distribution<>(0, 1)(random_);
  auto wait = backoff(rule, delivery.attempts, spread);
  Attempt attempt;
  attempt.delivery = delivery.id;
  attempt.fence = delivery.fence;
  attempt.last = is_last(rule, delivery.attempts, outcome);
  attempt.at = now.utc;
  if (auto const* later = std::get_if<FailedTemporarily>(&outcome)) {
    if (later->retry_after > milliseconds(0)) wait = later->retry_after;
    if (later->whole_channel) {
      attempt.last = false;
      paused_until_ = now.steady + std::min(wait, rule.first);
    }
  }
  attempt.retry_at = now.steady + wait;
  attempt.outcome = std::move(outcome);
  return attempt;
}

asio::awaitable<void> Lane::record(Delivery const& delivery, SendOutcome outcome) {
  auto const attempt = attempt_of(delivery, std::move(outcome));
  for (;;) {
    auto recorded = co_await context_.journal.record(attempt);
    if (recorded) {
      context_.storage.works();
      context_.recorded(*recorded);
      if (recorded->state == DeliveryState::planned) wake();
      co_return;
    }
    if (recorded.error().is(Errc::not_found)) {
      log::warning("attempt_not_recorded", {{"delivery", std::to_string(delivery.id.value)},
                                            {"error", recorded.error().text()}});
      co_return;
    }
    if (!context_.storage.worth_retrying("recording an attempt", recorded.error())) co_return;
    auto const again = context_.clock.steady_now() + storage_pause;
    co_await context_.clock.sleep_until(again);
  }
}

void Lane::drop_ended(std::vector<AlertId> const& ended) {
  std::erase_if(queue_, [&](Delivery const& delivery) {
    return (delivery.kind == MessageKind::alert || delivery.kind == MessageKind::update) &&
           std::ranges::find(ended, delivery.alert) != ended.end();
  });
}

void Lane::settle_all(std::vector<AlertId> const& ended) {
  --held_all_;
  drop_ended(ended);
  begin_what_fits();
  wake();
}

void Lane::settle(AlertId alert, std::vector<AlertId> const& ended) {
  if (auto const held = held_.find(alert); held != held_.end() && --held->second == 0)
    held_.erase(held);
  drop_ended(ended);
  begin_what_fits();
  wake();
}

InFlight Lane::in_flight() const {
  return {unrecorded_.begin(), unrecorded_.end()};
}

}  // namespace siaga::flow
