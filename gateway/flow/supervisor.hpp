// Supervisor: does what must happen regularly: expiry, log checkpoints, the gateway's own state,
// the watchdog.
//
// Place:  app -> SUPERVISOR -> journal, announcer, dispatcher.
// Thread: core only.
// Time:   sweeps by the steady clock; expiry is judged by UTC. If the wall clock jumps against the
//         steady one, that is logged as an event. Nothing here waits for the broker: run_sayings()
//         publishes, so that a hung broker never delays the watchdog.
// Rollback: while the store is older than the checkpoint the broker retains, no checkpoint is
//         published (decisions/0027).
// Durable: expiries, deliveries assumed and checkpoints, through the journal.
#pragma once

#include <functional>

#include "gateway/flow/announcer.hpp"
#include "gateway/flow/dispatcher.hpp"
#include "gateway/flow/escalator.hpp"
#include "gateway/ports/incidents.hpp"

namespace siaga::flow {

struct SupervisorContext {
  boost::asio::any_io_executor executor;
  Clock& clock;
  Journal& journal;
  Current& world;
  StorageWatch& storage;
  Dispatcher& dispatcher;
  Escalator& escalator;
  Announcer& announcer;
  Wire const& wire;
  Settings const& settings;
  std::string gateway_name;
  std::string version;
  std::function<void()> alive;  // called after each store round trip
  IncidentSink& incidents;
  std::function<void()> on_rollback;  // unset: it goes on telling people
};

class Supervisor {
 public:
  explicit Supervisor(SupervisorContext context);

  boost::asio::awaitable<void> run();
  boost::asio::awaitable<void> run_sayings();
  boost::asio::awaitable<void> say_goodbye();  // at stop: the last checkpoint, then offline
  void stop();                                 // sweeps no more
  void connected();                            // the broker is back, perhaps without our state
  void noted(std::string checkpoint);          // what the broker retains of our log
  bool rolled_back() const noexcept { return standing_.rolled_back; }
  GatewayState state() const;

 private:
  boost::asio::awaitable<void> expire();
  boost::asio::awaitable<void> assume_delivered();
  boost::asio::awaitable<void> probe();
  boost::asio::awaitable<void> checkpoint();
  boost::asio::awaitable<void> say_state();
  boost::asio::awaitable<void> say_checkpoint();
  boost::asio::awaitable<void> look_at_note();
  boost::asio::awaitable<void> look_at_standing();
  void stands(LogStanding now);
  boost::asio::awaitable<void> mail_checkpoint();
  boost::asio::awaitable<void> note_channels();
  boost::asio::awaitable<void> note_clock_steps();

  SupervisorContext context_;
  UtcTime since_;
  milliseconds utc_minus_steady_;
  SteadyTime next_checkpoint_;
  SteadyTime next_clearing_;
  Event to_say_;
  std::string said_state_;
  Checkpoint last_checkpoint_;
  std::int64_t said_checkpoint_ = 0;  // its size
  std::map<ChannelName, LinkState> seen_channels_;
  // The retained checkpoint is read before a new one replaces it.
  SteadyTime note_awaited_until_;
  std::optional<std::string> note_;
  LogStanding standing_;
  bool standing_known_ = false;
  std::string mailed_day_;  // the checkpoint's, where the gateway is
  bool stopping_ = false;
};

}  // namespace siaga::flow
