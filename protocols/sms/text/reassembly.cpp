#include "protocols/sms/text/reassembly.hpp"

#include <algorithm>

namespace siaga::sms {

std::optional<std::string> Reassembly::add(PartOrigin origin, Joined const& joined,
                                           std::string_view octets, SteadyTime now) {
  drop_old(now);
  auto const place = place_of(std::move(origin), joined, now);
  auto& part = place->parts[joined.number - 1U];
  if (part) octets_ -= part->size();
  part = std::string(octets);
  octets_ += octets.size();

  auto const& parts = place->parts;
  if (std::all_of(parts.begin(), parts.end(), [](auto const& p) { return p.has_value(); })) {
    std::string whole;
    for (auto const& p : parts) whole += *p;
    forget(place);
    return whole;
  }
  while (octets_ > bounds_.octets_max && open_.size() > 1) forget(open_.begin());
  return std::nullopt;
}

Reassembly::Place Reassembly::place_of(PartOrigin origin, Joined const& joined, SteadyTime now) {
  auto const found = std::find_if(open_.begin(), open_.end(), [&](Open const& open) {
    return open.reference == joined.reference && open.parts.size() == joined.total &&
           open.origin == origin;
  });
  if (found != open_.end()) return found;
  while (open_.size() >= std::max<std::size_t>(bounds_.open_max, 1)) forget(open_.begin());
  Open fresh;
  fresh.origin = std::move(origin);
  fresh.reference = joined.reference;
  fresh.parts.resize(joined.total);
  fresh.began = now;
  return open_.insert(open_.end(), std::move(fresh));
}

void Reassembly::forget(Place place) {
  for (auto const& part : place->parts)
    if (part) octets_ -= part->size();
  open_.erase(place);
}

void Reassembly::drop_old(SteadyTime now) {
  while (!open_.empty() && open_.front().began + bounds_.keep_for <= now) forget(open_.begin());
}

}  // namespace siaga::sms
