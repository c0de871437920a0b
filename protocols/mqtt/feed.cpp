#include "protocols/mqtt/feed.hpp"

#include <boost/asio/post.hpp>

#include "gateway/ports/topics.hpp"
#include "protocols/mqtt/link.hpp"
#include "protocols/mqtt/paho_thread.hpp"

namespace siaga::mqtt {
namespace asio = boost::asio;

namespace {

constexpr std::size_t under_way_max = 1024;
constexpr char const* offline = R"({"state":"offline"})";

// One publish: what the awaiting coroutine and Paho's answer share.
struct Answer {
  explicit Answer(asio::any_io_executor const& core) : came(core) {}
  Event came;
  std::optional<Result<void>> result;
};

}  // namespace

struct Feed::Shared {
  explicit Shared(asio::any_io_executor const& executor) : core(executor) {}

  asio::any_io_executor core;
  std::shared_ptr<PahoThread> thread = PahoThread::shared();
  std::shared_ptr<Link> link;
  std::function<void()> tell_connected;
  std::function<void(std::string)> tell_noted;
  std::size_t under_way = 0;
  std::uint64_t published = 0;
};

Feed::Feed(asio::any_io_executor const& core, Settings settings, std::string const& gateway,
           FindIncidents incidents)
    : shared_(std::make_shared<Shared>(core)) {
  auto& self = *shared_;
  LinkPlan plan;
  plan.role = "feed";
  plan.request.settings = std::move(settings);
  plan.request.client_id = "siaga-" + gateway + "-feed";
  plan.request.will = Will{topics::gateway(gateway), offline};
  plan.troubles.emplace(core, std::move(incidents));
  plan.request.takes_retained = true;
  plan.filters = {topics::log(gateway)};
  plan.filters_needed = false;
  plan.on_message = [&self](RawMessage const& message, int) {
    asio::post(self.core, [tell = self.tell_noted, text = message.payload] {
      if (tell) tell(text);
    });
    return true;
  };
  plan.on_up = [&self](BrokerSession) {
    if (self.tell_connected) asio::post(self.core, self.tell_connected);
  };
  self.link = std::make_shared<Link>(self.thread->executor(), std::move(plan));
}

Feed::~Feed() {
  stop();
  shared_->link->wait_ended();
}

void Feed::when_connected(std::function<void()> tell) {
  shared_->tell_connected = std::move(tell);
}
void Feed::when_noted(std::function<void(std::string)> tell) {
  shared_->tell_noted = std::move(tell);
}
void Feed::start() {
  shared_->link->start();
}
void Feed::stop() {
  shared_->link->stop();
}

asio::awaitable<Result<void>> Feed::publish(OutgoingMessage message) {
  auto const self = shared_;
  if (self->under_way >= under_way_max)
    co_return Error(Errc::queue_full, "too many MQTT messages wait for the broker's answer");
  auto const answer = std::make_shared<Answer>(self->core);
  Publication publication{std::move(message), {}};
  self->link->publish(std::move(publication), [core = self->core, answer](Result<void> result) {
    asio::post(core, [answer, result = std::move(result)] {
      answer->result = result;
      answer->came.notify();
    });
  });
  struct UnderWay {
    std::size_t& count;
    explicit UnderWay(std::size_t& c) : count(c) { ++count; }
    ~UnderWay() { --count; }
  } const under_way(self->under_way);
  while (!answer->result) co_await answer->came.wait();
  if (*answer->result) ++self->published;
  co_return *answer->result;
}

bool Feed::connected() const noexcept {
  return shared_->link->connected();
}
std::uint64_t Feed::reconnects() const noexcept {
  auto const all = shared_->link->connections();
  return all > 0 ? all - 1 : 0;
}
std::uint64_t Feed::published() const noexcept {
  return shared_->published;
}

}  // namespace siaga::mqtt
