#include "tests/peers/modem/options.hpp"

#include <array>
#include <charconv>
#include <variant>

namespace siaga::simmodem {
namespace {

struct Key {
  std::string_view name;
  std::variant<long Options::*, std::string Options::*> member;
  std::string_view sentence;
};

using O = Options;

constexpr auto keys = std::to_array<Key>({
    {"dialect", &O::dialect, "huawei, simcom, quectel or cinterion"},
    {"link", &O::link, "symbolic link to the port, made anew whenever it is plugged in"},
    {"control", &O::control, "control port on 127.0.0.1; 0 = any, printed as `control PORT`"},
    {"echo", &O::echo, "1 = echoes until ATE0"},
    {"pin", &O::pin, "the SIM's PIN; empty = none wanted"},
    {"pin-tries", &O::pin_tries, "tries left for it"},
    {"sim", &O::sim, "ready, absent, puk or busy"},
    {"reg", &O::reg, "registration: 0 none, 1 home, 2 searching, 3 denied, 5 roaming"},
    {"csq", &O::csq, "signal 0-31, 99 = unknown"},
    {"centre", &O::centre, "service centre; empty = the SIM knows none"},
    {"places", &O::places, "of each storage"},
    {"answer-delay", &O::answer_delay, "ms before every answer"},
    {"prompt-delay", &O::prompt_delay, "ms before the prompt"},
    {"send-delay", &O::send_delay, "ms between the PDU and its result"},
    {"no-prompt", &O::no_prompt, "1 = +CMGS never gets its prompt"},
    {"no-result", &O::no_result, "1 = the PDU never gets its result"},
    {"hang", &O::hang, "1 = answers nothing at all"},
    {"hang-on-list", &O::hang_on_list, "1 = hangs at AT+CMGL"},
    {"reset-helps", &O::reset_helps, "1 = AT+CFUN=1,1 ends a hang"},
    {"cms", &O::cms, "+CMS ERROR for submits; 0 = accepted"},
    {"cms-number", &O::cms_number, "... only to numbers that have these digits in them"},
    {"fault-every", &O::fault_every, "a fault at each Nth submit; 0 = none"},
    {"fault-kind", &O::fault_kind,
     "cms, plain, prompt, result, lost (taken, unanswered), hang, restart or forget"},
    {"fault-number", &O::fault_number,
     "... hang, restart, forget or lost at each PDU to numbers that have these digits in them"},
    {"csms", &O::csms, "0 = cannot wait for acknowledgements"},
    {"error-text", &O::error_text, "1 = errors in words"},
    {"receipts", &O::receipts, "ms until a status report; -1 = none"},
    {"receipt-status", &O::receipt_status, "its TP-ST"},
    {"ack-limit", &O::ack_limit, "ms until what was not acknowledged comes again"},
    {"deaf-without-ack", &O::deaf_without_ack, "1 = then it stops to tell of anything"},
    {"chatter", &O::chatter, "ms between unsolicited lines of no interest; 0 = none"},
    {"boot", &O::boot, "ms after a reset until it answers"},
    {"replug", &O::replug, "1 = the port goes away while it boots"},
});

bool to_number(std::string_view text, long& number) {
  auto const [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
  return ec == std::errc() && end == text.data() + text.size() && !text.empty();
}

}  // namespace

std::string Options::set(std::string_view key, std::string_view value) {
  for (auto const& known : keys) {
    if (known.name != key) continue;
    if (auto const* text = std::get_if<std::string Options::*>(&known.member)) {
      this->*(*text) = std::string(value);
      return {};
    }
    if (!to_number(value, this->*std::get<long Options::*>(known.member)))
      return std::string(key) + " wants a number";
    return {};
  }
  return "unknown option " + std::string(key);
}

std::string help() {
  std::string text =
      "siaga_test_modem: a GSM modem on a pseudo terminal, with every fault switchable.\n"
      "Prints `modem DEVICE` and `control PORT` first.\n\n"
      "Options (--KEY VALUE at start, `set KEY VALUE` on the control port):\n";
  for (auto const& key : keys) {
    std::string line = "  --" + std::string(key.name);
    line.resize(std::max<std::size_t>(line.size() + 1, 22), ' ');
    text += line + std::string(key.sentence) + "\n";
  }
  text +=
      "\nControl port, a line each, answered by `ok`, `error: WHY` or one JSON line:\n"
      "  set KEY VALUE     as above\n"
      "  deliver HEX       an SMS-DELIVER from the network, service centre in front\n"
      "  report HEX        a status report from the network\n"
      "  store PLACE HEX   as if it had come while nobody listened, e.g. store SM 00...\n"
      "  notice TEXT       an unsolicited line now\n"
      "  inject WHERE TEXT the same at the next: prompt (before it), pdu (between prompt and\n"
      "                    result), answer (before an answer)\n"
      "  unplug | plug     the port goes away, and comes again\n"
      "  restart | forget  the modem restarts by itself; the same without a word\n"
      "  stats             counters as JSON\n"
      "  submitted         every PDU it took, as JSON\n"
      "  quit              ends the program\n";
  return text;
}

}  // namespace siaga::simmodem
