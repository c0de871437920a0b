// Fold: the state of alerts and deliveries according to the log alone, built row by row.
//
// Place:  verify feeds it -> FOLD -> states compares the tables with it.
// Thread: values.
// Bound:  8 bytes for a delivery and 16 for an alert of the range it is made for; ids outside are
//         only counted.
// See:    decisions/0027-what-verify-sees.md, tests/journal/verification/fold_test.cpp
#pragma once

#include <cstdint>
#include <vector>

#include "gateway/domain/delivery.hpp"
#include "gateway/journal/log/entry.hpp"
#include "gateway/ports/answer_types.hpp"

namespace siaga::journal {

struct IdRange {
  std::int64_t first = 1;
  std::int64_t last = 0;
  bool contains(std::int64_t id) const noexcept { return id >= first && id <= last; }
  std::size_t size() const noexcept {
    return last < first ? 0 : static_cast<std::size_t>(last - first + 1);
  }
};

class Fold {
 public:
  // A delivery of which the log tells something.
  struct Delivery {
    std::uint32_t alert = 0;    // 0 = a notice that belongs to none
    std::uint16_t officer = 0;  // hash of his id
    std::uint8_t state = 0;     // a DeliveryState; planned until something else is said
    bool told_of : 1 = false;
    bool perhaps_twice : 1 = false;
  };
  struct Alert {
    std::int64_t accepted = 0;  // the row; 0 = none
    AlertState state = AlertState::open;
  };

  Fold(IdRange alerts, IdRange deliveries);
  void add(LogEntry const& entry);

  Alert const* alert(std::int64_t id) const;        // null outside of the range
  Delivery const* delivery(std::int64_t id) const;  // null outside of the range
  // What became of a delivery, its own rows and those of its alert's end taken together.
  DeliveryState state_of(std::int64_t delivery, std::int64_t alert, bool ends_with_alert) const;
  std::int64_t stray() const noexcept { return stray_; }  // first row about an id beyond the range

  static std::uint16_t hash_of(std::string_view officer);

 private:
  void add_to_delivery(LogEntry const& entry);

  IdRange alert_ids_, delivery_ids_;
  std::vector<Alert> alerts_;
  std::vector<Delivery> deliveries_;
  std::int64_t stray_ = 0;
};

}  // namespace siaga::journal
