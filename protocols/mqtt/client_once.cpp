#include "protocols/mqtt/client_once.hpp"

#include <boost/asio/post.hpp>
#include <future>
#include <random>

#include "gateway/async/event.hpp"
#include "gateway/async/spawn.hpp"
#include "gateway/ports/topics.hpp"
#include "protocols/mqtt/connection.hpp"
#include "protocols/mqtt/paho_thread.hpp"

namespace siaga::mqtt {
namespace asio = boost::asio;
using Limit = std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

namespace {

std::string random_word() {
  static constexpr char digits[] = "0123456789abcdef";
  std::random_device random;
  std::string word;
  for (int i = 0; i < 16; ++i) word += digits[random() % 16];
  return word;
}

// The exchange; lives on PahoThread, ends by answering the promise.
struct Exchange {
  Exchange(asio::any_io_executor const& thread, Settings s, OneAlert a, Limit limit)
      : executor(thread),
        settings(std::move(s)),
        alert(std::move(a)),
        until(Steady::now() + limit),
        changed(thread) {}

  Limit left() const { return std::max(std::chrono::ceil<Limit>(until - Steady::now()), Limit(0)); }

  asio::any_io_executor executor;
  Settings settings;
  OneAlert alert;
  Steady::time_point until;
  Event changed;
  std::string mark = random_word();
  std::optional<std::string> receipt;
  std::optional<Error> refused;
  std::promise<Result<std::string>> answer;
};
using Shared = std::shared_ptr<Exchange>;

Result<std::unique_ptr<Connection>> connection_of(Shared const& self) {
  ConnectRequest request;
  request.settings = self->settings;
  request.settings.connect_limit = std::min(self->settings.connect_limit, self->left());
  request.client_id = "siaga-send-" + self->mark;
  return Connection::make(self->executor, std::move(request), [self](RawMessage const& m, int) {
    if (m.correlation_data != self->mark) return true;
    asio::post(self->executor, [self, payload = m.payload] {
      self->receipt = payload;
      self->changed.notify();
    });
    return true;
  });
}

void publish(Shared const& self, Connection& connection) {
  Publication publication;
  publication.message =
      OutgoingMessage(std::string(topics::alert) + self->alert.agency, self->alert.payload, false);
  publication.message.content_type = self->alert.content_type;
  publication.message.correlation_data = self->mark;
  publication.message.user_properties = self->alert.user_properties;
  publication.response_topic = topics::receipt(AgencyId(self->alert.agency));
  connection.publish(std::move(publication), [self](Result<void> result) {
    if (!result) self->refused = result.error();
    self->changed.notify();
  });
}

asio::awaitable<Result<std::string>> converse(Shared self) {
  auto const made = connection_of(self);
  if (!made) co_return made.error();
  auto& connection = **made;
  auto const connected = co_await connection.connect();
  if (!connected) co_return connected.error();
  std::vector<std::string> filters(1, topics::receipt(AgencyId(self->alert.agency)));
  auto const limit = self->left();
  auto const subscribed = co_await connection.subscribe(std::move(filters), limit);
  if (!subscribed) co_return subscribed.error();
  publish(self, connection);
  while (!self->receipt && !self->refused && self->left() > Limit(0))
    co_await self->changed.wait_for(self->left());
  if (self->receipt) co_return *self->receipt;
  if (self->refused) co_return *self->refused;
  co_return Error(Errc::timed_out,
                  "no receipt in time; the alert may have arrived: send the same file again");
}

asio::awaitable<void> answer(Shared self) {
  auto result = co_await converse(self);
  self->answer.set_value(std::move(result));
}

}  // namespace

Result<std::string> publish_and_wait(Settings settings, OneAlert alert, Limit limit) {
  if (!topics::is_level(alert.agency))
    return Error(Errc::invalid_argument, "'" + alert.agency + "' cannot be an agency's id");
  auto const thread = PahoThread::shared();
  auto const exchange =
      std::make_shared<Exchange>(thread->executor(), std::move(settings), std::move(alert), limit);
  auto answered = exchange->answer.get_future();
  spawn(thread->executor(), "mqtt_send", answer(exchange));
  return answered.get();
}

}  // namespace siaga::mqtt
