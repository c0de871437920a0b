// Connection: one connection to the broker, from CONNECT to its loss; never used again after it.
//
// Place:  link -> CONNECTION -> Paho. A new one for each attempt: nothing of Paho's memory (queued
//         acknowledgements above all) survives into the next.
// Thread: PahoThread only; OnMessage runs on Paho's receiver and must not call in here.
// Time:   connect() and subscribe() have limits. If a publish gets no answer within `answer_limit`,
//         the connection is dead and is ended.
// Errors: connect_failed, refused_by_peer (with the broker's reason), timed_out. Of publish:
//         connection_lost when the connection ended while the message was on its way, unavailable
//         when it ended before; refused_by_peer; invalid_argument for a message that the broker
//         said it does not accept.
// Durable: OnMessage answering true lets the PUBACK go. False cuts the wire: the broker keeps the
//         message and sends it again on the next connection.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/ports/inbox.hpp"
#include "gateway/ports/status_feed.hpp"
#include "protocols/mqtt/settings.hpp"

namespace siaga::mqtt {

struct Will {
  std::string topic;
  std::string payload;  // published retained
};

struct ConnectRequest {
  Settings settings;
  std::string client_id;
  bool keeps_session = false;   // else a clean start, forgotten at its end
  bool takes_retained = false;  // what the broker retains, once for a new subscription
  std::optional<Will> will;
};

// Whether the broker still had what it kept for us.
enum class BrokerSession { resumed, fresh };

// Why a connection ended.
struct Loss {
  std::string why;
  bool taken = false;  // by another client of our id (MQTT 5.0, 3.14.2.1: 0x8E)
};

struct Publication {
  OutgoingMessage message;
  std::string response_topic;
};

class Connection {
 public:
  using Limit = std::chrono::milliseconds;
  using OnMessage = std::function<bool(RawMessage const& message, int qos)>;
  using OnPublished = std::function<void(Result<void>)>;

  static Result<std::unique_ptr<Connection>> make(boost::asio::any_io_executor const& paho_thread,
                                                  ConnectRequest request, OnMessage on_message);
  ~Connection();  // says goodbye when it still can: no last will then
  Connection(Connection const&) = delete;
  Connection& operator=(Connection const&) = delete;

  boost::asio::awaitable<Result<BrokerSession>> connect();
  boost::asio::awaitable<Result<void>> subscribe(std::vector<std::string> filters, Limit limit);
  void publish(Publication publication, OnPublished done);
  std::size_t publishing() const noexcept;  // sent or queued, not yet answered

  // True when the connection has ended, or end() was called; false when it still holds then.
  boost::asio::awaitable<bool> lost(std::chrono::steady_clock::time_point until);
  void end();
  Loss const& loss() const;

 private:
  struct Shared;
  explicit Connection(std::shared_ptr<Shared> shared);
  std::shared_ptr<Shared> shared_;
};

}  // namespace siaga::mqtt
