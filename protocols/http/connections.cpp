#include "protocols/http/connections.hpp"

#include <map>
#include <string_view>

namespace siaga::http {

Connections::Place::~Place() {
  if (!seat_->is_leaving) --room_->open;
  room_->seats.erase(seat_);
}

void Connections::Place::now(Doing doing) {
  seat_->doing = doing;
  seat_->since = ++room_->turns;
}

std::unique_ptr<Connections::Place> Connections::admit(std::string client,
                                                       std::function<void()> close) {
  bool const free =
      room_->open < room_->max || send_away(Doing::idle) || send_away(Doing::receiving);
  if (!free) return nullptr;
  Seat seat;
  seat.client = std::move(client);
  seat.close = std::move(close);
  seat.since = ++room_->turns;
  ++room_->open;
  return std::make_unique<Place>(room_, room_->seats.insert(room_->seats.end(), std::move(seat)));
}

bool Connections::send_away(Doing doing) {
  auto& seats = room_->seats;
  std::map<std::string_view, std::int64_t> held;
  for (auto const& seat : seats)
    if (!seat.is_leaving) ++held[seat.client];
  auto goes = seats.end();
  for (auto seat = seats.begin(); seat != seats.end(); ++seat) {
    if (seat->is_leaving || seat->doing != doing) continue;
    auto const more = goes == seats.end() ? 1 : held[seat->client] - held[goes->client];
    if (more > 0 || (more == 0 && seat->since < goes->since)) goes = seat;
  }
  if (goes == seats.end()) return false;
  goes->is_leaving = true;
  --room_->open;
  ++room_->evicted;
  goes->close();
  return true;
}

}  // namespace siaga::http
