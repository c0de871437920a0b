// Lane: carries the deliveries of one channel, no faster and no more at once than the channel can
// take.
//
// Place:  dispatcher -> LANE -> Channel::send, its own or its standby's (Bearer) ->
//         Journal::record(Attempt).
// Thread: core only. Holds only a few claims ahead; the rest waits in the journal, priority first.
// Time:   retries are steady time; a message past its `expires` (UTC) is never begun.
// Errors: channel failures are SendOutcomes. When the journal fails, the lane waits (StorageWatch).
//         A message that makes its peer end the link goes alone, then is set aside (Suspicion).
// Durable: nothing here; a crash loses only claims, which reopen at start marked
//         possible_duplicate.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <random>
#include <tuple>
#include <unordered_map>

#include "gateway/flow/bearer.hpp"
#include "gateway/flow/moment.hpp"
#include "gateway/flow/settings.hpp"
#include "gateway/flow/storage_watch.hpp"
#include "gateway/flow/world.hpp"
#include "gateway/ports/channel.hpp"
#include "gateway/ports/journal.hpp"
#include "gateway/ports/links.hpp"
#include "gateway/ports/sleep.hpp"

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
  IncidentSink& incidents;
  std::function<void(Recorded const&)> recorded;  // after each attempt's commit
};

class Lane {
 public:
  Lane(ChannelName name, Channel& channel, LaneContext context);

  boost::asio::awaitable<void> run();
  void stop();  // begins nothing more; run() returns
  void wake();  // there may be something due
  void introduce(std::shared_ptr<StoredAlert const> const& alert);

  // Stopping an alert: hold() before the journal is asked, then settle() with its answer. A held
  // message does not begin, even if the channel has it already.
  void hold_all();
  void hold(AlertId alert);
  void settle_all(std::vector<AlertId> const& ended);
  void settle(AlertId alert, std::vector<AlertId> const& ended);
  void drop(std::vector<AlertId> const& ended);  // they have ended: nothing of theirs begins
  void withdraw(AlertId alert) { bearer_.own().withdraw(alert); }
  InFlight in_flight() const;
  bool idle() const { return underway_.empty(); }  // nothing is being sent or recorded

  ChannelName const& name() const noexcept { return name_; }
  Channel& channel() noexcept { return bearer_.own(); }
  Suspicion& suspicion() noexcept { return suspicion_; }
  void stand_by(Standby standby) { bearer_.stand_by(std::move(standby)); }
  bool has_standby_now() const noexcept { return bearer_.has_taken_over(); }

 private:
  boost::asio::awaitable<void> claim();
  SteadyTime next_look();
  // Handed to the channel and not yet recorded.
  struct Underway {
    AlertId alert;
    bool stoppable = false;
    bool ended = false;
    Permission permission;
  };
  boost::asio::awaitable<void> carry(Delivery delivery, Permission permission);
  boost::asio::awaitable<SendOutcome> send(Delivery const& delivery, Permission permission,
                                           Bearer::Choice bearer);
  boost::asio::awaitable<void> record(Attempt attempt);
  boost::asio::awaitable<std::shared_ptr<StoredAlert const>> alert_of(AlertId id);
  void begin_what_fits();
  void end_sending(DeliveryId id);
  bool may_begin();
  // Place in the queue: set-aside messages behind all others, a suspect behind its equals.
  std::tuple<bool, Priority, bool> rank(Delivery const& delivery);
  bool goes_alone(Delivery const& delivery);
  std::optional<Bearer::Choice> another_way(Delivery const& delivery);
  Bearer::Choice choose_bearer(Delivery const& delivery);
  // Set aside: given back until its time comes; life and urgent are told another way.
  bool is_kept_back(Delivery const& delivery, Bearer::Choice const& bearer) const;
  Attempt put_off(Delivery const& delivery, Bearer::Choice const& bearer);
  void keep_set_aside(Attempt& attempt, Delivery const& delivery, Bearer::Choice const& bearer);
  std::vector<OtherPath> other_paths(Delivery const& delivery) const;
  void learn(Delivery const& delivery, SendOutcome const& outcome, Bearer::Choice const& bearer);
  void hurry_blamed(Suspicion& suspicion);
  boost::asio::awaitable<void> hurry(DeliveryId blamed, std::string why);
  bool is_paused() const;
  void queue(std::vector<Delivery> claimed);
  bool is_held(AlertId alert) const;
  Attempt attempt_of(Delivery const& delivery, SendOutcome outcome, Permission const& permission,
                     Bearer::Choice const& bearer);

  ChannelName name_;
  Suspicion suspicion_;  // of the lane's own channel
  Bearer bearer_;
  LaneContext context_;
  Event woken_;
  std::deque<Delivery> queue_;  // claimed, not begun; by rank
  std::map<DeliveryId, Underway> underway_;
  std::size_t sending_ = 0;          // of those underway; the others are being recorded
  std::optional<DeliveryId> alone_;  // a suspect under way: nothing else begins until alone_until_
  SteadyTime alone_until_{};
  int held_all_ = 0;
  std::map<AlertId, int> held_;
  std::unordered_map<AlertId, std::weak_ptr<StoredAlert const>> seen_;
  std::shared_ptr<StoredAlert const> last_;  // keeps the alert being broadcast
  SteadyTime paused_until_{};
  std::optional<SteadyTime> next_due_;  // of what was not claimed
  SteadyTime next_probe_{};  // while the channel is down, one message now and then tries it
  bool look_again_ = true;
  bool stopping_ = false;
  bool beginning_ = false;
  std::minstd_rand random_{std::random_device{}()};
};

}  // namespace siaga::flow
