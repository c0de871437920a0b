// Lane: carries the deliveries of one channel, no faster and no wider than the channel bears.
//
// Place:  dispatcher -> LANE -> Channel::send -> Journal::record(Attempt).
// Thread: core only. Holds at most a few claims ahead; the rest waits in the journal, priority
// first. Time:   retries are steady time; a message past its `expires` (UTC) is never begun.
// Errors: channel failures are SendOutcomes; a journal that fails is waited out (StorageWatch).
// Durable: nothing here; a crash loses only claims, which reopen at start marked
// possible_duplicate.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <random>
#include <set>
#include <unordered_map>

#include "gateway/flow/settings.hpp"
#include "gateway/flow/sleep.hpp"
#include "gateway/flow/storage_watch.hpp"
#include "gateway/flow/world.hpp"
#include "gateway/ports/channel.hpp"
#include "gateway/ports/journal.hpp"

namespace siaga::flow {

// What every lane shares.
struct LaneContext {
  boost::asio::any_io_executor executor;
  Clock& clock;
  Journal& journal;
  Current& world;
  Settings const& settings;
  LinkMaker const& links;
  StorageWatch& storage;
  std::function<void(Recorded const&)> recorded;  // after each attempt's commit
};

class Lane {
 public:
  Lane(ChannelName name, Channel& channel, LaneContext context);

  boost::asio::awaitable<void> run();
  void stop();  // begins nothing more; run() returns
  void wake();  // there may be something due

  // Stopping an alert: hold() before the journal is asked, then settle() with its answer.
  void hold_all() { ++held_all_; }
  void hold(AlertId alert) { ++held_[alert]; }
  void settle_all(std::vector<AlertId> const& ended);
  void settle(AlertId alert, std::vector<AlertId> const& ended);
  InFlight in_flight() const;

  ChannelName const& name() const noexcept { return name_; }
  Channel& channel() noexcept { return channel_; }

 private:
  boost::asio::awaitable<void> claim();
  boost::asio::awaitable<SteadyTime> next_look();
  boost::asio::awaitable<void> carry(Delivery delivery);
  boost::asio::awaitable<SendOutcome> send(Delivery const& delivery);
  boost::asio::awaitable<void> record(Delivery const& delivery, SendOutcome outcome);
  boost::asio::awaitable<std::shared_ptr<StoredAlert const>> alert_of(AlertId id);
  void begin_what_fits();
  bool may_begin() const;
  void queue(std::vector<Delivery> claimed);
  bool is_held(AlertId alert) const;
  void drop_ended(std::vector<AlertId> const& ended);
  Attempt attempt_of(Delivery const& delivery, SendOutcome outcome);

  ChannelName name_;
  Channel& channel_;
  LaneContext context_;
  Event woken_;
  std::deque<Delivery> queue_;  // claimed, not begun; most pressing first
  std::set<DeliveryId> sending_;
  std::set<DeliveryId> unrecorded_;  // begun and not yet recorded; includes sending_
  int held_all_ = 0;
  std::map<AlertId, int> held_;
  std::unordered_map<AlertId, std::weak_ptr<StoredAlert const>> seen_;
  std::shared_ptr<StoredAlert const> last_;  // keeps the alert being broadcast
  SteadyTime paused_until_{};
  bool look_again_ = true;
  bool stopping_ = false;
  bool beginning_ = false;
  std::minstd_rand random_{std::random_device{}()};
};

}  // namespace siaga::flow
