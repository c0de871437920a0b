#include "protocols/mqtt/intake.hpp"

#include <boost/asio/post.hpp>

#include "gateway/base/log.hpp"
#include "gateway/ports/topics.hpp"
#include "protocols/mqtt/express.hpp"
#include "protocols/mqtt/paho_thread.hpp"
#include "protocols/mqtt/twins.hpp"

namespace siaga::mqtt {
namespace asio = boost::asio;

namespace {

// An empty message that is retained takes away what was: it says nothing itself
// (MQTT 5.0, 3.3.1.3).
bool clears_retained(RawMessage const& message) {
  return message.retained && message.payload.empty();
}

}  // namespace

struct Intake::Shared {
  explicit Shared(IntakeContext c) : context(std::move(c)) {}

  IntakeContext context;
  std::shared_ptr<PahoThread> thread = PahoThread::shared();
  std::shared_ptr<Link> link;
  std::optional<Express> express;
  Twins twins;
  bool started = false;
  std::atomic<bool> stopped = false;
  std::atomic<bool> refusing = false;
  std::atomic<std::uint64_t> received = 0, without_guarantee = 0, refused = 0, foreign = 0,
                             sessions_lost = 0;

  bool take(RawMessage const& arrived, int qos);
  bool take_express(RawMessage const& arrived);
  Result<void> keep_once(Path by, RawMessage const& arrived);
  Result<void> keep(RawMessage const& arrived);
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
  auto const kept = keep_once(Path::session, arrived);
  refusing = !kept;
  if (kept) return true;
  ++refused;
  log::error("alert_left_with_broker", {{"topic", arrived.topic}, {"error", kept.error().text()}});
  if (context.events.refused)
    asio::post(context.core, [tell = context.events.refused, arrived, why = kept.error()] {
      tell(arrived, why);
    });
  return false;
}

// What the store refuses here the kept session still holds at the broker, and says so.
bool Intake::Shared::take_express(RawMessage const& arrived) {
  (void)keep_once(Path::express, arrived);
  return true;
}

Result<void> Intake::Shared::keep_once(Path by, RawMessage const& arrived) {
  if (clears_retained(arrived)) return {};
  auto const lane = lane_of(arrived.topic);
  if (by == Path::session && !twins.expects(lane)) return keep(arrived);
  auto const name = Twins::name_of(arrived);
  if (twins.came_before(by, name)) return {};
  auto const done = keep(arrived);
  if (done) twins.kept(by, name, lane);
  return done;
}

Result<void> Intake::Shared::keep(RawMessage const& arrived) {
  auto message = arrived;
  message.received_at = context.clock.utc_now();
  auto const done = context.inbox.keep(std::move(message));
  if (done) ++received;
  return done;
}

void Intake::Shared::up(BrokerSession session) {
  express->intake_is(true);
  if (session == BrokerSession::fresh) twins.session_lost();
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
  plan.request.takes_retained = true;
  for (auto const prefix : {topics::alert, topics::answer})
    plan.filters.push_back(std::string(prefix) + "+");
  plan.on_message = [&self](RawMessage const& message, int qos) { return self.take(message, qos); };
  plan.on_up = [&self](BrokerSession session) { self.up(session); };
  // While the store refuses we end our connections ourselves: nobody takes our place meanwhile.
  plan.on_down = [&self] { self.express->intake_is(self.refusing); };
  plan.on_failed = [&self](Error const&) { self.express->intake_is(self.refusing); };
  plan.troubles.emplace(self.context.core, self.context.incidents);
  self.link = std::make_shared<Link>(self.thread->executor(), std::move(plan));
  ExpressPlan express;
  express.settings = self.context.settings;
  express.gateway = self.context.gateway;
  express.feed_up = self.context.feed_up;
  express.troubles = Troubles(self.context.core, self.context.incidents);
  express.on_message = [&self](RawMessage const& message, int) {
    return self.take_express(message);
  };
  express.on_up = [&self](std::string const& lane) { self.twins.open(lane); };
  express.on_down = [&self](std::string const& lane) { self.twins.close(lane); };
  self.express.emplace(self.thread->executor(), std::move(express));
}

Intake::~Intake() {
  stop();
  shared_->link->wait_ended();
  shared_->express->wait_ended();
}

void Intake::start() {
  shared_->started = true;
  shared_->link->start();
  shared_->express->start();
}

void Intake::give_express(std::vector<AgencyId> const& agencies) {
  shared_->express->serve(agencies);
}

void Intake::feed_connected() {
  shared_->express->feed_connected();
}

void Intake::stop() {
  shared_->stopped = true;
  shared_->express->stop();
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
std::size_t Intake::express_up() const {
  return shared_->express->up();
}

}  // namespace siaga::mqtt
