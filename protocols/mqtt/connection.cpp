#include "protocols/mqtt/connection.hpp"

#include "protocols/mqtt/connect_options.hpp"
#include "protocols/mqtt/connection_shared.hpp"

namespace siaga::mqtt {
namespace asio = boost::asio;
using Steady = std::chrono::steady_clock;

namespace {

constexpr int buffered_max = 10'000;
constexpr std::chrono::seconds look_every{1};
constexpr unsigned char retained_if_new = 1, retained_never = 2;

}  // namespace

Connection::Connection(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {}

Result<std::unique_ptr<Connection>> Connection::make(asio::any_io_executor const& paho_thread,
                                                     ConnectRequest request, OnMessage on_message) {
  auto const broker = broker_address(request.settings.url);
  if (!broker) return broker.error();
  auto const shared =
      std::make_shared<Shared>(paho_thread, std::move(request), std::move(on_message));
  shared->port = broker->port;
  MQTTAsync_createOptions options = MQTTAsync_createOptions_initializer5;
  options.maxBufferedMessages = buffered_max;
  int const made = MQTTAsync_createWithOptions(&shared->handle, paho_url(*broker).c_str(),
                                               shared->request.client_id.c_str(),
                                               MQTTCLIENT_PERSISTENCE_NONE, nullptr, &options);
  if (made != MQTTASYNC_SUCCESS) {
    MQTTAsync_destroy(&shared->handle);
    return Error(Errc::connect_failed, std::string("Paho: ") + MQTTAsync_strerror(made));
  }
  // Before connecting: a kept session delivers right after CONNACK.
  MQTTAsync_setCallbacks(shared->handle, shared.get(), &Shared::was_lost, &Shared::arrived,
                         nullptr);
  MQTTAsync_setDisconnected(shared->handle, shared.get(), &Shared::was_ended);
  return std::unique_ptr<Connection>(new Connection(shared));
}

Connection::~Connection() {
  MQTTAsync_destroy(&shared_->handle);  // no callback runs after it
  shared_->settle_all();
}

asio::awaitable<Result<BrokerSession>> Connection::connect() {
  auto const self = shared_;
  auto const options = ConnectOptions::make(self->request);
  if (!options) co_return options.error();
  auto& paho = (*options)->paho();
  paho.onSuccess5 = &Shared::did_connect;
  paho.onFailure5 = &Shared::did_not_connect;
  paho.context = self.get();
  self->before = sockets_to(self->port);
  int const begun = MQTTAsync_connect(self->handle, &paho);
  if (begun != MQTTASYNC_SUCCESS)
    co_return Error(Errc::connect_failed, std::string("Paho: ") + MQTTAsync_strerror(begun));
  auto const until = Steady::now() + self->request.settings.connect_limit;
  while (!self->connected && !self->ended && Steady::now() < until)
    co_await self->changed.wait_for(until - Steady::now());
  if (self->connected) co_return *self->connected;
  if (self->ended) co_return Error(Errc::connect_failed, self->loss.why);
  co_return Error(Errc::timed_out, "the broker did not answer CONNECT in time");
}

asio::awaitable<Result<void>> Connection::subscribe(std::vector<std::string> filters, Limit limit) {
  auto const self = shared_;
  std::vector<char*> names;
  for (auto& filter : filters) names.push_back(filter.data());
  std::vector<int> qos(filters.size(), 1);
  std::vector<MQTTSubscribe_options> each(filters.size(), MQTTSubscribe_options_initializer);
  auto const retained = self->request.takes_retained ? retained_if_new : retained_never;
  for (auto& options : each) {
    options.retainHandling = retained;
    options.retainAsPublished = 1;  // else a message published to be retained looks like any other
  }
  MQTTAsync_responseOptions response = MQTTAsync_responseOptions_initializer;
  response.onSuccess5 = &Shared::did_subscribe;
  response.onFailure5 = &Shared::did_not_subscribe;
  response.context = self.get();
  response.subscribeOptionsList = each.data();
  response.subscribeOptionsCount = static_cast<int>(each.size());
  if (each.size() == 1) response.subscribeOptions = each.front();
  self->subscribed.reset();
  int const begun = MQTTAsync_subscribeMany(self->handle, static_cast<int>(names.size()),
                                            names.data(), qos.data(), &response);
  if (begun != MQTTASYNC_SUCCESS)
    co_return Error(Errc::connection_lost, std::string("Paho: ") + MQTTAsync_strerror(begun));
  auto const until = Steady::now() + limit;
  while (!self->subscribed && !self->ended && Steady::now() < until)
    co_await self->changed.wait_for(until - Steady::now());
  if (self->subscribed) co_return *self->subscribed;
  if (self->ended) co_return Error(Errc::connection_lost, self->loss.why);
  co_return Error(Errc::timed_out, "the broker did not answer SUBSCRIBE in time");
}

asio::awaitable<bool> Connection::lost(Steady::time_point until) {
  auto const self = shared_;
  while (!self->ended && Steady::now() < until) {
    Steady::duration const left = until - Steady::now();
    co_await self->changed.wait_for(std::min<Steady::duration>(look_every, left));
    self->look_for_silence();
  }
  co_return self->ended;
}

void Connection::end() {
  shared_->end({"ended by us", false});
}

Loss const& Connection::loss() const {
  return shared_->loss;
}

}  // namespace siaga::mqtt
