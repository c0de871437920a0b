// StartUp::unlock: the SIM's state and its PIN. 3GPP TS 27.007, 8.3.
#include <algorithm>

#include "gateway/base/log.hpp"
#include "protocols/sms/modem/at_fault.hpp"
#include "protocols/sms/modem/at_values.hpp"
#include "protocols/sms/modem/start_up.hpp"

namespace siaga::sms {
namespace asio = boost::asio;
namespace {

constexpr milliseconds settle{2000};
constexpr milliseconds pin_limit{20000};  // some cards think for long

Error needs_person(std::string detail) {
  return Error(Errc::invalid_configuration, std::move(detail));
}

// What the SIM waits for; "" = the modem cannot say.
std::string wanted_code(AtAnswer const& answer) {
  return std::string(unquoted(answer.values("+CPIN")));
}

Error refusal_of_state(AtAnswer const& answer) {
  switch (answer.code) {
    case cme_no_sim:
      return needs_person("there is no SIM in the modem, or it is not seated");
    case cme_sim_failure:
      return needs_person("the SIM does not work: clean it, seat it again, or replace it");
    case cme_puk_wanted:
      return needs_person("the SIM is blocked and wants its PUK: enter it with a telephone");
    default:
      return error_of(answer, "AT+CPIN?");
  }
}

}  // namespace

StartUp::Step StartUp::unlock() {
  auto const state = co_await ask_when_ready("AT+CPIN?");
  if (!state.ok()) co_return refusal_of_state(state);
  auto code = wanted_code(state);
  if (same_text(code, "SIM PIN")) {
    auto const entered = co_await enter_pin();
    if (!entered) co_return entered.error();
    code = "READY";
  }
  if (!code.empty() && !same_text(code, "READY")) {
    if (code.find("PUK") != code.npos)
      co_return needs_person("the SIM is blocked and wants its " + code +
                             ": enter it with a telephone, the gateway never does");
    co_return needs_person("the modem wants a code that is not the SIM's PIN: " + code);
  }
  pin_.accepted();
  for (auto const* text : {"AT+CCID", "AT+ICCID", "AT^ICCID?"}) {
    auto const number = co_await ask(text);
    if (!number.answered()) co_return error_of(number, text);
    if (!number.ok() || number.lines.empty()) continue;
    report_.sim_number = unquoted(values_of(number.lines.front())).substr(0, 24);
    break;
  }
  co_return Result<void>();
}

StartUp::Step StartUp::count_pin_tries() {
  for (auto const& counter : pin_counters()) {
    auto const answer = co_await ask(std::string(counter.command));
    if (!answer.answered()) co_return error_of(answer, counter.command);
    if (!answer.ok()) continue;
    report_.pin_tries_left = counter.read(answer.lines);
    if (report_.pin_tries_left) break;
  }
  co_return Result<void>();
}

StartUp::Step StartUp::enter_pin() {
  auto const counted = co_await count_pin_tries();
  if (!counted) co_return counted.error();
  auto const pin = pin_.take(report_.pin_tries_left);
  if (!pin) co_return pin.error();
  log::info("modem_pin_entered",
            {{"tries_left",
              report_.pin_tries_left ? std::to_string(*report_.pin_tries_left) : "unknown"}});
  AtCommand command("AT+CPIN=\"" + *pin + '"', pin_limit);
  auto const answer = co_await port_.ask(std::move(command));
  if (answer.end == AtEnd::refused) {
    pin_.refused();
    co_return needs_person("the SIM refused the PIN in pin_file (" + answer.refusal +
                           "); it is not entered again");
  }
  if (!answer.ok()) co_return error_of(answer, "AT+CPIN=");
  auto const until = clock_.steady_now() + rules_.ready_limit;
  for (;;) {  // accepted is what the SIM says afterwards
    co_await pause(settle);
    auto const state = co_await ask_when_ready("AT+CPIN?");
    if (!state.answered()) co_return error_of(state, "AT+CPIN?");
    if (same_text(wanted_code(state), "READY")) co_return Result<void>();
    bool const is_blocked = wanted_code(state).find("PUK") != std::string::npos;
    if (is_blocked || clock_.steady_now() >= until)
      co_return needs_person("the SIM still wants a code after its PIN: " + wanted_code(state));
  }
}

}  // namespace siaga::sms
