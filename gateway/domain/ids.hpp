// Ids: names for an alert, a delivery, an officer and so on; distinct types, so that they cannot be
// swapped.
//
// Place:  everywhere. The journal counts things that have a number; configuration names the rest.
// Thread: values.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>

namespace siaga {

template <class Tag, class Rep>
struct Id {
  Rep value{};

  Id() = default;
  explicit Id(Rep v) : value(std::move(v)) {}
  bool empty() const noexcept { return value == Rep{}; }
  auto operator<=>(Id const&) const = default;
};

using AlertId = Id<struct AlertTag, std::int64_t>;
using DeliveryId = Id<struct DeliveryTag, std::int64_t>;
using InboxId = Id<struct InboxTag, std::int64_t>;
using OutboxId = Id<struct OutboxTag, std::int64_t>;
using AgencyId = Id<struct AgencyTag, std::string>;
using OfficerId = Id<struct OfficerTag, std::string>;
using TeamId = Id<struct TeamTag, std::string>;
using PolicyId = Id<struct PolicyTag, std::string>;
using ChannelName = Id<struct ChannelTag, std::string>;

}  // namespace siaga

template <class Tag, class Rep>
struct std::hash<siaga::Id<Tag, Rep>> {
  std::size_t operator()(siaga::Id<Tag, Rep> const& id) const noexcept {
    return std::hash<Rep>{}(id.value);
  }
};
