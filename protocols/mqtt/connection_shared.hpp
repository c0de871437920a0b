// Connection::Shared: the parts of a Connection that Paho's callbacks use, and the callbacks
// themselves.
//
// Place:  private to connection.
// Thread: callbacks run on Paho's threads with its process-wide mutex held, so they only post; all
//         but `sockets` and `is_cut`, which are the receiver's, belongs to PahoThread.
// Errors: an exception in a callback ends the process, unacknowledged: the message comes again.
#pragma once

#include <MQTTAsync.h>

#include <boost/asio/post.hpp>
#include <map>

#include "gateway/async/event.hpp"
#include "protocols/mqtt/connection.hpp"
#include "protocols/mqtt/own_sockets.hpp"

namespace siaga::mqtt {

// Paho 1.3.12 counts MQTT 5 publishes in flight wrongly and stalls at the broker's receive maximum
// (mosquitto: 20), so our own window stays below.
inline constexpr std::size_t window_max = 16;

struct Connection::Shared : std::enable_shared_from_this<Shared> {
  struct Token {
    Shared* owner;
    std::uint64_t id;
  };
  struct Publishing {
    Token token;
    Publication publication;
    OnPublished done;
    std::chrono::steady_clock::time_point answer_by;
  };
  using Publishings = std::map<std::uint64_t, std::unique_ptr<Publishing>>;

  Shared(boost::asio::any_io_executor const& thread, ConnectRequest r, OnMessage m)
      : executor(thread),
        request(std::move(r)),
        on_message(std::move(m)),
        changed(thread),
        window(window_max) {}

  boost::asio::any_io_executor executor;
  ConnectRequest request;
  OnMessage on_message;
  MQTTAsync handle = nullptr;
  std::uint16_t port = 0;

  Event changed;
  std::optional<Result<BrokerSession>> connected;
  std::optional<Result<void>> subscribed;
  bool ended = false;
  Loss loss;
  Publishings sent;     // unanswered, never more than `window`
  Publishings waiting;  // for room in it
  std::size_t window;
  std::uint32_t packet_bytes_max = 0;  // that the broker takes; 0 = it names none
  std::uint64_t published = 0;

  OwnSockets before, sockets;
  bool is_cut = false;

  template <class Job>
  void on_our_thread(Job job) {
    boost::asio::post(executor, [self = shared_from_this(), job = std::move(job)] { job(*self); });
  }
  void did(Result<BrokerSession> connect) {
    connected = std::move(connect);
    changed.notify();
  }
  void did(Result<void> subscribe) {
    subscribed = std::move(subscribe);
    changed.notify();
  }
  void end(Loss because) {
    if (ended) return;
    ended = true;
    loss = std::move(because);
    changed.notify();
  }
  void send_waiting();
  Result<void> send(Publishing& publishing);
  void settle(std::uint64_t id, Result<void> result);
  void settle_all();
  void look_for_silence();
  bool take(char* topic, int topic_bytes, MQTTAsync_message& message);

  static Shared& of(void* context) { return *static_cast<Shared*>(context); }
  static int arrived(void* context, char* topic, int bytes, MQTTAsync_message* message) noexcept;
  static void was_lost(void* context, char* cause) noexcept;
  static void was_ended(void* context, MQTTProperties* properties,
                        enum MQTTReasonCodes reason) noexcept;
  static void did_connect(void* context, MQTTAsync_successData5* data) noexcept;
  static void did_not_connect(void* context, MQTTAsync_failureData5* data) noexcept;
  static void did_subscribe(void* context, MQTTAsync_successData5* data) noexcept;
  static void did_not_subscribe(void* context, MQTTAsync_failureData5* data) noexcept;
  static void did_publish(void* context, MQTTAsync_successData5* data) noexcept;
  static void did_not_publish(void* context, MQTTAsync_failureData5* data) noexcept;
};

}  // namespace siaga::mqtt
