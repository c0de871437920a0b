#include "protocols/mqtt/express.hpp"

#include <algorithm>

#include "gateway/ports/topics.hpp"

namespace siaga::mqtt {
namespace {

constexpr std::string_view all_answers = "siaga/ack/+";
static_assert(all_answers.starts_with(topics::answer));

// The end of the client's id, and its name in the log.
std::string name_of(std::string_view lane) {
  if (lane == all_answers) return "answers";
  return "express-" + std::string(lane.substr(topics::alert.size()));
}

}  // namespace

std::string_view lane_of(std::string_view topic) {
  return topic.starts_with(topics::answer) ? all_answers : topic;
}

Express::Express(boost::asio::any_io_executor const& paho_thread, ExpressPlan plan)
    : thread_(paho_thread), plan_(std::move(plan)) {}

void Express::serve(std::vector<AgencyId> const& agencies) {
  std::lock_guard const lock(mutex_);
  lanes_.clear();
  auto const most = static_cast<std::size_t>(plan_.settings.express_max);
  for (auto const& agency : agencies)
    if (lanes_.size() < most) lanes_.push_back(std::string(topics::alert) + agency.value);
  if (!lanes_.empty()) lanes_.emplace_back(all_answers);
  adjust();
}

void Express::start() {
  std::lock_guard const lock(mutex_);
  started_ = true;
  adjust();
}

void Express::stop() {
  std::lock_guard const lock(mutex_);
  stopped_ = true;
  lanes_.clear();
  adjust();
}

void Express::wait_ended() {
  std::vector<std::shared_ptr<Link>> going;
  {
    std::lock_guard const lock(mutex_);
    going.swap(going_);
  }
  for (auto const& link : going) link->wait_ended();
}

void Express::adjust() {
  std::erase_if(going_, [](auto const& link) { return link->ended(); });
  std::erase_if(links_, [&](auto const& entry) {
    if (std::ranges::find(lanes_, entry.first) != lanes_.end()) return false;
    entry.second->stop();
    going_.push_back(entry.second);
    return true;
  });
  if (!started_ || stopped_) return;
  for (auto const& lane : lanes_) {
    auto& link = links_[lane];
    if (link) continue;
    link = link_for(lane);
    link->start();
  }
}

std::shared_ptr<Link> Express::link_for(std::string const& lane) const {
  LinkPlan plan;
  plan.role = name_of(lane);
  plan.request.settings = plan_.settings;
  plan.request.client_id = "siaga-" + plan_.gateway + "-" + name_of(lane);
  plan.request.keeps_session = lane == all_answers;
  plan.filters = {lane};
  plan.on_message = plan_.on_message;
  plan.on_up = [up = plan_.on_up, lane](BrokerSession) { up(lane); };
  plan.on_down = [down = plan_.on_down, lane] { down(lane); };
  return std::make_shared<Link>(thread_, std::move(plan));
}

std::size_t Express::up() const {
  std::lock_guard const lock(mutex_);
  return static_cast<std::size_t>(
      std::ranges::count_if(links_, [](auto const& entry) { return entry.second->connected(); }));
}

}  // namespace siaga::mqtt
