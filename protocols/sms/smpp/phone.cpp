#include "protocols/sms/smpp/phone.hpp"

#include <algorithm>

namespace siaga::sms {
namespace {

constexpr std::size_t digits_max = 15;  // E.164
constexpr std::size_t short_code_max = 6;
constexpr std::size_t international_min = 8;
constexpr std::uint8_t ton_international = 1;
constexpr std::uint8_t ton_national = 2;
constexpr std::uint8_t ton_alphanumeric = 5;

bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

// Digits without the separators people write; empty when there is anything else.
std::string digits_of(std::string_view text) {
  std::string digits;
  for (char const c : text) {
    if (is_digit(c)) {
      digits.push_back(c);
    } else if (c != ' ' && c != '-' && c != '.' && c != '(' && c != ')') {
      return {};
    }
  }
  return digits;
}

std::string international(std::string_view digits, std::string_view country_code) {
  if (digits.substr(0, 2) == "00") return "+" + std::string(digits.substr(2));
  if (digits.front() == '0') return "+" + std::string(country_code) + std::string(digits.substr(1));
  return "+" + std::string(digits);
}

}  // namespace

std::string e164(Address const& address, std::string_view country_code) {
  auto text = address.text;
  bool const plus = !text.empty() && text.front() == '+';
  if (plus) text.remove_prefix(1);
  auto const digits = digits_of(text);
  if (address.ton == ton_alphanumeric || digits.empty()) return std::string(address.text);
  if (plus || (address.ton == ton_international && digits.front() != '0')) return "+" + digits;
  if (digits.size() <= short_code_max) return digits;
  if (address.ton == ton_national && digits.front() != '0')
    return "+" + std::string(country_code) + digits;
  return international(digits, country_code);
}

std::optional<std::string> dialled(std::string_view address, std::string_view country_code) {
  auto const number = e164(Address{0, 0, address}, country_code);
  auto const digits = digits_of(number.substr(number.substr(0, 1) == "+" ? 1 : 0));
  if (digits.empty() || digits.size() > digits_max) return std::nullopt;
  if (number.front() == '+' && digits.size() < international_min) return std::nullopt;
  return digits;
}

}  // namespace siaga::sms
