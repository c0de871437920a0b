#include "protocols/mqtt/link.hpp"

#include <boost/asio/post.hpp>

#include "gateway/async/spawn.hpp"
#include "gateway/base/log.hpp"
#include "protocols/mqtt/pause.hpp"

namespace siaga::mqtt {
namespace asio = boost::asio;
using Steady = std::chrono::steady_clock;

namespace {
constexpr std::chrono::seconds last_words_limit{2};
constexpr std::chrono::milliseconds last_words_look{5};
}  // namespace

Link::Link(asio::any_io_executor const& paho_thread, LinkPlan plan)
    : thread_(paho_thread),
      plan_(std::move(plan)),
      wake_(thread_),
      turn_(thread_),
      random_(std::random_device{}()) {}

void Link::start() {
  started_ = true;
  spawn(thread_, "mqtt_" + plan_.role, run(shared_from_this()));
}

void Link::stop() {
  asio::post(thread_, [self = shared_from_this()] {
    if (std::exchange(self->stopping_, true)) return;
    self->wake_.notify();
    self->turn_.notify();
    if (!self->connection_) return;
    auto const say_goodbye = [](std::shared_ptr<Link> link) -> asio::awaitable<void> {
      auto const until = Steady::now() + last_words_limit;
      asio::steady_timer timer(link->thread_);
      while (link->connection_ && link->connection_->publishing() > 0 && Steady::now() < until) {
        timer.expires_after(last_words_look);
        co_await timer.async_wait(asio::use_awaitable);
      }
      if (link->connection_) link->connection_->end();
    };
    spawn(self->thread_, "mqtt_goodbye", say_goodbye(self));
  });
}

void Link::wait_ended() {
  if (started_) ended_.get_future().wait();
}

void Link::publish(Publication publication, Connection::OnPublished done) {
  asio::post(thread_, [self = shared_from_this(), publication = std::move(publication),
                       done = std::move(done)]() mutable {
    if (self->connected_)
      self->connection_->publish(std::move(publication), std::move(done));
    else
      done(Error(Errc::unavailable, "the MQTT broker is not connected"));
  });
}

void Link::nudge() {
  asio::post(thread_, [self = shared_from_this()] { self->turn_.notify(); });
}

asio::awaitable<void> Link::await_turn() {
  while (!stopping_ && plan_.may_try && !plan_.may_try()) co_await turn_.wait();
}

asio::awaitable<void> Link::run(std::shared_ptr<Link> self) {
  while (!self->stopping_) {
    co_await self->await_turn();
    if (self->stopping_) break;
    co_await self->attempt();
    self->connection_.reset();
    if (!self->stopping_) co_await self->stay_away();
  }
  self->ended_now_ = true;
  self->ended_.set_value();
}

asio::awaitable<void> Link::attempt() {
  auto const opened = co_await open();
  if (!opened) {
    failed(opened.error());
    if (connection_ && connection_->loss().taken)
      tell(Stability::Trouble::taken, connection_->loss());
    if (plan_.on_failed && !stopping_) plan_.on_failed(opened.error());
    co_return;
  }
  if (plan_.on_up) plan_.on_up(*opened);
  co_await keep();
  if (plan_.on_down) plan_.on_down();
}

asio::awaitable<Result<BrokerSession>> Link::open() {
  auto made = Connection::make(thread_, plan_.request, plan_.on_message);
  if (!made) co_return made.error();
  connection_ = std::move(*made);
  auto const connected = co_await connection_->connect();
  if (!connected || plan_.filters.empty()) co_return connected;
  auto filters = plan_.filters;
  auto const limit = plan_.request.settings.connect_limit;
  auto const subscribed = co_await connection_->subscribe(std::move(filters), limit);
  bool const goes_without =
      !subscribed && !plan_.filters_needed && subscribed.error().is(Errc::refused_by_peer);
  if (!subscribed && !goes_without) co_return subscribed.error();
  if (!plan_.filters_needed) tell_read(subscribed);
  co_return connected;
}

// It goes on without what it may not read, and asks again with the next connection.
void Link::tell_read(Result<void> const& subscribed) {
  auto const& topic = plan_.filters.front();
  if (!subscribed)
    log::warning("broker_refuses_reading",
                 {{"role", plan_.role}, {"error", subscribed.error().text()}});
  if (!plan_.troubles) return;
  if (subscribed)
    plan_.troubles->end(IncidentKind::log_unread, topic);
  else
    plan_.troubles->raise(IncidentKind::log_unread, topic,
                          "a store that was put back from a backup would not be noticed; " +
                              subscribed.error().text());
}

asio::awaitable<void> Link::keep() {
  auto const since = Steady::now();
  connected_ = true;
  ++connections_;
  said_.clear();
  log::info("broker_connected", {{"role", plan_.role}, {"url", plan_.request.settings.url}});
  bool const lost = co_await connection_->lost(since + Stability::proven_after);
  if (!lost) {
    tell_proven();
    (void)co_await connection_->lost(Steady::time_point::max());
  }
  connected_ = false;
  if (stopping_) co_return;
  auto const held = Steady::now() - since;
  if (held > last_pause_) failures_ = 0;  // it was worth coming back
  failed(Error(Errc::connection_lost, connection_->loss().why));
  tell(stability_.lost(held, connection_->loss().taken), connection_->loss());
}

void Link::tell(Stability::Trouble trouble, Loss const& loss) {
  auto const& id = plan_.request.client_id;
  if (!plan_.troubles || trouble == Stability::Trouble::none) return;
  if (trouble == Stability::Trouble::taken)
    plan_.troubles->raise(IncidentKind::session_taken, id,
                          "another client connected as " + id +
                              ": probably a second gateway of that name, or somebody with the "
                              "gateway's certificate");
  else
    plan_.troubles->raise(IncidentKind::connection_unstable, id,
                          "ends right after it began, more than " +
                              std::to_string(Stability::short_lives_max) +
                              " times: probably a second gateway of that name, or a limit of the "
                              "broker; " +
                              loss.why);
}

void Link::tell_proven() {
  stability_.proven();
  if (!plan_.troubles) return;
  plan_.troubles->end(IncidentKind::session_taken, plan_.request.client_id);
  plan_.troubles->end(IncidentKind::connection_unstable, plan_.request.client_id);
}

void Link::failed(Error const& error) {
  ++failures_;
  auto const text = error.text();
  if (stopping_ || text == said_) return;
  said_ = text;
  log::warning("broker_away",
               {{"role", plan_.role}, {"url", plan_.request.settings.url}, {"error", text}});
}

asio::awaitable<void> Link::stay_away() {
  std::uniform_real_distribution<double> spread(0.0, 1.0);
  last_pause_ = pause_after(failures_, plan_.request.settings, spread(random_));
  co_await wake_.wait_for(last_pause_);
}

}  // namespace siaga::mqtt
