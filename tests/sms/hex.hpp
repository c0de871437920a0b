// hex: bytes written as a protocol analyser shows them, for test vectors.
#pragma once

#include <string>
#include <string_view>

namespace siaga::sms {

inline std::string from_hex(std::string_view text) {
  std::string bytes;
  int high = -1;
  for (char const c : text) {
    int const digit = c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    if (digit < 0) continue;
    if (high >= 0)
      bytes.push_back(static_cast<char>(static_cast<unsigned char>(high * 16 + digit)));
    high = high >= 0 ? -1 : digit;
  }
  return bytes;
}

}  // namespace siaga::sms
