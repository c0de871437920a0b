#include "protocols/sms/modem/start_up.hpp"

#include <algorithm>

#include "gateway/base/log.hpp"
#include "gateway/ports/sleep.hpp"
#include "protocols/sms/modem/at_fault.hpp"
#include "protocols/sms/modem/at_values.hpp"

namespace siaga::sms {
namespace asio = boost::asio;
namespace {

constexpr milliseconds radio_limit{15000};
constexpr milliseconds ready_look{2000};
constexpr std::size_t fact_octets_max = 64;

// A fact without its name, as some modems write one: "+CGMM: SIM7600E" and "SIM7600E".
std::string fact_of(AtAnswer const& answer) {
  if (!answer.ok() || answer.lines.empty()) return {};
  return std::string(unquoted(values_of(answer.lines.front())).substr(0, fact_octets_max));
}

bool is_not_ready(AtAnswer const& answer) {
  if (answer.end != AtEnd::refused) return false;
  bool const of_modem = same_text(answer.refusal.substr(0, 4), "+CME");
  if (of_modem) return answer.code == cme_sim_busy;
  return answer.code >= 0 && fault_of_cms(answer.code) == SubmitFault::busy;
}

}  // namespace

Error error_of(AtAnswer const& answer, std::string_view command) {
  auto const detail = std::string(command) + ": " + answer.why();
  if (answer.end == AtEnd::silent || answer.end == AtEnd::no_prompt)
    return Error(Errc::timed_out, detail);
  return Error(answer.end == AtEnd::lost ? Errc::connection_lost : Errc::refused_by_peer, detail);
}

asio::any_io_executor StartUp::port_executor() const {
  return port_.executor();
}

asio::awaitable<AtAnswer> StartUp::ask(std::string text) {
  AtCommand command(std::move(text), rules_.answer_limit);
  co_return co_await port_.ask(std::move(command));
}

asio::awaitable<void> StartUp::pause(milliseconds time) {
  auto const until = clock_.steady_now() + time;
  while (!port_.is_lost() && clock_.steady_now() < until) co_await sleep_or(clock_, until, never_);
}

asio::awaitable<AtAnswer> StartUp::ask_when_ready(std::string text) {
  auto const until = clock_.steady_now() + rules_.ready_limit;
  for (;;) {
    auto answer = co_await ask(text);
    if (!is_not_ready(answer) || clock_.steady_now() >= until) co_return answer;
    co_await pause(ready_look);
  }
}

asio::awaitable<Result<ModemReport>> StartUp::run() {
  using Method = Step (StartUp::*)();
  constexpr Method steps[] = {&StartUp::greet,           &StartUp::identify,
                              &StartUp::switch_radio_on, &StartUp::unlock,
                              &StartUp::choose_pdu_mode, &StartUp::choose_acknowledgement,
                              &StartUp::choose_storages, &StartUp::check_service_centre,
                              &StartUp::choose_notices,  &StartUp::look_at_network};
  for (auto const step : steps) {
    auto const done = co_await (this->*step)();
    if (!done) co_return done.error();
  }
  co_return std::move(report_);
}

StartUp::Step StartUp::greet() {
  auto const echo_off = co_await ask("ATE0");
  if (!echo_off.answered()) co_return error_of(echo_off, "ATE0");
  auto const numbers = co_await ask("AT+CMEE=1");
  if (!numbers.answered()) co_return error_of(numbers, "AT+CMEE=1");
  co_return Result<void>();
}

StartUp::Step StartUp::identify() {
  auto const maker = co_await ask("AT+CGMI");
  auto const model = co_await ask("AT+CGMM");
  auto const revision = co_await ask("AT+CGMR");
  auto const imei = co_await ask("AT+CGSN");
  if (!imei.answered()) co_return error_of(imei, "AT+CGSN");
  report_.manufacturer = fact_of(maker);
  report_.model = fact_of(model);
  report_.revision = fact_of(revision);
  report_.imei = fact_of(imei);
  bool const known = hangs_on_listing(report_.manufacturer, report_.model);
  report_.has_no_listing = rules_.listing == "never" || (rules_.listing == "auto" && known);
  co_return Result<void>();
}

StartUp::Step StartUp::switch_radio_on() {
  auto const radio = co_await ask("AT+CFUN?");
  if (!radio.answered()) co_return error_of(radio, "AT+CFUN?");
  auto const values = split_values(radio.values("+CFUN"));
  if (!radio.ok() || values.empty() || number_of(values[0]) == 1) co_return Result<void>();
  AtCommand command("AT+CFUN=1", radio_limit);
  auto const on = co_await port_.ask(std::move(command));
  if (!on.ok()) co_return error_of(on, "AT+CFUN=1");
  co_return Result<void>();
}

// AT+CMGF=0: PDU mode.
StartUp::Step StartUp::choose_pdu_mode() {
  auto const chosen = co_await ask_when_ready("AT+CMGF=0");
  if (!chosen.ok()) co_return error_of(chosen, "AT+CMGF=0");
  co_return Result<void>();
}

// AT+CSMS=1: what comes directly is acknowledged by us, or sent again.
StartUp::Step StartUp::choose_acknowledgement() {
  auto const offered = co_await ask_when_ready("AT+CSMS=?");
  if (!offered.answered()) co_return error_of(offered, "AT+CSMS=?");
  if (!offered.ok() || !offers(offered.values("+CSMS"), 1)) co_return Result<void>();
  auto const chosen = co_await ask_when_ready("AT+CSMS=1");
  if (!chosen.answered()) co_return error_of(chosen, "AT+CSMS=1");
  report_.acknowledges = chosen.ok();
  co_return Result<void>();
}

StartUp::Step StartUp::choose_storages() {
  auto const offered = co_await ask_when_ready("AT+CPMS=?");
  if (!offered.answered()) co_return error_of(offered, "AT+CPMS=?");
  report_.storage = choose_storage(offered.values("+CPMS"), rules_.storages);
  if (!report_.storage) co_return Result<void>();
  auto const chosen = co_await ask_when_ready(report_.storage->command());
  if (!chosen.answered()) co_return error_of(chosen, "AT+CPMS");
  if (!chosen.ok()) report_.storage.reset();
  co_return Result<void>();
}

// AT+CSCA: without a service centre no message leaves.
StartUp::Step StartUp::check_service_centre() {
  auto const now = co_await ask_when_ready("AT+CSCA?");
  if (!now.answered()) co_return error_of(now, "AT+CSCA?");
  auto const values = split_values(now.values("+CSCA"));
  if (!values.empty()) report_.service_centre = unquoted(values[0]).substr(0, 24);
  auto const& wanted = rules_.service_centre;
  if (!wanted.empty() && wanted != report_.service_centre) {
    auto const set = co_await ask("AT+CSCA=\"" + wanted + "\",145");
    if (!set.ok()) co_return error_of(set, "AT+CSCA");
    report_.service_centre = wanted;
  }
  if (now.ok() && report_.service_centre.empty())
    co_return Error(Errc::invalid_configuration,
                    "the SIM knows no service centre: set service_centre to the operator's");
  co_return Result<void>();
}

// AT+CNMI: how the modem says that something came. One that takes none is asked every minute.
StartUp::Step StartUp::choose_notices() {
  auto const offered = co_await ask("AT+CNMI=?");
  if (!offered.answered()) co_return error_of(offered, "AT+CNMI=?");
  auto choice = choose_routing(offered.values("+CNMI"), report_.acknowledges);
  auto others = fallbacks(choice);
  for (std::size_t next = 0;; ++next) {
    auto const chosen = co_await ask_when_ready(choice.command());
    if (!chosen.answered()) co_return error_of(chosen, choice.command());
    if (chosen.ok()) break;
    if (next == others.size()) {
      choice = RoutingChoice();
      break;
    }
    choice = others[next];
  }
  report_.routing = choice;
  auto const together = co_await ask("AT+CMMS=?");
  if (!together.answered()) co_return error_of(together, "AT+CMMS=?");
  report_.keeps_link = together.ok() && offers(together.values("+CMMS"), 1);
  co_return Result<void>();
}

StartUp::Step StartUp::look_at_network() {
  // The numeric form of notices is asked for; modems that refuse are asked now and then.
  for (auto const* text : {"AT+CREG=1", "AT+CEREG=1"}) {
    auto const answer = co_await ask(text);
    if (!answer.answered()) co_return error_of(answer, text);
  }
  for (auto const* text : {"AT+CREG?", "AT+CEREG?", "AT+CSQ"}) {
    auto const answer = co_await ask(text);
    if (!answer.answered()) co_return error_of(answer, text);
    for (auto const& line : answer.lines) report_.network.take(line);
  }
  // Some take long for the operator's name; nothing hangs on it.
  for (auto const* text : {"AT+COPS=3,0", "AT+COPS?"}) {
    if (!report_.network.is_registered()) break;
    auto const answer = co_await ask(text);
    if (answer.end == AtEnd::lost) co_return error_of(answer, text);
    for (auto const& line : answer.lines) report_.network.take(line);
  }
  if (report_.network.knows_signal()) co_return Result<void>();
  auto const extended = co_await ask("AT+CESQ");
  for (auto const& line : extended.lines) report_.network.take(line);
  co_return Result<void>();
}

}  // namespace siaga::sms
