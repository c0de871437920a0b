// Dispatcher: all lanes together. Wakes them, expands large steps chunk by chunk, and stops alerts
// so that none of their messages begins after the stop is committed.
//
// Place:  intake, replies, escalator -> DISPATCHER -> lanes.
// Thread: core only.
// Durable: nothing here; Journal::open_ladders() finds steps that are still to be expanded.
#pragma once

#include <memory>

#include "gateway/flow/lane.hpp"

namespace siaga::flow {

class Dispatcher {
 public:
  Dispatcher(LaneContext context);

  void add(ChannelName name, Channel& channel);
  void stand_by(ChannelName const& for_name, Standby standby);
  void start();
  void stop();
  bool idle() const;  // nothing is being sent or recorded

  void wake(std::vector<ChannelName> const& names);
  // A new alert, so that lanes need not read it back from the journal.
  void introduce(std::shared_ptr<StoredAlert const> alert);
  void expand(AlertId alert);  // in the background, until its step is whole

  // A stop in two halves: begin_stop() holds messages that have not begun and returns those that
  // have; the journal is asked; end_stop() drops the ended ones and lets the rest go on. No alert
  // named: all are held.
  InFlight begin_stop(std::optional<AlertId> alert);
  void end_stop(std::optional<AlertId> alert, std::vector<AlertId> const& ended);
  void drop(std::vector<AlertId> const& ended);  // ended without being held before
  // These were withdrawn or replaced: messages that networks still hold are taken back where
  // possible.
  void withdraw(std::vector<AlertId> const& alerts);
  InFlight in_flight() const;

  std::vector<std::unique_ptr<Lane>> const& lanes() const noexcept { return lanes_; }

 private:
  boost::asio::awaitable<void> expand_all(AlertId alert);

  LaneContext context_;
  std::vector<std::unique_ptr<Lane>> lanes_;
  std::deque<std::shared_ptr<StoredAlert const>> recent_;  // kept for the lanes
};

}  // namespace siaga::flow
