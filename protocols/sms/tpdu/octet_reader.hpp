// OctetReader: takes octets off the front of a PDU and remembers when there were too few.
//
// Place:  beneath every TPDU decoder. Pure.
// Rule:   never reads outside: a missing octet reads as 0 or as nothing, and `overran` says so once
//         for all, so that a decoder asks at its end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace siaga::sms::tpdu {

using Octets = std::span<std::uint8_t const>;

class OctetReader {
 public:
  explicit OctetReader(Octets octets) noexcept : rest_(octets) {}

  std::uint8_t octet() noexcept {
    auto const one = take(1);
    return one.empty() ? 0 : one[0];
  }
  // All of `count`, or nothing.
  Octets take(std::size_t count) noexcept {
    if (count > rest_.size()) {
      overran_ = true;
      rest_ = {};
      return {};
    }
    auto const taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
  }
  bool empty() const noexcept { return rest_.empty(); }
  bool overran() const noexcept { return overran_; }

 private:
  Octets rest_;
  bool overran_ = false;
};

}  // namespace siaga::sms::tpdu
