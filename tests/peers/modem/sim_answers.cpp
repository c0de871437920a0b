// SimModem's answers about itself, its SIM and its network.
#include <algorithm>
#include <charconv>

#include "tests/peers/modem/sim_modem.hpp"

namespace siaga::simmodem {
namespace {

bool begins(std::string const& text, std::string_view with) {
  return text.compare(0, with.size(), with) == 0;
}

}  // namespace

bool SimModem::answer_general(std::string const& command) {
  auto const fact = [&](char const* name, std::string_view value) {
    ok((dialect().facts_are_named ? std::string(name) + ": " : std::string()) + std::string(value));
  };
  if (command == "AT" || begins(command, "AT+CMEE=") || command == "ATZ") {
    ok();
  } else if (command == "ATE0" || command == "ATE1") {
    echo_ = command == "ATE1";
    ok();
  } else if (command == "AT+CMEE?") {
    ok("+CMEE: 1");
  } else if (command == "AT+CGMI") {
    fact("+CGMI", dialect().manufacturer);
  } else if (command == "AT+CGMM") {
    fact("+CGMM", dialect().model);
  } else if (command == "AT+CGMR") {
    fact("+CGMR", dialect().revision);
  } else if (command == "AT+CGSN") {
    ok("490154203237518");
  } else if (command == "AT+CFUN?") {
    ok("+CFUN: 1");
  } else if (begins(command, "AT+CFUN=")) {
    ok();
  } else {
    return false;
  }
  return true;
}

bool SimModem::answer_sim(std::string const& command) {
  if (command == "AT+CPIN?") {
    if (options.sim == "absent") {
      refuse_modem(10, "SIM not inserted");
    } else if (options.sim == "busy") {
      refuse_modem(14, "SIM busy");
    } else if (options.sim == "puk") {
      ok("+CPIN: SIM PUK");
    } else {
      ok(locked() ? "+CPIN: SIM PIN" : "+CPIN: READY");
    }
  } else if (begins(command, "AT+CPIN=")) {
    enter_pin(command.substr(8));
  } else if (!dialect().pin_counter.empty() && command == dialect().pin_counter) {
    count_pin_tries();
  } else if (!dialect().sim_number.empty() && command == dialect().sim_number) {
    auto const name =
        command.substr(2, command.find('?') == command.npos ? command.npos : command.size() - 3);
    ok(name + ": 89620100001234567890");
  } else {
    return false;
  }
  return true;
}

void SimModem::enter_pin(std::string const& pin) {
  ++counters.pins;
  if (!locked()) return error();
  if (pin == '"' + options.pin + '"') {
    unlocked_ = true;
    return ok();
  }
  if (--options.pin_tries <= 0) options.sim = "puk";
  refuse_modem(16, "incorrect password");
}

void SimModem::count_pin_tries() {
  auto const left = std::to_string(options.pin_tries);
  auto const command = dialect().pin_counter;
  if (command == "AT^CPIN?") return ok("^CPIN: SIM PIN," + left + ",10," + left + ",10,3");
  if (command == "AT+SPIC") return ok("+SPIC: " + left + ",10,0,10");
  if (command == "AT^SPIC") return ok("^SPIC: " + left);
  line("+QPINC: \"SC\"," + left + ",10");
  ok("+QPINC: \"P2\",3,10");
}

bool SimModem::answer_network(std::string const& command) {
  auto const reg = std::to_string(options.reg);
  if (begins(command, "AT+CEREG") && !dialect().has_lte) return false;
  if (command == "AT+CREG?" || command == "AT+CEREG?") {
    ok(command.substr(2, command.size() - 3) + ": 1," + reg);
  } else if (begins(command, "AT+CREG=") || begins(command, "AT+CEREG=")) {
    ok();
  } else if (command == "AT+COPS=3,0") {
    ok();
  } else if (command == "AT+COPS?") {
    ok("+COPS: 0,0,\"TELKOMSEL\"," + std::string(dialect().has_lte ? "7" : "2"));
  } else if (command == "AT+CSQ") {
    ok("+CSQ: " + std::to_string(options.csq) + ",99");
  } else if (command == "AT+CESQ" && dialect().has_lte) {
    ok("+CESQ: 99,99,255,255,20,60");
  } else {
    return false;
  }
  return true;
}

bool SimModem::answer_storages(std::string const& command) {
  auto const index_after = [&](std::string_view name) {
    int index = -1;
    std::from_chars(command.data() + name.size(), command.data() + command.size(), index);
    return index;
  };
  bool const is_ours = begins(command, "AT+CPMS") || begins(command, "AT+CMG");
  if (!is_ours || begins(command, "AT+CMGS") || begins(command, "AT+CMGF")) return false;
  if (locked()) {
    refuse_message(options.sim == "busy" ? 314 : 310,
                   options.sim == "busy" ? "SIM busy" : "SIM not inserted");
  } else if (command == "AT+CPMS=?") {
    ok("+CPMS: " + std::string(dialect().storages));
  } else if (begins(command, "AT+CPMS=")) {
    choose_storage(command.substr(8));
  } else if (command == "AT+CMGL=4") {
    list(memory_);
  } else if (begins(command, "AT+CMGR=")) {
    read(index_after("AT+CMGR="));
  } else if (begins(command, "AT+CMGD=")) {
    remove(index_after("AT+CMGD="));
  } else {
    return false;
  }
  return true;
}

bool SimModem::answer_messages(std::string const& command) {
  if (command == "AT+CMGF=0") {
    if (options.sim == "busy") {
      refuse_message(314, "SIM busy");
    } else {
      ok();
    }
  } else if (command == "AT+CSMS=?") {
    ok("+CSMS: " + (options.csms != 0 ? std::string(dialect().services) : "(0)"));
  } else if (command == "AT+CSMS?") {
    ok(std::string("+CSMS: ") + (acknowledges_ ? "1" : "0") + ",1,1,1");
  } else if (command == "AT+CSMS=1" || command == "AT+CSMS=0") {
    acknowledges_ = command.back() == '1';
    ok("+CSMS: 1,1,1");
  } else if (command == "AT+CSCA?") {
    ok("+CSCA: \"" + options.centre + "\",145");
  } else if (begins(command, "AT+CSCA=")) {
    ok();
  } else if (command == "AT+CNMI=?") {
    ok("+CNMI: " + std::string(dialect().routing));
  } else if (begins(command, "AT+CNMI=")) {
    ++counters.routings;
    routing.assign(5, 0);
    for (std::size_t i = 0; i < 5 && 8 + 2 * i < command.size(); ++i)
      routing[i] = command[8 + 2 * i] - '0';
    // The one with (1) only for <bfr> refuses 0, as the standard has it.
    if (dialect().routing.ends_with("(1)") && routing[4] != 1) return error(), true;
    ok();
    pass_on();
  } else if (command == "AT+CMMS=?" && !dialect().together.empty()) {
    ok("+CMMS: " + std::string(dialect().together));
  } else if (begins(command, "AT+CMMS=") && !dialect().together.empty()) {
    ok();
  } else if (begins(command, "AT+CNMA")) {
    acknowledge(command != "AT+CNMA=2");
  } else if (begins(command, "AT+CMGS=")) {
    begin_submit(std::atoi(command.c_str() + 8));
  } else {
    return false;
  }
  return true;
}

}  // namespace siaga::simmodem
