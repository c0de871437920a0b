#include "protocols/mqtt/express.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <map>
#include <mutex>

#include "gateway/async/spawn.hpp"
#include "gateway/base/log.hpp"
#include "gateway/ports/topics.hpp"
#include "protocols/mqtt/turns.hpp"

namespace siaga::mqtt {
namespace asio = boost::asio;

namespace {

constexpr std::string_view all_answers = "siaga/ack/+";
static_assert(all_answers.starts_with(topics::answer));

// The end of the client's id, and its name in the log.
std::string express_name_of(std::string_view lane) {
  if (lane == all_answers) return "answers";
  return "express-" + std::string(lane.substr(topics::alert.size()));
}

}  // namespace

std::string_view lane_of(std::string_view topic) {
  return topic.starts_with(topics::answer) ? all_answers : topic;
}

std::size_t express_agencies_max(Settings const& settings) {
  auto most = settings.express_max;
  if (settings.connections_max > 0)
    most = std::clamp<std::int64_t>(settings.connections_max - Settings::own_connections, 0, most);
  return static_cast<std::size_t>(most);
}

struct Express::Shared : std::enable_shared_from_this<Express::Shared> {
  using Links = std::map<std::string, std::shared_ptr<Link>, std::less<>>;

  Shared(asio::any_io_executor const& paho_thread, ExpressPlan p)
      : thread(paho_thread), plan(std::move(p)) {}

  asio::any_io_executor thread;
  ExpressPlan plan;
  Turns turns;  // PahoThread
  bool giving_turns = false;
  mutable std::mutex mutex;  // guards what follows
  std::vector<std::string> lanes;
  Links links;
  std::vector<std::shared_ptr<Link>> going;  // stopped, not yet ended
  bool started = false;
  bool stopped = false;

  void adjust();
  std::shared_ptr<Link> link_for(std::string const& lane);
  void nudge();
  bool may_try(std::string const& lane) const;
  void failed(std::string const& lane, Error const& why);
  void settled(std::string const& lane);
  void give_turns();
  static asio::awaitable<void> give_in_turn(std::shared_ptr<Shared> self);
  bool is_stopped() const;
};

Express::Express(asio::any_io_executor const& paho_thread, ExpressPlan plan)
    : shared_(std::make_shared<Shared>(paho_thread, std::move(plan))) {}

void Express::serve(std::vector<AgencyId> const& agencies) {
  auto& self = *shared_;
  std::lock_guard const lock(self.mutex);
  self.lanes.clear();
  auto const most = express_agencies_max(self.plan.settings);
  if (most > 0 && !agencies.empty()) self.lanes.emplace_back(all_answers);
  for (auto const& agency : agencies)
    if (self.lanes.size() <= most && most > 0)
      self.lanes.push_back(std::string(topics::alert) + agency.value);
  self.adjust();
  asio::post(self.thread, [shared = shared_] {
    shared->turns.look_again();
    shared->give_turns();
  });
}

void Express::start() {
  std::lock_guard const lock(shared_->mutex);
  shared_->started = true;
  shared_->adjust();
}

void Express::stop() {
  std::lock_guard const lock(shared_->mutex);
  shared_->stopped = true;
  shared_->lanes.clear();
  shared_->adjust();
}

void Express::wait_ended() {
  std::vector<std::shared_ptr<Link>> going;
  {
    std::lock_guard const lock(shared_->mutex);
    going.swap(shared_->going);
  }
  for (auto const& link : going) link->wait_ended();
}

void Express::intake_is(bool up) {
  shared_->turns.intake_is(up);
  if (!up) return;
  shared_->nudge();
  shared_->give_turns();
}

void Express::feed_connected() {
  shared_->nudge();
}

std::size_t Express::up() const {
  std::lock_guard const lock(shared_->mutex);
  return static_cast<std::size_t>(std::ranges::count_if(
      shared_->links, [](auto const& entry) { return entry.second->connected(); }));
}

bool Express::Shared::is_stopped() const {
  std::lock_guard const lock(mutex);
  return stopped;
}

void Express::Shared::adjust() {
  std::erase_if(going, [](auto const& link) { return link->ended(); });
  std::erase_if(links, [&](auto const& entry) {
    if (std::ranges::find(lanes, entry.first) != lanes.end()) return false;
    entry.second->stop();
    going.push_back(entry.second);
    asio::post(thread, [self = shared_from_this(), lane = entry.first] { self->settled(lane); });
    return true;
  });
  if (!started || stopped) return;
  for (auto const& lane : lanes) {
    auto& link = links[lane];
    if (link) continue;
    link = link_for(lane);
    link->start();
  }
}

std::shared_ptr<Link> Express::Shared::link_for(std::string const& lane) {
  LinkPlan link;
  link.role = express_name_of(lane);
  link.request.settings = plan.settings;
  link.request.client_id = "siaga-" + plan.gateway + "-" + express_name_of(lane);
  link.request.keeps_session = lane == all_answers;
  link.filters = {lane};
  link.on_message = plan.on_message;
  std::weak_ptr<Shared> const weak = weak_from_this();  // the links are ours
  link.on_up = [weak, up = plan.on_up, lane](BrokerSession) {
    if (auto const self = weak.lock()) self->settled(lane);
    up(lane);
  };
  link.on_down = [down = plan.on_down, lane] { down(lane); };
  link.may_try = [weak, lane] {
    auto const self = weak.lock();
    return self && self->may_try(lane);
  };
  link.on_failed = [weak, lane](Error const& why) {
    if (auto const self = weak.lock()) self->failed(lane, why);
  };
  if (link.request.keeps_session) link.troubles = plan.troubles;
  return std::make_shared<Link>(thread, std::move(link));
}

void Express::Shared::nudge() {
  std::lock_guard const lock(mutex);
  for (auto const& [lane, link] : links) link->nudge();
}

bool Express::Shared::may_try(std::string const& lane) const {
  return turns.may_try(lane) && (!plan.feed_up || plan.feed_up());
}

void Express::Shared::failed(std::string const& lane, Error const& why) {
  if (!turns.failed(lane, why)) return;
  log::warning("express_refused", {{"role", express_name_of(lane)}, {"error", why.text()}});
  plan.troubles.raise(IncidentKind::express_refused, plan.gateway,
                      "links refused: " + std::to_string(turns.refused()) +
                          "; raise max_connections of the gateway's listener, or tell its limit "
                          "with [mqtt] connections_max");
}

void Express::Shared::settled(std::string const& lane) {
  if (turns.settled(lane)) plan.troubles.end(IncidentKind::express_refused, plan.gateway);
}

void Express::Shared::give_turns() {
  if (std::exchange(giving_turns, true)) return;
  spawn(thread, "mqtt_turns", give_in_turn(shared_from_this()));
}

asio::awaitable<void> Express::Shared::give_in_turn(std::shared_ptr<Shared> self) {
  asio::steady_timer timer(self->thread);
  while (!self->is_stopped() && self->turns.give_next()) {
    self->nudge();
    timer.expires_after(Turns::one_every);
    co_await timer.async_wait(asio::use_awaitable);
  }
  self->giving_turns = false;
}

}  // namespace siaga::mqtt
