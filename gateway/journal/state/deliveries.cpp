#include "gateway/journal/state/deliveries.hpp"

namespace siaga::journal {

Delivery read_delivery(Query const& row) {
  Delivery delivery;
  delivery.id = row.get<DeliveryId>(0);
  delivery.alert = row.get<AlertId>(1);
  delivery.officer = row.get<OfficerId>(2);
  delivery.channel = row.get<ChannelName>(3);
  delivery.address = row.get<std::string>(4);
  delivery.language = row.get<std::string>(5);
  delivery.kind = row.get<MessageKind>(6);
  delivery.state = row.get<DeliveryState>(7);
  delivery.priority = row.get<Priority>(8);
  delivery.step = row.get<int>(9);
  delivery.attempts = row.get<int>(10);
  delivery.possible_duplicate = row.get<bool>(11);
  delivery.expires = row.get<UtcTime>(12);
  delivery.text = row.get<std::string>(13);
  delivery.fence = row.get<std::int64_t>(14);
  return delivery;
}

Result<Delivery> stored_delivery(Database& database, DeliveryId id) {
  Query row(database, "SELECT " SIAGA_DELIVERY_COLUMNS " FROM deliveries WHERE id = ?", id);
  if (!row.next()) return Error(Errc::not_found, "delivery " + std::to_string(id.value));
  return read_delivery(row);
}

}  // namespace siaga::journal
