// Gate: keeps one agency's storm from delaying another agency's alerts. Each agency has a token
// bucket; messages beyond it wait here and go on in order of priority.
//
// Place:  intake -> GATE -> intake, as tokens come.
// Thread: core only. Pure over the time it is handed.
// Bound:  `waiting_max` messages of one agency, by id. Further ones stay in the store and are read
//         from there when there is room again, so that no agency's flood stops the others. At most
//         `agency_bytes_max` of one agency wait in the store.
// Order:  the most urgent first; among equals each agency in turn, then the oldest. A message that
//         a waiting message refers to goes before it, so that an Update never overtakes its Alert.
// Durable: nothing here. After a restart every undecided message is handed out again, and every
//         bucket starts full.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>

#include "gateway/domain/authorise.hpp"

namespace siaga::flow {

class Gate {
 public:
  static constexpr std::size_t waiting_max = 20000;
  static constexpr std::size_t agency_bytes_max = 32'000'000;

  struct Ticket {
    AgencyId agency;
    InboxId id;
  };

  // Takes a token; false when there is none, or others of the agency wait already.
  bool admit(AgencyId const& agency, Allowance const& allowance, SteadyTime now);
  // `alert` is null when the message could not be understood, or is none: it goes last. In the
  // order of their ids. `bytes`: what the store has of it. False: too much of its agency waits.
  bool hold(Ticket ticket, Allowance const& allowance, SteadyTime now, Alert const* alert,
            std::size_t bytes = 0);
  // An agency that has messages in the store and room for them here; and the first of them.
  std::optional<Ticket> has_room() const;
  // For each that was read from there, and then how far that was.
  void take_up(Ticket ticket, Alert const* alert, std::size_t bytes = 0);
  void read_up_to(AgencyId const& agency, std::optional<InboxId> last);  // nullopt: none is left
  // The next that may go on.
  std::optional<Ticket> release(SteadyTime now);
  // When release() may have one; nullopt when nothing waits.
  std::optional<SteadyTime> next_release(SteadyTime now);

  std::size_t waiting() const noexcept { return waiting_; }

 private:
  struct Place {  // in the queue
    Priority priority;
    InboxId id;
    auto operator<=>(Place const&) const = default;
  };
  struct Queue {
    Allowance allowance;
    double tokens = 0;
    SteadyTime counted_at{};
    std::uint64_t served = 0;       // the turn it had last
    InboxId first_left, last_left;  // those that stay in the store; empty = none
    std::set<Place> places;
    std::unordered_map<std::string, Place> by_name;  // of alerts: sender and identifier
    std::unordered_map<InboxId, std::string> names;
    std::unordered_map<InboxId, std::size_t> sizes;
    std::size_t bytes = 0;

    void refill(SteadyTime now);
  };
  Queue& queue_of(AgencyId const& agency, Allowance const& allowance, SteadyTime now);
  static bool goes_before(Queue const& one, Queue const& other);
  void hurry(Queue& queue, Alert const& alert, Priority priority);

  std::map<AgencyId, Queue> queues_;
  std::size_t waiting_ = 0;
  std::uint64_t turns_ = 0;
};

}  // namespace siaga::flow
