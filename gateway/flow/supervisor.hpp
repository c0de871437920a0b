// Supervisor: what must happen regularly: expiry, log checkpoints, the gateway's own state, the
// watchdog.
//
// Place:  app -> SUPERVISOR -> journal, announcer, dispatcher.
// Thread: core only.
// Time:   sweeps by the steady clock; what has expired is judged by UTC. A wall clock that jumps
//         against the steady one is logged as an event.
// Durable: expiries and checkpoints, through the journal.
#pragma once

#include <functional>

#include "gateway/flow/announcer.hpp"
#include "gateway/flow/dispatcher.hpp"
#include "gateway/flow/escalator.hpp"

namespace siaga::flow {

struct SupervisorContext {
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
};

class Supervisor {
 public:
  explicit Supervisor(SupervisorContext context);

  boost::asio::awaitable<void> run();
  boost::asio::awaitable<void> checkpoint();   // also at stop
  boost::asio::awaitable<void> say_offline();  // at stop
  GatewayState state() const;

 private:
  boost::asio::awaitable<void> expire();
  boost::asio::awaitable<void> probe();
  boost::asio::awaitable<void> say_state();
  boost::asio::awaitable<void> note_clock_steps();

  SupervisorContext context_;
  UtcTime since_;
  milliseconds utc_minus_steady_;
  SteadyTime next_checkpoint_;
  std::string said_state_;
};

}  // namespace siaga::flow
