// Reassembly: holds the parts of long incoming messages until each is whole, in any order.
//
// Place:  deliver_sm -> REASSEMBLY -> reply text. Pure.
// Bounds: open_max messages and octets_max octets; the oldest gives way. A message that is not
// whole
//         after `keep_for` is dropped.
// Time:   steady time, given by the caller.
#pragma once

#include <list>
#include <string>
#include <vector>

#include "gateway/domain/time.hpp"
#include "protocols/sms/text/user_data.hpp"

namespace siaga::sms {

struct PartOrigin {
  std::string from, to;
  bool operator==(PartOrigin const&) const = default;
};

struct ReassemblyBounds {
  std::size_t open_max = 1000;
  std::size_t octets_max = 1U << 20;
  milliseconds keep_for = std::chrono::hours(24);
};

class Reassembly {
 public:
  explicit Reassembly(ReassemblyBounds bounds = {}) : bounds_(bounds) {}

  // The whole message's octets once this was the last part missing. A part seen before replaces the
  // former one.
  std::optional<std::string> add(PartOrigin origin, Joined const& joined, std::string_view octets,
                                 SteadyTime now);
  std::size_t open() const noexcept { return open_.size(); }

 private:
  struct Open {
    PartOrigin origin;
    std::uint16_t reference;
    std::vector<std::optional<std::string>> parts;
    SteadyTime began;
  };
  using Place = std::list<Open>::iterator;

  Place place_of(PartOrigin origin, Joined const& joined, SteadyTime now);
  void forget(Place place);
  void drop_old(SteadyTime now);

  ReassemblyBounds bounds_;
  std::list<Open> open_;  // oldest first
  std::size_t octets_ = 0;
};

}  // namespace siaga::sms
