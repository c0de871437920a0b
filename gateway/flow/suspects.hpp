// Suspects: finds the messages that may end the connection to the broker. Messages that were on
// their way when it ended are tried again alone. A message that ends it alone three times, while
// others pass between its tries, is set aside: it waits 1, 5, 30 minutes between tries, and is
// tried behind the others.
//
// Place:  publisher -> SUSPECTS.
// Thread: core only. Pure over the time it is handed.
// Rules:  if nothing passes between two tries, the broker is to blame and not a message; so a
//         broker that ends every connection sets nothing aside.
// Bound:  `suspects_max` messages; beyond that, those that were lost only together with others are
//         forgotten.
// Durable: nothing; after a restart the suspects are found again.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "gateway/domain/time.hpp"

namespace siaga::flow {

class Suspects {
 public:
  static constexpr std::size_t suspects_max = 4096;

  enum class Verdict { none, set_aside };
  enum class Standing {
    clear,    // goes with the others
    alone,    // was on its way when a connection ended: alone, in its place
    behind,   // ended one alone: alone, and behind the others
    not_yet,  // the same, once another has passed, or after a while
  };

  Standing standing(std::string const& name, SteadyTime now) const;
  // When the next waiting one may be tried, at the latest.
  std::optional<SteadyTime> next_try(SteadyTime now) const;
  bool any() const noexcept { return !known_.empty(); }

  // True when it had been set aside.
  bool passed(std::string const& name);
  void ended_in_company(std::string const& name);
  Verdict ended_alone(std::string const& name, SteadyTime now);
  // Set aside for a day: its keeper may drop it.
  bool is_over(std::string const& name, SteadyTime now) const;
  void forget(std::string const& name) { known_.erase(name); }

 private:
  struct Suspect {
    int tries = 0;          // alone, each with another passing before it
    std::size_t rests = 0;  // how often it was told to wait longer
    std::uint64_t passed_before = 0;
    SteadyTime not_before{}, aside_since{};
  };

  std::map<std::string, Suspect> known_;
  std::uint64_t passed_ = 0;
};

}  // namespace siaga::flow
