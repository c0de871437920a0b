#include "gateway/flow/wrong_codes.hpp"

#include <algorithm>

namespace siaga::flow {
namespace {

constexpr std::size_t counted_max = 10'000;
constexpr std::chrono::minutes address_window{1};

template <class Counts, class Key>
auto& counted_of(Counts& counts, Key const& key) {
  if (counts.size() >= counted_max && !counts.contains(key))
    counts.erase(
        std::ranges::min_element(counts, {}, [](auto const& entry) { return entry.second.last; }));
  return counts[key];
}

}  // namespace

std::int64_t WrongCodes::count(DeliveryId link, SteadyTime now) {
  auto& counted = counted_of(links_, link);
  counted.last = now;
  return ++counted.count;
}

std::int64_t WrongCodes::count_from(std::string const& address, SteadyTime now) {
  auto& counted = counted_of(addresses_, address);
  if (counted.count == 0 || now - counted.since >= address_window) counted = {0, now, now};
  counted.last = now;
  return ++counted.count;
}

}  // namespace siaga::flow
