// The modem engine's pure rules: routing, storages, ladder, trouble, network, listings.
#include <fstream>

#include "protocols/sms/modem/ladder.hpp"
#include "protocols/sms/modem/message_routing.hpp"
#include "protocols/sms/modem/modem_report.hpp"
#include "protocols/sms/modem/network_state.hpp"
#include "protocols/sms/modem/sim_pin.hpp"
#include "protocols/sms/modem/storages.hpp"
#include "protocols/sms/modem/trouble.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

namespace siaga::sms {
namespace {

SteadyTime at(std::int64_t ms) {
  return SteadyTime(milliseconds(1'000'000 + ms));
}

struct PinFiles {
  test::TempDir directory;
  std::string pin = directory.path() + "/pin", marker = directory.path() + "/marker";
  PinFiles() { std::ofstream(pin) << "1234\n"; }
};

}  // namespace

TEST_CASE("messages come directly only where the modem waits for the acknowledgement", "[modem]") {
  CHECK(choose_routing("(0-2),(0-3),(0,2),(0-2),(0,1)", true).command() == "AT+CNMI=2,2,0,1,0");
  CHECK(choose_routing("(0-2),(0-3),(0,2),(0-2),(0,1)", false).command() == "AT+CNMI=2,1,0,2,0");
}

TEST_CASE("only what a modem offers is asked of it, zeros and all", "[modem]") {
  CHECK(choose_routing("(0,1),(0,1),(0),(0,1),(1)", true).command() == "AT+CNMI=1,1,0,1,1");
  CHECK(choose_routing("(0,3),(0-2),(0,2),(0),(0)", true).command() == "AT+CNMI=3,2,0,0,0");
  CHECK(choose_routing("(0-2),(0-1),(0),(0)", true).command() == "AT+CNMI=2,1,0,0");
  CHECK(choose_routing("", true).command() == "AT+CNMI=0,0");
}

TEST_CASE("the storage is the first wanted one that can both be read and received into",
          "[modem]") {
  std::vector<std::string> const wanted{"ME", "SM", "MT"};
  auto choice = choose_storage(R"(("SM","ME","MT","SR"),("SM","ME"),("SM"))", wanted);
  REQUIRE(choice);
  CHECK(choice->command() == R"(AT+CPMS="SM","SM","SM")");
  CHECK(choice->readable == std::vector<std::string>{"ME", "SM", "SR"});
  choice = choose_storage(R"(("ME"),("ME"))", wanted);
  REQUIRE(choice);
  CHECK(choice->command() == R"(AT+CPMS="ME","ME")");
  CHECK_FALSE(choose_storage(R"(("BM"),("BM"),("BM"))", wanted));
  CHECK_FALSE(choose_storage("", wanted));
}

TEST_CASE("recovery goes from opening to a reset to the hook, with growing pauses, and round",
          "[modem]") {
  using enum RecoveryStep;
  Ladder ladder(true);
  std::vector<RecoveryStep> steps;
  milliseconds last{0};
  for (int i = 0; i < 12; ++i) {
    auto const plan = ladder.after_failure(true);
    steps.push_back(plan.step);
    CHECK(plan.pause >= last);
    last = plan.pause;
  }
  CHECK(steps == std::vector<RecoveryStep>{open, open, reset_modem, open, run_hook, open, open,
                                           open, reset_modem, open, run_hook, open});
  CHECK(last == milliseconds(300000));
  ladder.held();
  CHECK(ladder.after_failure(true).step == open);
  CHECK(ladder.failures() == 1);
}

TEST_CASE("a device that is gone is not told to reset, and no hook is run where there is none",
          "[modem]") {
  using enum RecoveryStep;
  Ladder gone(true), bare(false);
  for (int i = 0; i < 12; ++i) {
    CHECK(gone.after_failure(false).step != reset_modem);
    CHECK(bare.after_failure(true).step != run_hook);
  }
  Ladder wanted(true);
  wanted.want_reset();
  CHECK(wanted.after_failure(true).step == reset_modem);
}

TEST_CASE("one number's trouble, however long, is not the modem's", "[modem]") {
  Trouble trouble;
  for (int i = 0; i < 100; ++i) {
    auto const advice = trouble.failed("62811", SubmitFault::network, at(i));
    CHECK_FALSE(advice.of_modem);
    CHECK(advice.pause == milliseconds(0));
    CHECK(advice.retry_after > milliseconds(0));
  }
  CHECK(trouble.failed("62812", SubmitFault::network, at(200)).of_modem);
  trouble.succeeded();
  CHECK_FALSE(trouble.failed("62811", SubmitFault::network, at(300)).of_modem);
}

TEST_CASE("unknown errors of two numbers bring a reset, of one number rarely", "[modem]") {
  Trouble two;
  CHECK_FALSE(two.failed("62811", SubmitFault::unknown, at(0)).reset);
  CHECK(two.failed("62812", SubmitFault::unknown, at(1)).reset);
  Trouble one;
  int resets = 0;
  for (int i = 0; i < 120; ++i)
    resets += one.failed("62811", SubmitFault::unknown, at(i * 60000)).reset;
  CHECK(resets == 2);  // in two hours
}

TEST_CASE("a bar that one number meets is final, one that two meet is the SIM's", "[modem]") {
  Trouble trouble;
  for (int i = 0; i < 5; ++i) CHECK(trouble.failed("62811", SubmitFault::barred, at(i)).is_final);
  auto const second = trouble.failed("62812", SubmitFault::barred, at(9));
  CHECK_FALSE(second.is_final);
  CHECK(second.of_modem);
  CHECK(second.pause > milliseconds(0));
}

TEST_CASE("a refused number says nothing of the modem", "[modem]") {
  Trouble trouble;
  for (auto const* number : {"1", "2", "3", "4"})
    CHECK_FALSE(trouble.failed(number, SubmitFault::message, at(0)).of_modem);
  CHECK_FALSE(trouble.of_modem());
}

TEST_CASE("registration is read from either network and in every form", "[modem]") {
  NetworkState network;
  CHECK_FALSE(network.is_registered());
  network.take("+CREG: 0,2");
  CHECK(network.text() == "searching for a network");
  network.take("+CREG: 2,5,\"00C3\",\"01AF\",0");
  network.take("+CSQ: 21,99");
  CHECK(network.text() == "registered abroad, GSM, -71 dBm");
  network.take("+CREG: 0");
  CHECK_FALSE(network.is_registered());
  network.take("+CEREG: 1,\"00C3\",,7");
  network.take("+COPS: 0,0,\"TELKOMSEL\",7");
  CHECK(network.text() == "registered at home with TELKOMSEL, LTE, -71 dBm");
  network.take("+CSQ: 2,99");
  CHECK(network.is_weak());
  network.take("+CEREG: 3");
  network.take("+CREG: 3");
  CHECK(network.text() == "the network refuses this SIM: is its contract in force?");
}

TEST_CASE("a listing is read past its flaws", "[modem]") {
  auto const all = parse_listing({"+CMGL: 1,1,,4", "00040C91", "+CMGL: 2,0,,4", "+CMGL: 3,0,,4",
                                  "0004", "+CMGL: x", "0005", "noise", "+CMGL: 9,1,,4"});
  REQUIRE(all.size() == 2);
  CHECK(all[0].index == 1);
  CHECK(all[1].index == 3);
  CHECK(all[1].hex == "0004");
}

TEST_CASE("the kind of a PDU is read behind its service centre", "[modem]") {
  CHECK(kind_of_pdu("07911326040000F0040B91") == PduKind::deliver);
  CHECK(kind_of_pdu("0006") == PduKind::status_report);
  CHECK_FALSE(kind_of_pdu("0021"));
  CHECK_FALSE(kind_of_pdu("0791"));
  CHECK_FALSE(kind_of_pdu(""));
}

TEST_CASE("models known to die of a listing are read one by one", "[modem]") {
  CHECK(hangs_on_listing("huawei", "E220"));
  CHECK(hangs_on_listing("HUAWEI", "E1750"));
  CHECK_FALSE(hangs_on_listing("huawei", "MU509"));
  CHECK_FALSE(hangs_on_listing("Quectel", "E220"));
}

TEST_CASE("every vendor's counter of PIN tries is read", "[modem]") {
  auto const read = [](std::string_view command, std::vector<std::string> const& lines) {
    for (auto const& counter : pin_counters())
      if (counter.command == command) return counter.read(lines);
    return std::optional<int>(-1);
  };
  CHECK(read("AT+CPINR", {"+CPINR: SIM PUK,10,10", "+CPINR: SIM PIN,2,3"}) == 2);
  CHECK(read("AT+CPINR", {"+CPINR: \"SIM PIN\",1"}) == 1);
  CHECK(read("AT^CPIN?", {"^CPIN: SIM PIN,2,10,2,10,3"}) == 2);
  CHECK(read("AT^CPIN?", {"^CPIN: SIM PUK,9,9,0,10,3"}) == 0);
  CHECK(read("AT+QPINC?", {"+QPINC: \"P2\",3,10", "+QPINC: \"SC\",1,10"}) == 1);
  CHECK(read("AT+SPIC", {"+SPIC: 3,10,0,10"}) == 3);
  CHECK(read("AT^SPIC", {"^SPIC: 1"}) == 1);
  CHECK(read("AT^SPIC", {}) == std::nullopt);
}

TEST_CASE("a PIN goes out once; refused, never again, even after a restart", "[modem]") {
  PinFiles files;
  {
    SimPin pin(files.pin, files.marker);
    auto const first = pin.take(std::nullopt);
    REQUIRE(first);
    CHECK(*first == "1234");
    CHECK_FALSE(pin.take(std::nullopt));
    pin.refused();
    CHECK_FALSE(pin.take(3));
  }
  SimPin restarted(files.pin, files.marker);
  CHECK_FALSE(restarted.take(std::nullopt));
  CHECK_FALSE(restarted.take(2));
  std::ofstream(files.pin) << "56789\n";  // corrected
  auto const corrected = restarted.take(std::nullopt);
  REQUIRE(corrected);
  CHECK(*corrected == "56789");
}

TEST_CASE("a gateway killed while it entered the PIN tries again only on an untouched card",
          "[modem]") {
  PinFiles files;
  CHECK(SimPin(files.pin, files.marker).take(3));
  CHECK_FALSE(SimPin(files.pin, files.marker).take(2));
  CHECK(SimPin(files.pin, files.marker).take(3));
}

TEST_CASE("a PIN that was accepted may be entered again after a reset of the modem", "[modem]") {
  PinFiles files;
  SimPin pin(files.pin, files.marker);
  CHECK(pin.take(3));
  pin.accepted();
  CHECK(pin.take(3));
}

TEST_CASE("the last try for a PIN is left to a person", "[modem]") {
  PinFiles files;
  SimPin pin(files.pin, files.marker);
  auto const kept = pin.take(1);
  REQUIRE_FALSE(kept);
  CHECK(kept.error().is(Errc::invalid_configuration));
  CHECK_THAT(kept.error().detail, ContainsSubstring("1 try left"));
  std::ofstream(files.pin) << "12ab\n";
  CHECK_FALSE(pin.take(3));
}

}  // namespace siaga::sms
