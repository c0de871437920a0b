// Link: keeps one client connected for as long as it is wanted: connect, subscribe, wait for the
// loss, pause, again. Paho's own reconnect never resubscribes and hides lost sessions.
//
// Place:  intake, feed -> LINK -> connection.
// Thread: start(), stop(), publish() and the readings any; the loop and the hooks on PahoThread,
//         on_message on Paho's receiver. The owner keeps PahoThread alive.
// Time:   pauses are steady time, reconnect_min to reconnect_max with jitter; they grow until a
//         connection has lasted longer than the longest pause.
// Errors: logged here, once per change of reason.
#pragma once

#include <atomic>
#include <future>
#include <memory>
#include <random>

#include "gateway/async/event.hpp"
#include "protocols/mqtt/connection.hpp"
#include "protocols/mqtt/stability.hpp"
#include "protocols/mqtt/troubles.hpp"

namespace siaga::mqtt {

struct LinkPlan {
  std::string role;  // for the log: "intake"
  ConnectRequest request;
  std::vector<std::string> filters;
  bool filters_needed = true;  // else the connection is kept when the broker refuses them
  Connection::OnMessage on_message;
  std::function<void(BrokerSession)> on_up;
  std::function<void()> on_down = {};  // after each on_up, once
  // Asked before each attempt; until it says yes the link waits for nudges. Unset: always.
  std::function<bool()> may_try = {};
  std::function<void(Error const&)> on_failed = {};  // an attempt that was never up
  std::optional<Troubles> troubles = {};  // where a connection that does not hold is told
};

class Link : public std::enable_shared_from_this<Link> {
 public:
  Link(boost::asio::any_io_executor const& paho_thread, LinkPlan plan);

  void start();
  void stop();        // lets publishes under way end, then says goodbye
  void wait_ended();  // after stop(); never on PahoThread
  bool ended() const noexcept { return ended_now_; }
  void publish(Publication publication, Connection::OnPublished done);
  void nudge();  // it may be allowed to try now

  bool connected() const noexcept { return connected_; }
  std::uint64_t connections() const noexcept { return connections_; }

 private:
  static boost::asio::awaitable<void> run(std::shared_ptr<Link> self);
  boost::asio::awaitable<void> attempt();
  boost::asio::awaitable<Result<BrokerSession>> open();
  boost::asio::awaitable<void> keep();
  boost::asio::awaitable<void> await_turn();
  void tell(Stability::Trouble trouble, Loss const& loss);
  void tell_proven();
  void tell_read(Result<void> const& subscribed);
  boost::asio::awaitable<void> stay_away();
  void failed(Error const& error);

  boost::asio::any_io_executor thread_;
  LinkPlan plan_;
  std::unique_ptr<Connection> connection_;
  Event wake_;
  Event turn_;
  Stability stability_;
  std::minstd_rand random_;
  int failures_ = 0;                 // in a row
  Settings::Duration last_pause_{};  // before the last attempt
  std::string said_;
  bool started_ = false;
  bool stopping_ = false;
  std::promise<void> ended_;
  std::atomic<bool> ended_now_ = false;
  std::atomic<bool> connected_ = false;
  std::atomic<std::uint64_t> connections_ = 0;
};

}  // namespace siaga::mqtt
