// Reassembly: holds the parts of long incoming messages until each is whole, in any order; with
// each part it holds the confirmation that is still owed.
//
// Place:  deliver_sm or SMS-DELIVER -> REASSEMBLY -> reply text. Pure.
// Rule:   nothing is ever dropped. A message that is not whole when its time is up, or when it is
//         the oldest beyond the bounds, leaves with the parts that came. So does a message whose
//         reference its sender uses again: another total means another message, and so do other
//         words in a place already filled. The same words again are a repetition.
// Bounds: open_max messages and octets_max octets.
// See:    3GPP TS 23.040, 9.2.3.24.1 and 9.2.3.24.8: sender and reference name a message; each part
//         says how it is written.
// Time:   steady time, given by the caller.
#pragma once

#include <algorithm>
#include <list>
#include <map>
#include <optional>
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
  milliseconds keep_for{3000};
};

template <class Owed>
class Reassembly {
 public:
  struct Gathered {
    PartOrigin origin;
    std::vector<CodedText> parts;  // in order; those that never came are left out
    std::vector<Owed> owed;
  };

  explicit Reassembly(ReassemblyBounds bounds = {}) : bounds_(bounds) {}

  // The whole message, if this was the last part missing; confirmations owed for repetitions leave
  // with it too.
  std::optional<Gathered> add(PartOrigin origin, Joined const& joined, CodedText text, Owed owed,
                              SteadyTime now) {
    auto const place = place_of(std::move(origin), joined, text, now);
    auto const octets = text.octets.size();
    if (place->parts.emplace(joined.number, std::move(text)).second) octets_ += octets;
    place->owed.push_back(std::move(owed));
    if (place->parts.size() < place->total) return std::nullopt;
    return take(place);
  }

  // The oldest message whose time is up, or that must give way.
  std::optional<Gathered> take_due(SteadyTime now) {
    bool const over = open_.size() > bounds_.open_max || octets_ > bounds_.octets_max;
    if (open_.empty() || (!over && now < next_due())) return std::nullopt;
    return take(open_.begin());
  }
  SteadyTime next_due() const {
    return open_.empty() ? SteadyTime::max() : open_.front().began + bounds_.keep_for;
  }
  std::size_t open() const noexcept { return open_.size(); }

 private:
  struct Open {
    PartOrigin origin;
    std::uint16_t reference = 0;
    std::uint8_t total = 1;
    std::map<std::uint8_t, CodedText> parts;  // those that came, by number
    std::vector<Owed> owed;
    SteadyTime began{};
    bool superseded = false;
  };
  using Place = typename std::list<Open>::iterator;

  Place place_of(PartOrigin origin, Joined const& joined, CodedText const& text, SteadyTime now) {
    auto const found = std::find_if(open_.begin(), open_.end(), [&](Open const& open) {
      return !open.superseded && open.reference == joined.reference && open.origin == origin;
    });
    if (found != open_.end()) {
      if (belongs(*found, joined, text)) return found;
      found->superseded = true;
      found->began = std::min(found->began, now - bounds_.keep_for);
      open_.splice(open_.begin(), open_, found);
    }
    Open fresh;
    fresh.origin = std::move(origin);
    fresh.reference = joined.reference;
    fresh.total = joined.total;
    fresh.began = now;
    return open_.insert(open_.end(), std::move(fresh));
  }

  static bool belongs(Open const& open, Joined const& joined, CodedText const& text) {
    if (open.total != joined.total) return false;
    auto const part = open.parts.find(joined.number);
    return part == open.parts.end() || part->second == text;
  }

  Gathered take(Place place) {
    Gathered gathered{std::move(place->origin), {}, std::move(place->owed)};
    for (auto& [number, part] : place->parts) {
      octets_ -= part.octets.size();
      gathered.parts.push_back(std::move(part));
    }
    open_.erase(place);
    return gathered;
  }

  ReassemblyBounds bounds_;
  std::list<Open> open_;  // superseded ones, then oldest first
  std::size_t octets_ = 0;
};

}  // namespace siaga::sms
