// A whole stream from a modem: no bytes may crash the dialogue, make it hold more than a line, or
// write a PDU that was not asked for.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "protocols/sms/modem/at_values.hpp"
#include "protocols/sms/modem/dialogue.hpp"

namespace {

using namespace siaga;
using namespace siaga::sms;

struct Owner final : DialogueOwner {
  void on_answer(AtAnswer answer) override {
    if (answer.lines.size() > answer_lines_max) std::abort();
    (void)answer.values("+CMGS");
    for (auto const& line : answer.lines)
      if (line.size() > at_line_octets_max || split_values(values_of(line)).size() > at_values_max)
        std::abort();
  }
  void on_notice(AtNotice const& notice) override {
    if (!notice.pdu.empty() && !is_hex(notice.pdu)) std::abort();
    for (auto const value : split_values(values_of(notice.line))) {
      (void)offers(value, 2);
      (void)words_of(value);
    }
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  Owner owner;
  Dialogue dialogue(owner);
  SteadyTime now{milliseconds(1000)};
  std::string_view bytes(reinterpret_cast<char const*>(data), size);
  std::size_t commands = 0;
  while (!bytes.empty()) {
    if (!dialogue.busy()) {
      bool const sends = ++commands % 2 == 0;
      dialogue.start(
          AtCommand(sends ? "AT+CMGS=2" : "AT+CMGL=4", milliseconds(5000), sends ? "0001" : ""),
          now);
    }
    auto const part = std::min<std::size_t>(bytes.size(), 1 + commands * 7 % 61);
    dialogue.receive(bytes.substr(0, part), now);
    bytes.remove_prefix(part);
    now += milliseconds(part % 5 == 0 ? 3000 : 10);
    dialogue.tick(now);
    if (dialogue.output().size() > 4096) std::abort();
    dialogue.output().clear();
  }
  dialogue.lose();
  return 0;
}
