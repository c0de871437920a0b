// Escalator: starts the next step of each open escalation when its time has come, or at once when
// an officer refuses, a step reaches nobody, or every message of a step has failed.
//
// Place:  intake, replies, lanes -> ESCALATOR -> Journal::start_step -> dispatcher.
// Thread: core only.
// Time:   steady: a wall clock set back or forward moves no deadline. After a restart the stored
//         deadlines count on; none may be further away than its step's own delay.
// Durable: positions and deadlines are in the journal with each step; open_ladders() finds them
//         again.
#pragma once

#include <map>
#include <set>

#include "gateway/flow/announcer.hpp"
#include "gateway/flow/dispatcher.hpp"
#include "gateway/ports/incidents.hpp"

namespace siaga::flow {

struct EscalatorContext {
  boost::asio::any_io_executor executor;
  Clock& clock;
  Journal& journal;
  Current& world;
  StorageWatch& storage;
  Dispatcher& dispatcher;
  Announcer& announcer;
  IncidentSink& incidents;
};

class Escalator {
 public:
  explicit Escalator(EscalatorContext context);

  boost::asio::awaitable<Result<void>> restore();  // once, at start
  boost::asio::awaitable<void> run();
  void stop();  // starts no more steps

  struct Watched {
    Policy policy;
    LadderPosition position;
    std::optional<SteadyTime> due;
    std::string because = "deadline";
  };
  // When the next steps of a plan start, once its first steps have been accepted.
  static std::vector<Watched> ladders_of(Plan const& plan, SteadyTime accepted);
  void watch(AlertId alert, std::vector<Watched> ladders);
  void forget(AlertId alert);  // it has ended
  // Starts the step after `from` now, if the ladder still stands there: "declined", "failed".
  void escalate_now(AlertId alert, StepPlace from, std::string because);
  std::size_t open() const noexcept { return ladders_.size(); }

 private:
  using Key = std::pair<AlertId, int>;

  struct Begun {
    LadderPosition position;
    std::optional<SteadyTime> next_due;
    bool empty = false;
    std::string because;
  };

  boost::asio::awaitable<void> start_step(Key key);
  StepStart step_start(Key key, Watched const& before, NextStep const& next, Alert const& alert,
                       SteadyTime now) const;
  void step_started(Key key, Begun const& begun, StepStarted const& started);
  boost::asio::awaitable<void> pause();
  std::optional<Key> most_due() const;
  SteadyTime next_due() const;
  void keep(Key key, Watched watched);
  void erase(Key key);
  void set_due(Key key, Watched& watched, std::optional<SteadyTime> due);

  EscalatorContext context_;
  Event woken_;
  std::map<Key, Watched> ladders_;
  std::set<std::pair<SteadyTime, Key>> deadlines_;  // of those that have one
  bool stopping_ = false;
};

}  // namespace siaga::flow
