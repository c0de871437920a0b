#include "tests/peers/smsc/options.hpp"

#include <array>
#include <charconv>
#include <variant>

namespace siaga::smsc {
namespace {

struct Key {
  std::string_view name;
  std::variant<long Options::*, std::string Options::*> member;
  std::string_view sentence;
};

using O = Options;

constexpr auto keys = std::to_array<Key>({
    {"port", &O::port, "SMPP port on 127.0.0.1; 0 = any, printed as `listening PORT`"},
    {"control", &O::control, "control port; 0 = any, printed as `control PORT`"},
    {"quiet", &O::quiet, "1 = prints only its ports; ask `stats`"},
    {"seed", &O::seed, "of the chances below"},
    {"receipts", &O::receipts, "delivery receipts this many ms after the submit; -1 = none"},
    {"tls-cert", &O::tls_cert, "certificate chain; with tls-key, at start only: TLS on the port"},
    {"tls-key", &O::tls_key, "its key"},
    {"tls-ca", &O::tls_ca, "whoever signs the ESME's certificate, without which there is no TLS"},
    {"receipt-form", &O::receipt_form,
     "text, tlv or both; payload = the text in message_payload, ucs2 = the text in UCS-2"},
    {"receipt-state", &O::receipt_state, "DELIVRD, UNDELIV, EXPIRED, REJECTD, ENROUTE, ..."},
    {"receipt-text", &O::receipt_text, "their text; %ID%, %STATE% and %NUL% are filled in"},
    {"receipt-parts", &O::receipt_parts, "of a long text: all, first or last"},
    {"receipt-hold", &O::receipt_hold, "1 = they wait for `release`, the messages stay en route"},
    {"receipt-intermediate", &O::receipt_intermediate,
     "1 = one that says ENROUTE goes before each"},
    {"receipt-fail", &O::receipt_fail, "percent of receipts that say UNDELIV"},
    {"receipt-before", &O::receipt_before, "1 = the receipt goes out before the submit's answer"},
    {"receipt-twice", &O::receipt_twice, "1 = each receipt comes twice"},
    {"id-form", &O::id_form,
     "message ids in answers: decimal, hex, upper, empty, bare (no NUL after) or missing (no "
     "body)"},
    {"receipt-id", &O::receipt_id, "message ids in receipts: same, decimal, hex or upper"},
    {"deliver-as", &O::deliver_as,
     "what receipts and texts come as: deliver_sm, or data_sm with the text in message_payload"},
    {"mo-form", &O::mo_form,
     "how the parts of a long text from a phone are joined: udh, udh16, sar or payload"},
    {"mo-reverse", &O::mo_reverse, "1 = its last part comes first"},
    {"throttle", &O::throttle, "percent of submits answered 0x58"},
    {"rate", &O::rate, "submits/s accepted, the rest answered 0x58; 0 = all"},
    {"burst", &O::burst, "how many of `rate` it saves up while idle; 0 = a quarter of a second's"},
    {"window", &O::window,
     "submits of a session that may be unanswered, more answered 0x58; 0 = any"},
    {"congestion", &O::congestion,
     "congestion_state in submit answers: none, 0 to 100, or auto = how much of `rate` is used up"},
    {"error", &O::error, "percent of submits answered error-code"},
    {"error-every", &O::error_every, "each Nth submit is answered error-code"},
    {"error-code", &O::error_code, "command_status of those, e.g. 0x0b"},
    {"bad-destination", &O::bad_destination, "regex of destinations answered 0x0b"},
    {"silent", &O::silent, "percent of submits accepted but never answered"},
    {"nack", &O::nack, "percent of submits answered generic_nack"},
    {"mute", &O::mute, "1 = answers binds only"},
    {"mute-enquire", &O::mute_enquire, "1 = never answers enquire_link"},
    {"drop-every", &O::drop_every, "the connection ends at each Nth submit, taken all the same"},
    {"drop-how", &O::drop_how,
     "unanswered, with what was read together with it; answered; or reset = unanswered, by RST"},
    {"drop-at", &O::drop_at,
     "regex: the connection ends at each submit whose \"DESTINATION TEXT\" has it, not taken"},
    {"unbind-every", &O::unbind_every, "unbinds at each Nth submit, answered before"},
    {"garbage-every", &O::garbage_every, "sends garbage at each Nth submit"},
    {"garbage-kind", &O::garbage_kind,
     "command, options, string, text-length, empty, stray, short, huge, noise or any (in turn)"},
    {"out-of-order", &O::out_of_order, "answers in reversed groups of N"},
    {"delay", &O::delay, "answers after this many ms"},
    {"jitter", &O::jitter, "plus up to this many"},
    {"late", &O::late, "percent of submits answered late-by ms later than the others"},
    {"late-by", &O::late_by, "for `late`"},
    {"answer-twice", &O::answer_twice, "percent of answers that come twice"},
    {"refuse-bind", &O::refuse_bind, "command_status for binds, e.g. 0x0e; 0 = accept"},
    {"mute-bind", &O::mute_bind, "1 = never answers binds"},
    {"bind-delay", &O::bind_delay, "answers binds after this many ms"},
    {"binds-max", &O::binds_max, "sessions bound at once, more refused 0x05; 0 = any"},
    {"refuse-connect", &O::refuse_connect, "1 = closes every connection at once"},
    {"enquire-every", &O::enquire_every, "ms between enquire_links of the SMSC; 0 = none"},
    {"chop", &O::chop, "1 = writes a few octets at a time"},
});

bool to_number(std::string_view text, long& number) {
  int base = 10;
  if (text.substr(0, 2) == "0x") text.remove_prefix(2), base = 16;
  auto const [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  return ec == std::errc() && end == text.data() + text.size() && !text.empty();
}

bool is_regex(std::string const& pattern) {
  try {
    std::regex const checked(pattern);
    return true;
  } catch (std::regex_error const&) {
    return false;
  }
}

}  // namespace

std::string Options::set(std::string_view key, std::string_view value) {
  if (key == "reply") return add_reply(value);
  for (auto const& known : keys) {
    if (known.name != key) continue;
    if (auto const* text = std::get_if<std::string Options::*>(&known.member)) {
      if ((key == "bad-destination" || key == "drop-at") && !is_regex(std::string(value)))
        return "not a regex";
      this->*(*text) = std::string(value);
      return {};
    }
    if (!to_number(value, this->*std::get<long Options::*>(known.member)))
      return std::string(key) + " wants a number";
    return {};
  }
  return "unknown option " + std::string(key);
}

std::string Options::add_reply(std::string_view rule) {
  auto const first = rule.find(' ');
  auto const second = first == std::string_view::npos ? first : rule.find(' ', first + 1);
  long delay_ms = 0;
  if (second == std::string_view::npos ||
      !to_number(rule.substr(first + 1, second - first - 1), delay_ms))
    return "reply wants REGEX DELAY_MS TEXT";
  ReplyRule reply;
  reply.pattern = std::string(rule.substr(0, first));
  if (!is_regex(reply.pattern)) return "not a regex: " + reply.pattern;
  reply.to = std::regex(reply.pattern);
  reply.delay_ms = static_cast<int>(delay_ms);
  reply.text = std::string(rule.substr(second + 1));
  replies.push_back(std::move(reply));
  return {};
}

std::string help() {
  std::string text =
      "siaga_test_smsc: an SMSC for tests, with every fault switchable while it runs.\n"
      "Listens on 127.0.0.1 only. Prints `listening PORT` and `control PORT`, then JSON lines.\n\n"
      "Options (--KEY VALUE at start, `set KEY VALUE` on the control port):\n";
  for (auto const& key : keys) {
    std::string line = "  --" + std::string(key.name);
    line.resize(std::max<std::size_t>(line.size() + 1, 20), ' ');
    text += line + std::string(key.sentence) + "\n";
  }
  text +=
      "  --reply 'REGEX DELAY_MS TEXT'   who matches answers so (repeatable); %CODE% in TEXT is "
      "the\n"
      "                    4 or 5 digit number after \"SIAP \" in the text received\n\n"
      "Control port, a line each, answered by `ok`, `error: WHY` or one JSON line:\n"
      "  set KEY VALUE     as above\n"
      "  reply REGEX DELAY_MS TEXT | no-replies\n"
      "  mo FROM TEXT      a text from a phone, e.g. mo +6281200000001 SIAP 4821\n"
      "  stats             counters as JSON\n"
      "  reset             counters to zero\n"
      "  drop | unbind     closes, or unbinds, every session\n"
      "  garbage KIND      sends garbage to every session now\n"
      "  release           sends the receipts held\n"
      "  accepted          the destinations of the submits accepted, in order, as JSON\n"
      "  quit              ends the program\n\n"
      "JSON lines (`event`): bind, closed, submit (id, from, to, part, parts, text, coding, "
      "status,\n"
      "validity, priority, time_ns of its first byte read), message (the whole text, once its "
      "last\n"
      "part was accepted, with the first part's time_ns), deliver (kind receipt or mo, status the\n"
      "ESME answered), query, cancel, replace (id, status, and what it was told), garbage.\n";
  return text;
}

}  // namespace siaga::smsc
