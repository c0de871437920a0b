// Suspicion: finds the message that makes a channel's peer end the link, so that it cannot stop the
// others.
//
// Place:  lanes -> SUSPICION, one for each channel -> incident message_set_aside.
// Thread: core only.
// Rule:   a message that the peer had not answered when the link ended is suspect and goes alone.
//         An end that found one message alone counts when another message passes after it; that
//         ends a round. A message is set aside after two rounds that found only it, after three
//         that found others too, or at its fourth end when three had come in a row. If a peer ends
//         every link, nothing passes, so nothing is set aside. Set aside means 1, 5, then 30
//         minutes between tries, each alone and behind the others, until it passes or ends.
// Time:   steady time. Ends within one second of each other count as one end.
// Durable: nothing; after a restart a message is found again within its three tries.
// See:    decisions/0028-set-aside.md, tests/flow/suspicion_test.cpp
#pragma once

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "gateway/domain/delivery.hpp"
#include "gateway/ports/incidents.hpp"
#include "gateway/ports/journal_types.hpp"

namespace siaga::flow {

class Suspicion {
 public:
  Suspicion(ChannelName channel, IncidentSink& incidents)
      : channel_(std::move(channel)), incidents_(incidents) {}

  void begin();  // nothing is set aside any more of what a process before us had
  void passed(DeliveryId id, SteadyTime now);  // the peer took it
  void link_ended(Delivery const& unanswered, SteadyTime now);
  void ended(DeliveryId id);                       // it is not tried again
  void ended(std::vector<AlertId> const& alerts);  // nor are the messages these ends stop
  void tick(Moment now);                           // time has passed

  bool suspects(DeliveryId id) const { return entries_.contains(id); }  // it goes alone
  bool has_set_aside(DeliveryId id) const { return kept_back_until(id).has_value(); }
  // Of one that is set aside: when it is tried again.
  std::optional<SteadyTime> kept_back_until(DeliveryId id) const;
  // The channel's fault, for people: "the link ended 3 times with exactly it unanswered".
  std::string why(DeliveryId id) const;

  // Those set aside since it was last asked.
  struct Blamed {
    DeliveryId id;
    Priority priority;
  };
  std::vector<Blamed> take_blamed() { return std::exchange(blamed_, {}); }

 private:
  struct Entry {
    AlertId alert;
    bool stoppable = false;  // an end of its alert stops it
    Priority priority = Priority::normal;
    UtcTime expires{};
    int alone = 0;      // ends that found exactly it
    int rounds = 0;     // such rounds; another one passing ends a round
    int proofs = 0;     // of these, where no other message was found so
    int set_aside = 0;  // tries it was put off by
    SteadyTime until{};
  };
  using Entries = std::map<DeliveryId, Entry>;

  void close_end();
  void set_aside(Entries::iterator suspect, SteadyTime at);
  void erase(Entries::iterator entry);

  ChannelName channel_;
  IncidentSink& incidents_;
  Entries entries_;
  std::vector<DeliveryId> latest_;  // whom the latest end of the link found, while it is not judged
  SteadyTime latest_at_{};
  std::vector<DeliveryId> found_alone_;  // since one passed, each once
  std::size_t set_aside_ = 0;            // how many are
  std::vector<Blamed> blamed_;
};

}  // namespace siaga::flow
