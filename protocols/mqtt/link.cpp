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
      random_(std::random_device{}()) {}

void Link::start() {
  started_ = true;
  spawn(thread_, "mqtt_" + plan_.role, run(shared_from_this()));
}

void Link::stop() {
  asio::post(thread_, [self = shared_from_this()] {
    if (std::exchange(self->stopping_, true)) return;
    self->wake_.notify();
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

asio::awaitable<void> Link::run(std::shared_ptr<Link> self) {
  while (!self->stopping_) {
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
  if (goes_without)
    log::warning("broker_refuses_reading",
                 {{"role", plan_.role}, {"error", subscribed.error().text()}});
  else if (!subscribed)
    co_return subscribed.error();
  co_return connected;
}

asio::awaitable<void> Link::keep() {
  auto const since = Steady::now();
  connected_ = true;
  ++connections_;
  said_.clear();
  log::info("broker_connected", {{"role", plan_.role}, {"url", plan_.request.settings.url}});
  co_await connection_->lost();
  connected_ = false;
  if (stopping_) co_return;
  if (Steady::now() - since > plan_.request.settings.reconnect_max) failures_ = 0;
  failed(Error(Errc::connection_lost, connection_->why_lost()));
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
  auto const pause = pause_after(failures_, plan_.request.settings, spread(random_));
  co_await wake_.wait_for(pause);
}

}  // namespace siaga::mqtt
