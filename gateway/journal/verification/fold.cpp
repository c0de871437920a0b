#include "gateway/journal/verification/fold.hpp"

#include <functional>
#include <optional>

namespace siaga::journal {
namespace {

template <class T>
T* at(std::vector<T>& all, IdRange range, std::int64_t id) {
  return range.contains(id) ? &all[static_cast<std::size_t>(id - range.first)] : nullptr;
}

template <class T>
T const* at(std::vector<T> const& all, IdRange range, std::int64_t id) {
  return range.contains(id) ? &all[static_cast<std::size_t>(id - range.first)] : nullptr;
}

// What a row without a delivery makes of its alert; nothing for most.
std::optional<AlertState> state_after(LogEntry const& entry) {
  if (entry.kind == "accepted") return AlertState::open;
  if (entry.kind == "acknowledged") return AlertState::acknowledged;
  if (entry.kind == "expired") return AlertState::expired;
  bool const ends = entry.kind == "cancelled" || entry.kind == "updated";
  // A Cancel or Update that came first is remembered: it ends nothing yet.
  if (!ends || value_of(entry.detail, "remembered") == "yes") return std::nullopt;
  return entry.kind == "cancelled" ? AlertState::cancelled : AlertState::closed;
}

std::string_view state_word(LogEntry const& entry) {
  if (entry.kind == "expired") return "expired";
  // Words of a network come before what became of it.
  if (entry.kind == "resolved") return last_value_of(entry.detail, "state");
  return value_of(entry.detail, "state");
}

}  // namespace

Fold::Fold(IdRange alerts, IdRange deliveries)
    : alert_ids_(alerts),
      delivery_ids_(deliveries),
      alerts_(alerts.size()),
      deliveries_(deliveries.size()) {}

void Fold::add(LogEntry const& entry) {
  if (entry.delivery != 0) return add_to_delivery(entry);
  if (entry.alert == 0) return;
  auto const state = state_after(entry);
  if (!state) return;
  auto* const alert = at(alerts_, alert_ids_, entry.alert);
  if (alert == nullptr) {
    if (stray_ == 0) stray_ = entry.seq;
    return;
  }
  alert->state = *state;
  if (entry.kind == "accepted") alert->accepted = entry.seq;
}

void Fold::add_to_delivery(LogEntry const& entry) {
  auto* const delivery = at(deliveries_, delivery_ids_, entry.delivery);
  if (delivery == nullptr) {
    if (stray_ == 0) stray_ = entry.seq;
    return;
  }
  delivery->told_of = true;
  delivery->alert = static_cast<std::uint32_t>(entry.alert);
  delivery->officer = hash_of(entry.officer);
  if (auto const state = from_word<DeliveryState>(state_word(entry)))
    delivery->state = static_cast<std::uint8_t>(*state);
  bool const perhaps = entry.kind == "reopened" || value_of(entry.detail, "outcome") == "unknown";
  if (perhaps) delivery->perhaps_twice = true;
}

Fold::Alert const* Fold::alert(std::int64_t id) const {
  return at(alerts_, alert_ids_, id);
}

Fold::Delivery const* Fold::delivery(std::int64_t id) const {
  return at(deliveries_, delivery_ids_, id);
}

DeliveryState Fold::state_of(std::int64_t id, std::int64_t of_alert, bool ends_with_alert) const {
  auto const* const own = delivery(id);
  auto const state =
      own == nullptr ? DeliveryState::planned : static_cast<DeliveryState>(own->state);
  if (state != DeliveryState::planned || !ends_with_alert) return state;
  auto const* const ended = alert(of_alert);
  if (ended == nullptr || ended->state == AlertState::open) return state;
  return ended->state == AlertState::expired ? DeliveryState::expired : DeliveryState::cancelled;
}

std::uint16_t Fold::hash_of(std::string_view officer) {
  return static_cast<std::uint16_t>(std::hash<std::string_view>()(officer));
}

}  // namespace siaga::journal
