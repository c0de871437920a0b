#include "protocols/sms/tpdu/status.hpp"

#include <array>
#include <string_view>

namespace siaga::sms::tpdu {
namespace {

constexpr std::array<std::string_view, 3> completed = {
    "delivered", "passed on, delivery cannot be confirmed", "replaced by a later message"};
// The same six under 0x20, where attempts go on, and 0x60, where they have ended.
constexpr std::array<std::string_view, 6> temporary = {"congestion",
                                                       "the phone is busy",
                                                       "no answer from the phone",
                                                       "service rejected",
                                                       "quality of service not available",
                                                       "error in the phone"};
constexpr std::array<std::string_view, 10> permanent = {
    "error in the other network",       "incompatible destination",
    "connection rejected by the phone", "not obtainable",
    "quality of service not available", "no interworking available",
    "message validity period expired",  "deleted by its sender",
    "deleted by the service centre",    "the message does not exist"};

template <std::size_t N>
std::string_view word(std::array<std::string_view, N> const& words, unsigned at,
                      std::string_view otherwise) {
  return at < N ? words[at] : otherwise;
}

std::string_view words_of(std::uint8_t status) {
  unsigned const reason = status & 0x1FU;
  switch (class_of(status)) {
    case StatusClass::completed:
      return word(completed, reason, "completed");
    case StatusClass::trying:
      return word(temporary, reason, "still trying");
    case StatusClass::failed:
      return word(permanent, reason, "failed for good");
    case StatusClass::stopped_trying:
      return word(temporary, reason, "no longer trying");
    default:
      return "a status nobody has defined";
  }
}

}  // namespace

StatusClass class_of(std::uint8_t status) noexcept {
  return status >= 0x80 ? StatusClass::reserved : static_cast<StatusClass>(status >> 5);
}

bool is_delivered(std::uint8_t status) noexcept {
  return status == 0x00;
}

bool is_final(std::uint8_t status) noexcept {
  auto const what = class_of(status);
  return what != StatusClass::trying && what != StatusClass::reserved;
}

std::string status_text(std::uint8_t status) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text(words_of(status));
  text += " (0x";
  text.push_back(digits[status >> 4]);
  text.push_back(digits[status & 0xFU]);
  return text + ")";
}

}  // namespace siaga::sms::tpdu
