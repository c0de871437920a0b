#include "protocols/sms/text/display.hpp"

namespace siaga::sms {
namespace {

constexpr std::uint8_t first_replace_type = 0x41;
constexpr unsigned replace_types = 7;

}  // namespace

bool tells_of_an_alert(Message const& message) {
  return message.kind == MessageKind::alert || message.kind == MessageKind::update;
}

bool may_flash(Message const& message) {
  return tells_of_an_alert(message) && message.priority == Priority::life;
}

std::uint8_t replace_type(Message const& message, std::size_t parts) {
  if (!tells_of_an_alert(message) || message.code.empty() || parts != 1) return 0;
  unsigned sum = 0;
  for (char const digit : message.code) sum = sum * 10 + static_cast<unsigned>(digit - '0');
  return static_cast<std::uint8_t>(first_replace_type + sum % replace_types);
}

}  // namespace siaga::sms
