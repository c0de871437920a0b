#include "protocols/mqtt/intake.hpp"

#include <boost/asio/post.hpp>

#include "gateway/base/log.hpp"
#include "gateway/ports/topics.hpp"
#include "protocols/mqtt/link.hpp"
#include "protocols/mqtt/paho_thread.hpp"

namespace siaga::mqtt {
namespace asio = boost::asio;

struct Intake::Shared {
  explicit Shared(IntakeContext c) : context(std::move(c)) {}

  IntakeContext context;
  std::shared_ptr<PahoThread> thread = PahoThread::shared();
  std::shared_ptr<Link> link;
  bool started = false;
  std::atomic<bool> stopped = false;
  std::atomic<bool> refusing = false;
  std::atomic<std::uint64_t> received = 0, without_guarantee = 0, refused = 0, foreign = 0,
                             sessions_lost = 0;

  bool take(RawMessage const& arrived, int qos);
  void up(BrokerSession session);
};

// On Paho's receiver: returning true acknowledges.
bool Intake::Shared::take(RawMessage const& arrived, int qos) {
  if (!topics::is_inbound(arrived.topic)) {
    ++foreign;
    log::warning("foreign_topic", {{"topic", arrived.topic}});
    return true;
  }
  if (qos == 0) {
    ++without_guarantee;
    log::warning("published_without_guarantee", {{"topic", arrived.topic}});
  }
  auto message = arrived;
  message.received_at = context.clock.utc_now();
  auto const kept = context.inbox.keep(std::move(message));
  refusing = !kept;
  if (kept) {
    ++received;
    return true;
  }
  ++refused;
  log::error("alert_left_with_broker", {{"topic", arrived.topic}, {"error", kept.error().text()}});
  if (context.events.refused)
    asio::post(context.core, [tell = context.events.refused, arrived, why = kept.error()] {
      tell(arrived, why);
    });
  return false;
}

void Intake::Shared::up(BrokerSession session) {
  if (session == BrokerSession::resumed) return;
  ++sessions_lost;
  log::warning(
      "broker_had_no_session",
      {{"gateway", context.gateway},
       {"meaning", "what was published while away is lost, unless this is the first start"}});
  if (context.events.session_lost) asio::post(context.core, context.events.session_lost);
}

Intake::Intake(IntakeContext context) : shared_(std::make_shared<Shared>(std::move(context))) {
  auto& self = *shared_;
  LinkPlan plan;
  plan.role = "intake";
  plan.request.settings = self.context.settings;
  plan.request.client_id = "siaga-" + self.context.gateway + "-intake";
  plan.request.keeps_session = true;
  for (auto const prefix : {topics::alert, topics::answer})
    plan.filters.push_back(std::string(prefix) + "+");
  plan.on_message = [&self](RawMessage const& message, int qos) { return self.take(message, qos); };
  plan.on_up = [&self](BrokerSession session) { self.up(session); };
  self.link = std::make_shared<Link>(self.thread->executor(), std::move(plan));
}

Intake::~Intake() {
  stop();
  shared_->link->wait_ended();
}

void Intake::start() {
  shared_->started = true;
  shared_->link->start();
}

void Intake::stop() {
  shared_->stopped = true;
  shared_->link->stop();
}

IntakeState Intake::state() const noexcept {
  auto const& self = *shared_;
  if (!self.started || self.stopped) return IntakeState::stopped;
  if (self.refusing) return IntakeState::refusing;
  return self.link->connected() ? IntakeState::connected : IntakeState::connecting;
}

bool Intake::connected() const noexcept {
  return state() == IntakeState::connected;
}

std::uint64_t Intake::reconnects() const noexcept {
  auto const all = shared_->link->connections();
  return all > 0 ? all - 1 : 0;
}
std::uint64_t Intake::received() const noexcept {
  return shared_->received;
}
std::uint64_t Intake::refused() const noexcept {
  return shared_->refused;
}
std::uint64_t Intake::without_guarantee() const noexcept {
  return shared_->without_guarantee;
}
std::uint64_t Intake::foreign() const noexcept {
  return shared_->foreign;
}
std::uint64_t Intake::sessions_lost() const noexcept {
  return shared_->sessions_lost;
}

}  // namespace siaga::mqtt
