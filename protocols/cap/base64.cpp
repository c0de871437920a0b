#include <array>

#include "protocols/cap/values.hpp"

namespace siaga::cap {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::int8_t bad = -1, blank = -2, pad = -3;

consteval std::array<std::int8_t, 256> make_values() {
  std::array<std::int8_t, 256> values{};
  values.fill(bad);
  for (std::size_t i = 0; i < alphabet.size(); ++i)
    values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
  for (char const c : {' ', '\t', '\r', '\n'}) values[static_cast<unsigned char>(c)] = blank;
  values['='] = pad;
  return values;
}
constexpr auto values = make_values();

// Calls `take` with each byte; false when the text is not base64.
template <class Take>
bool walk(std::string_view text, Take take) {
  std::uint32_t bits = 0;
  int count = 0, pads = 0;
  for (char const c : text) {
    auto const value = values[static_cast<unsigned char>(c)];
    if (value == blank) continue;
    if (value == pad) {
      ++pads;
      continue;
    }
    if (value == bad || pads > 0) return false;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    if (++count % 4 != 0) continue;
    take(static_cast<char>(bits >> 16 & 0xff));
    take(static_cast<char>(bits >> 8 & 0xff));
    take(static_cast<char>(bits & 0xff));
  }
  int const left = count % 4;
  if (left == 1 || pads > 2 || (left + pads) % 4 != 0) return false;
  if (left >= 2) take(static_cast<char>(bits >> (left == 2 ? 4 : 10) & 0xff));
  if (left == 3) take(static_cast<char>(bits >> 2 & 0xff));
  return true;
}

}  // namespace

bool is_base64(std::string_view text) {
  return walk(text, [](char) {});
}

std::optional<std::string> decode_base64(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3 + 3);
  if (!walk(text, [&](char c) { bytes += c; })) return std::nullopt;
  return bytes;
}

}  // namespace siaga::cap
