#include "gateway/flow/dispatcher.hpp"

#include <algorithm>

#include "gateway/async/spawn.hpp"
#include "gateway/base/assert.hpp"

namespace siaga::flow {
namespace asio = boost::asio;

namespace {
constexpr std::size_t recent_max = 16;
}  // namespace

Dispatcher::Dispatcher(LaneContext context) : context_(std::move(context)) {}

void Dispatcher::add(ChannelName name, Channel& channel) {
  lanes_.push_back(std::make_unique<Lane>(std::move(name), channel, context_));
}

void Dispatcher::stand_by(ChannelName const& for_name, Standby standby) {
  auto const carries = [&](auto const& lane) { return &lane->channel() == standby.channel; };
  auto const own_lane = std::ranges::find_if(lanes_, carries);
  require(own_lane != lanes_.end(), "a standby is a channel with a lane of its own");
  standby.suspicion = &(*own_lane)->suspicion();
  for (auto& lane : lanes_)
    if (lane->name() == for_name) lane->stand_by(standby);
}

void Dispatcher::start() {
  for (auto& lane : lanes_) spawn(context_.executor, "lane " + lane->name().value, lane->run());
}

void Dispatcher::stop() {
  for (auto& lane : lanes_) lane->stop();
}

bool Dispatcher::idle() const {
  return std::ranges::all_of(lanes_, [](auto const& lane) { return lane->idle(); });
}

void Dispatcher::wake(std::vector<ChannelName> const& names) {
  for (auto& lane : lanes_)
    if (std::ranges::find(names, lane->name()) != names.end()) lane->wake();
}

void Dispatcher::introduce(std::shared_ptr<StoredAlert const> alert) {
  for (auto& lane : lanes_) lane->introduce(alert);
  recent_.push_back(std::move(alert));
  if (recent_.size() > recent_max) recent_.pop_front();
}

void Dispatcher::expand(AlertId alert) {
  spawn(context_.executor, "expand", expand_all(alert));
}

asio::awaitable<void> Dispatcher::expand_all(AlertId alert) {
  for (;;) {
    auto const now = moment(context_.clock);
    auto const added = co_await context_.journal.expand(alert, now);
    if (!added) {
      if (!context_.storage.worth_retrying("planning a large step", added.error())) co_return;
      auto const again = context_.clock.steady_now() + std::chrono::milliseconds(250);
      co_await context_.clock.sleep_until(again);
      continue;
    }
    wake(added->due);
    if (!added->more) co_return;
  }
}

InFlight Dispatcher::in_flight() const {
  InFlight all;
  for (auto const& lane : lanes_) {
    auto const some = lane->in_flight();
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

InFlight Dispatcher::begin_stop(std::optional<AlertId> alert) {
  for (auto& lane : lanes_) alert ? lane->hold(*alert) : lane->hold_all();
  return in_flight();
}

void Dispatcher::end_stop(std::optional<AlertId> alert, std::vector<AlertId> const& ended) {
  for (auto& lane : lanes_) alert ? lane->settle(*alert, ended) : lane->settle_all(ended);
}

void Dispatcher::drop(std::vector<AlertId> const& ended) {
  for (auto& lane : lanes_) lane->drop(ended);
}

void Dispatcher::withdraw(std::vector<AlertId> const& alerts) {
  for (auto& lane : lanes_)
    for (auto const alert : alerts) lane->withdraw(alert);
}

}  // namespace siaga::flow
