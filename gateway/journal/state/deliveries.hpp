// deliveries: a delivery as its row has it.
//
// Place:  table deliveries -> DELIVERIES -> claim, flow.
// Thread: its Database's.
// Errors: not_found.
#pragma once

#include "gateway/domain/delivery.hpp"
#include "gateway/journal/database/query.hpp"

namespace siaga::journal {

#define SIAGA_DELIVERY_COLUMNS                                                             \
  "id, alert, officer, channel, address, language, kind, state, priority, step, attempts," \
  " possible_duplicate, expires, text, fence"
Delivery read_delivery(Query const& row);

Result<Delivery> stored_delivery(Database& database, DeliveryId id);

}  // namespace siaga::journal
