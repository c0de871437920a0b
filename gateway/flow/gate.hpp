// Gate: no agency's storm holds up another's alerts. A token bucket per agency; what is more than
// it allows waits here and goes on in order of priority.
//
// Place:  intake -> GATE -> intake, as tokens come.
// Thread: core only. Pure over the time it is handed.
// Bound:  `waiting_max` messages, by id; when full() intake takes no more from the store, which
//         keeps them. Of one agency fewer, and no more than `agency_bytes_max` in the store.
// Order:  the most pressing first, then the oldest. What a waiting message refers to goes before
//         it, so that an Update never overtakes its Alert.
// Durable: nothing here; after a restart all that is undecided comes again, to full buckets.
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
  static constexpr std::size_t waiting_max = 100000;
  static constexpr std::size_t agency_waiting_max = 25000;
  static constexpr std::size_t agency_bytes_max = 32'000'000;

  struct Ticket {
    AgencyId agency;
    InboxId id;
  };

  // Takes a token; false when there is none, or others of the agency wait already.
  bool admit(AgencyId const& agency, Allowance const& allowance, SteadyTime now);
  // `alert` is null when the message could not be understood: it goes last. `bytes`: what the store
  // has of it. False: too much of its agency waits already.
  bool hold(Ticket ticket, Alert const* alert, std::size_t bytes = 0);
  // The next that may go on.
  std::optional<Ticket> release(SteadyTime now);
  // When release() may have one; nullopt when nothing waits.
  std::optional<SteadyTime> next_release(SteadyTime now);

  bool full() const noexcept { return waiting_ >= waiting_max; }
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
    std::set<Place> places;
    std::unordered_map<std::string, Place> by_name;  // of alerts: sender and identifier
    std::unordered_map<InboxId, std::string> names;
    std::unordered_map<InboxId, std::size_t> sizes;
    std::size_t bytes = 0;

    void refill(SteadyTime now);
  };
  void hurry(Queue& queue, Alert const& alert, Priority priority);

  std::map<AgencyId, Queue> queues_;
  std::size_t waiting_ = 0;
};

}  // namespace siaga::flow
