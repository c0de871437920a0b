#include "gateway/flow/lane.hpp"

#include <algorithm>

#include "gateway/async/spawn.hpp"
#include "gateway/base/log.hpp"

namespace siaga::flow {
namespace asio = boost::asio;
using std::chrono::seconds;

namespace {
constexpr std::size_t seen_max = 256;
constexpr std::size_t a_few = 8;  // claimed past a full queue: the most urgent there are
constexpr std::size_t unrecorded_spare = 256;  // sends may run ahead of their commits by this many
constexpr milliseconds storage_pause{250};
constexpr seconds probe_every{60};  // of a channel that says it is down
constexpr seconds alone_for{5};     // at most others wait for a suspect's outcome
}  // namespace

Lane::Lane(ChannelName name, Channel& channel, LaneContext context)
    : name_(std::move(name)),
      suspicion_(name_, context.incidents),
      bearer_(name_, channel, suspicion_, context.clock),
      context_(std::move(context)),
      woken_(context_.executor) {}

asio::awaitable<void> Lane::run() {
  suspicion_.begin();
  while (!stopping_) {
    bearer_.tick();
    hurry_blamed(suspicion_);
    if (look_again_ && !is_paused()) co_await claim();
    begin_what_fits();
    if (stopping_) break;
    auto const until = next_look();
    co_await sleep_or(context_.clock, until, woken_);
    look_again_ = true;
  }
  std::vector<DeliveryId> unbegun;
  for (auto const& delivery : queue_) unbegun.push_back(delivery.id);
  queue_.clear();
  if (unbegun.empty()) co_return;
  auto const now = moment(context_.clock);
  (void)co_await context_.journal.release(std::move(unbegun), now);
}

SteadyTime Lane::next_look() {
  auto const now = context_.clock.steady_now();
  auto const at_latest = alone_ && now < alone_until_ ? alone_until_ : now + seconds(30);
  if (now < paused_until_) return paused_until_;
  if (bearer_.is_down()) return now + context_.settings.retry_first;  // nobody tells when it is up
  if (look_again_) return at_latest;  // the queue is full: a finished send wakes us
  return std::min(at_latest, next_due_.value_or(at_latest));
}

void Lane::stop() {
  stopping_ = true;
  woken_.notify();
}

void Lane::wake() {
  look_again_ = true;
  woken_.notify();
}

void Lane::introduce(std::shared_ptr<StoredAlert const> const& alert) {
  if (seen_.size() > seen_max)
    std::erase_if(seen_, [](auto const& entry) { return entry.second.expired(); });
  seen_[alert->id] = alert;
}

asio::awaitable<void> Lane::claim() {
  auto const most = static_cast<std::size_t>(context_.settings.claim_max);
  if (queue_.size() >= 4 * most) co_return;
  auto const wanted = queue_.size() < most ? most : std::min(a_few, most);
  look_again_ = false;
  auto const now = moment(context_.clock);
  auto claimed = co_await context_.journal.claim_due(name_, wanted, now);
  if (!claimed) {
    if (context_.storage.worth_retrying("claiming deliveries", claimed.error()))
      paused_until_ = context_.clock.steady_now() + storage_pause;
    co_return;
  }
  if (claimed->deliveries.size() == wanted) look_again_ = true;
  next_due_ = claimed->next_due;
  queue(std::move(claimed->deliveries));
}

void Lane::queue(std::vector<Delivery> claimed) {
  for (auto& delivery : claimed) {
    auto const place = std::upper_bound(
        queue_.begin(), queue_.end(), delivery,
        [this](Delivery const& a, Delivery const& b) { return rank(a) < rank(b); });
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
    bool const alone = goes_alone(queue_[i]);
    if (alone && sending_ > 0) {
      if (!alone_) break;  // until the wire is free
      ++i;
      continue;
    }
    Delivery delivery = std::move(queue_[i]);
    queue_.erase(queue_.begin() + static_cast<std::ptrdiff_t>(i));
    Underway const begins{delivery.alert, is_stoppable(delivery.kind), false, Permission()};
    underway_.emplace(delivery.id, begins);
    ++sending_;
    if (alone) {
      alone_ = delivery.id;
      alone_until_ = context_.clock.steady_now() + alone_for;
    }
    spawn(context_.executor, "send", carry(std::move(delivery), begins.permission));
  }
  beginning_ = false;
  if (look_again_ && !is_paused() &&
      queue_.size() < static_cast<std::size_t>(context_.settings.claim_max))
    woken_.notify();
}

bool Lane::may_begin() {
  auto const width = bearer_.width();
  if (stopping_ || is_paused()) return false;
  auto const now = context_.clock.steady_now();
  if (alone_ && now < alone_until_) return false;
  if (bearer_.is_down() && now < next_probe_) return false;
  return sending_ < width && underway_.size() < width + unrecorded_spare;
}

bool Lane::is_paused() const {
  return context_.clock.steady_now() < paused_until_;
}

// Now and then one message tries a channel that says it is down: not every one finds out by itself.
Bearer::Choice Lane::choose_bearer(Delivery const& delivery) {
  auto choice = bearer_.choose();
  if (auto other = another_way(delivery)) return std::move(*other);
  bool const own_is_down = bearer_.has_taken_over() || bearer_.is_down();
  auto const now = context_.clock.steady_now();
  if (!own_is_down || now < next_probe_) return choice;
  next_probe_ = now + probe_every;
  return bearer_.probe();
}

asio::awaitable<void> Lane::carry(Delivery delivery, Permission permission) {
  if (delivery.expires <= context_.clock.utc_now()) {
    std::vector<DeliveryId> unbegun(1, delivery.id);
    end_sending(delivery.id);
    auto const now = moment(context_.clock);
    (void)co_await context_.journal.release(std::move(unbegun), now);
    underway_.erase(delivery.id);
    begin_what_fits();
    co_return;
  }
  auto const bearer = choose_bearer(delivery);
  Attempt attempt;
  if (is_kept_back(delivery, bearer)) {
    attempt = put_off(delivery, bearer);
  } else {
    auto outcome = co_await send(delivery, permission, bearer);
    learn(delivery, outcome, bearer);
    attempt = attempt_of(delivery, std::move(outcome), permission, bearer);
  }
  end_sending(delivery.id);
  begin_what_fits();
  co_await record(std::move(attempt));
  underway_.erase(delivery.id);
  begin_what_fits();
}

void Lane::end_sending(DeliveryId id) {
  --sending_;
  if (alone_ == id) alone_.reset();
}

asio::awaitable<SendOutcome> Lane::send(Delivery const& delivery, Permission permission,
                                        Bearer::Choice bearer) {
  auto const stored = co_await alert_of(delivery.alert);
  if (!stored && !delivery.alert.empty())
    co_return FailedTemporarily("the store did not say what it is about", storage_pause, true);
  static StoredAlert const no_alert{};
  auto const& about = stored ? *stored : no_alert;
  std::string link;
  if (is_stoppable(delivery.kind))
    link = context_.links.url({delivery.id, about.alert.sender, about.alert.identifier});
  Composition from{delivery,
                   about.alert,
                   about.code,
                   context_.world->officer_name(delivery.officer),
                   context_.world->agency_name(about.agency),
                   std::move(link),
                   context_.world->zone,
                   context_.world->levels,
                   context_.world->hosts_of(about.agency)};
  Message message = compose(from);
  message.permission = std::move(permission);
  if (!bearer.by.empty()) message.channel = bearer.by;
  co_return co_await bearer.channel->send(message, context_.settings.send_limit);
}

asio::awaitable<std::shared_ptr<StoredAlert const>> Lane::alert_of(AlertId id) {
  if (id.empty()) co_return nullptr;
  if (auto const seen = seen_.find(id); seen != seen_.end())
    if (auto alert = seen->second.lock()) co_return alert;
  auto found = co_await context_.journal.alert(id);
  if (!found) {
    context_.storage.worth_retrying("reading an alert", found.error());
    co_return nullptr;
  }
  introduce(*found);
  last_ = *found;
  co_return *found;
}

Attempt Lane::attempt_of(Delivery const& delivery, SendOutcome outcome,
                         Permission const& permission, Bearer::Choice const& bearer) {
  auto const now = moment(context_.clock);
  auto const rule = context_.settings.retry();
  auto const spread = std::uniform_real_distribution<>(0, 1)(random_);
  auto wait = backoff(rule, delivery.attempts, spread);
  Attempt attempt;
  attempt.delivery = delivery.id;
  attempt.fence = delivery.fence;
  attempt.last = is_last(rule, delivery.attempts, outcome);
  attempt.at = now.utc;
  attempt.by = bearer.by;
  attempt.because = bearer.because;
  auto const* later = std::get_if<FailedTemporarily>(&outcome);
  if (later != nullptr && permission.refused()) {
    attempt.last = false;
    wait = milliseconds(0);
  } else if (later != nullptr) {
    if (later->retry_after > milliseconds(0)) wait = later->retry_after;
    if (later->whole_channel) {
      attempt.last = false;
      if (bearer_.has_taken_over() && bearer.by.empty())
        wait = milliseconds(0);  // it was a probe; the standby has room
      else if (bearer_.has_taken_over() || bearer.by.empty())
        paused_until_ = now.steady + std::min(wait, rule.first);
    }
  }
  bool const doubtful = std::holds_alternative<OutcomeUnknown>(outcome);
  if (doubtful && bearer.channel->tells_late() && delivery.priority > Priority::urgent)
    wait = std::max(wait, context_.settings.doubtful_wait);
  attempt.retry_at = now.steady + wait;
  attempt.outcome = std::move(outcome);
  keep_set_aside(attempt, delivery, bearer);
  return attempt;
}

asio::awaitable<void> Lane::record(Attempt attempt) {
  for (;;) {
    auto recorded = co_await context_.journal.record(attempt);
    if (recorded) {
      context_.storage.works();
      context_.recorded(*recorded);
      if (recorded->state == DeliveryState::planned)
        wake();
      else
        bearer_.ended(attempt.delivery);
      co_return;
    }
    if (recorded.error().is(Errc::not_found)) {
      log::warning("attempt_not_recorded", {{"delivery", std::to_string(attempt.delivery.value)},
                                            {"error", recorded.error().text()}});
      co_return;
    }
    if (!context_.storage.worth_retrying("recording an attempt", recorded.error())) co_return;
    auto const again = context_.clock.steady_now() + storage_pause;
    co_await context_.clock.sleep_until(again);
  }
}

void Lane::hold_all() {
  ++held_all_;
  for (auto const& [id, sent] : underway_)
    if (sent.stoppable) sent.permission.hold();
}

void Lane::hold(AlertId alert) {
  ++held_[alert];
  for (auto const& [id, sent] : underway_)
    if (sent.stoppable && sent.alert == alert) sent.permission.hold();
}

void Lane::settle_all(std::vector<AlertId> const& ended) {
  --held_all_;
  drop(ended);
}

void Lane::settle(AlertId alert, std::vector<AlertId> const& ended) {
  if (auto const held = held_.find(alert); held != held_.end() && --held->second == 0)
    held_.erase(held);
  drop(ended);
}

void Lane::drop(std::vector<AlertId> const& ended) {
  auto const has_ended = [&](AlertId alert) {
    return std::ranges::find(ended, alert) != ended.end();
  };
  bearer_.ended(ended);
  std::erase_if(queue_, [&](Delivery const& delivery) {
    return is_stoppable(delivery.kind) && has_ended(delivery.alert);
  });
  for (auto& [id, sent] : underway_) {
    if (!sent.stoppable) continue;
    sent.ended = sent.ended || has_ended(sent.alert);
    if (sent.ended)
      sent.permission.hold();
    else if (!is_held(sent.alert))
      sent.permission.go_on();
  }
  begin_what_fits();
  wake();
}

InFlight Lane::in_flight() const {
  InFlight begun;
  for (auto const& [id, sent] : underway_)
    if (sent.permission.begun()) begun.push_back(id);
  return begun;
}

}  // namespace siaga::flow
