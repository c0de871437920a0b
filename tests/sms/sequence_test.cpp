#include "protocols/sms/smpp/sequence.hpp"

#include <set>
#include <vector>

#include "tests/support/catch.hpp"

namespace siaga::sms {
namespace {

std::vector<std::uint32_t> next_of(Sequence sequence, int count,
                                   std::set<std::uint32_t> const& in_flight = {}) {
  std::vector<std::uint32_t> numbers;
  while (count-- > 0)
    numbers.push_back(sequence.next([&](std::uint32_t n) { return in_flight.contains(n); }));
  return numbers;
}

}  // namespace

TEST_CASE("a session's requests are numbered from 1", "[sms]") {
  CHECK(next_of(Sequence(), 3) == std::vector<std::uint32_t>{1, 2, 3});
}

TEST_CASE("after 0x7fffffff the numbers begin again at 1, and are never 0 or more", "[sms]") {
  CHECK(next_of(Sequence(0x7FFFFFFD), 4) ==
        std::vector<std::uint32_t>{0x7FFFFFFE, 0x7FFFFFFF, 1, 2});
}

TEST_CASE("a number that still waits for its answer is not given again", "[sms]") {
  CHECK(next_of(Sequence(0x7FFFFFFD), 3, {0x7FFFFFFF, 1, 3}) ==
        std::vector<std::uint32_t>{0x7FFFFFFE, 2, 4});
}

}  // namespace siaga::sms
