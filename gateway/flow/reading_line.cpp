#include "gateway/flow/reading_line.hpp"

#include <algorithm>

namespace siaga::flow {

bool ReadingLine::add(Place place) {
  auto const [it, fresh] = lines_.try_emplace(place.ticket.agency);
  auto& [places, bytes] = it->second;
  bool const full =
      places.size() >= agency_waiting_max || bytes + place.bytes > Gate::agency_bytes_max;
  if (full && !place.admitted) return false;
  if (fresh) turns_.push_back(place.ticket.agency);
  bytes += place.bytes;
  ++waiting_;
  auto const behind =
      place.admitted ? std::ranges::find(places, false, &Place::admitted) : places.end();
  places.insert(behind, std::move(place));
  return true;
}

std::optional<ReadingLine::Place> ReadingLine::next() {
  if (turns_.empty()) return std::nullopt;
  auto& line = lines_.at(turns_.front());
  turns_.pop_front();
  auto place = std::move(line.places.front());
  line.places.pop_front();
  line.bytes -= place.bytes;
  --waiting_;
  return place;
}

void ReadingLine::done(AgencyId const& agency) {
  auto const line = lines_.find(agency);
  if (line == lines_.end()) return;
  if (line->second.places.empty())
    lines_.erase(line);
  else
    turns_.push_back(agency);
}

}  // namespace siaga::flow
