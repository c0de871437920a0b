// An alert's words, whatever they are made of, as SMS: never more parts than allowed, mark, level
// and code whole, nothing half.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "protocols/sms/text/compose_sms.hpp"
#include "protocols/sms/text/transliterate.hpp"
#include "protocols/sms/text/user_data.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace siaga::sms;
  if (size < 4 || size > 4096) return 0;
  ComposeRules rules;
  rules.parts_max = 1 + data[0] % 6U;
  rules.plain_letters = (data[0] & 0x80U) != 0;
  rules.wide_reference = (data[0] & 0x40U) != 0;
  std::string_view const bytes(reinterpret_cast<char const*>(data) + 3, size - 3);
  auto const first = data[1] * bytes.size() / 256;
  auto const second = first + data[2] * (bytes.size() - first) / 256;
  siaga::Message message;
  message.mark = "LATIHAN";
  message.level = "AWAS";
  message.event = bytes.substr(0, first);
  message.place = bytes.substr(first, second - first);
  message.time = "23 Nov 2026 14:30 WITA";
  message.action = bytes.substr(second);
  message.code = "4821";
  message.sender_tag = "POLRES";

  auto const text = compose_sms(message, rules);
  auto const segments = segment(text, rules);
  if (segments.parts.size() > rules.parts_max) std::abort();
  if (text.rfind("LATIHAN AWAS", 0) != 0 || text.find("SIAP 4821") == text.npos) std::abort();
  auto const coding = static_cast<std::uint8_t>(segments.coding == Coding::ucs2 ? 8 : 0);
  std::string octets;
  for (auto const& part : segments.parts) {
    bool const half = text_of(part, coding, Charset::gsm).find("\uFFFD") != std::string::npos;
    if (half && text.find("\uFFFD") == text.npos) std::abort();
    octets += part;
  }
  if (text_of(octets, coding, Charset::gsm) != text) std::abort();
  if (joined_marks(joined_marks(text)) != joined_marks(text)) std::abort();
  return 0;
}
