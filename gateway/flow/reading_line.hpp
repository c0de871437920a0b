// ReadingLine: messages that take long to read, and the messages that their agencies sent after
// them. They are read one at a time: in each agency's order, the agencies by turns.
//
// Place:  intake -> READING LINE -> intake's reader -> gate or decision.
// Thread: core only. Holds ids; the store holds the messages.
// Bound:  `agency_waiting_max` messages of one agency, and bytes as at the gate.
// Durable: nothing here; after a restart every undecided message is handed out again.
#pragma once

#include <deque>
#include <map>
#include <optional>

#include "gateway/flow/gate.hpp"

namespace siaga::flow {

class ReadingLine {
 public:
  static constexpr std::size_t agency_waiting_max = 25000;

  struct Place {
    Gate::Ticket ticket;
    std::size_t bytes = 0;
    bool admitted = false;  // by the gate: it goes before those that were not yet
  };

  // Whether a message of the agency is in line or being read: a new one must not overtake it.
  bool has(AgencyId const& agency) const { return lines_.contains(agency); }
  bool add(Place place);  // false: too much of its agency waits already
  // The next one; its agency's next follows only after done().
  std::optional<Place> next();
  void done(AgencyId const& agency);
  std::size_t waiting() const noexcept { return waiting_; }

 private:
  struct Line {
    std::deque<Place> places;
    std::size_t bytes = 0;
  };

  std::map<AgencyId, Line> lines_;  // one that is empty is being read
  std::deque<AgencyId> turns_;
  std::size_t waiting_ = 0;
};

}  // namespace siaga::flow
