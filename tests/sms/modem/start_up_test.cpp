// Starting: the SIM and its PIN, what the modem offers, and faults only a person can mend.
#include <fstream>

#include "tests/sms/modem/sim_stage.hpp"

namespace siaga::sms {
namespace {

simmodem::Options locked(std::string const& dialect, std::string const& pin = "1234") {
  simmodem::Options o;
  o.dialect = dialect;
  o.pin = pin;
  return o;
}

struct PinFile {
  test::TempDir directory;
  ModemSettings settings;
  explicit PinFile(std::string const& pin = "1234") {
    settings.pin_file = directory.path() + "/pin";
    std::ofstream(settings.pin_file) << pin << "\n";
  }
};

}  // namespace

TEST_CASE("the PIN is entered once and the modem comes up, with every vendor's counter",
          "[modem]") {
  auto const dialect = GENERATE(as<std::string>(), "huawei", "simcom", "quectel", "cinterion");
  CAPTURE(dialect);
  PinFile file;
  SimStage stage(locked(dialect), file.settings);
  REQUIRE(stage.up());
  CHECK(stage.sim.counters.pins == 1);
  REQUIRE(stage.modem->report() != nullptr);
  CHECK(stage.modem->report()->pin_tries_left == 3);
}

TEST_CASE("a wrong PIN costs one try, whatever happens later", "[modem]") {
  auto const dialect = GENERATE(as<std::string>(), "huawei", "simcom", "quectel", "cinterion");
  CAPTURE(dialect);
  PinFile file("9999");
  SimStage stage(locked(dialect), file.settings);
  CHECK(stage.until([&] { return stage.modem->tried_once(); }));
  CHECK(stage.modem->state() == LinkState::down);
  CHECK(stage.reason_has("the SIM refused the PIN in pin_file"));
  stage.pass(minutes(30));
  stage.control("restart");
  stage.pass(minutes(10));
  CHECK(stage.sim.counters.pins == 1);
  CHECK(stage.sim.options.pin_tries == 2);
  CHECK(stage.sim.counters.resets == 0);  // nothing a ladder could mend
}

TEST_CASE("with one try left the PIN is not entered", "[modem]") {
  auto const dialect = GENERATE(as<std::string>(), "huawei", "simcom", "quectel", "cinterion");
  CAPTURE(dialect);
  auto o = locked(dialect);
  o.pin_tries = 1;
  PinFile file;
  SimStage stage(o, file.settings);
  CHECK(stage.until([&] { return stage.reason_has("1 try left"); }));
  stage.pass(minutes(30));
  CHECK(stage.sim.counters.pins == 0);
}

TEST_CASE("after a reset of the modem the accepted PIN is entered again", "[modem]") {
  PinFile file;
  SimStage stage(locked("quectel"), file.settings);
  REQUIRE(stage.up());
  stage.pass(minutes(2));
  stage.control("restart");
  REQUIRE(stage.until([&] { return stage.openings == 2; }));
  REQUIRE(stage.up());
  CHECK(stage.sim.counters.pins == 2);
}

TEST_CASE("a SIM that wants a PIN nobody gave says which setting is missing", "[modem]") {
  SimStage stage(locked("quectel"));
  CHECK(stage.until([&] { return stage.reason_has("set pin_file"); }));
  CHECK(stage.sim.counters.pins == 0);
}

TEST_CASE("a blocked or missing SIM is a fault in plain words, looked at again now and then",
          "[modem]") {
  simmodem::Options o;
  auto const [sim, words] = GENERATE(
      table<std::string, std::string>({{"puk", "wants its SIM PUK"}, {"absent", "no SIM"}}));
  o.sim = sim;
  SimStage stage(o);
  auto const part = words;
  CHECK(stage.until([&] { return stage.reason_has(part); }));
  CHECK(stage.reason_has("looking again in"));
  stage.pass(minutes(4));
  CHECK(stage.openings == 1);
  stage.sim.options.sim = "ready";
  CHECK(stage.until([&] { return stage.modem->state() == LinkState::up; }, minutes(2)));
  CHECK(stage.sim.counters.resets == 0);
}

TEST_CASE("a SIM that is still busy is waited for", "[modem]") {
  simmodem::Options o;
  o.sim = "busy";
  SimStage stage(o);
  stage.pass(seconds(20));
  stage.sim.options.sim = "ready";
  CHECK(stage.up());
  CHECK(stage.openings == 1);
}

TEST_CASE("without a service centre nothing can be sent; the setting gives one", "[modem]") {
  simmodem::Options o;
  o.centre = "";
  {
    SimStage stage(o);
    CHECK(stage.until([&] { return stage.reason_has("set service_centre"); }));
  }
  ModemSettings settings;
  settings.service_centre = "+62811000000";
  SimStage stage(o, settings);
  REQUIRE(stage.up());
  CHECK(stage.logged("AT+CSCA=\"+62811000000\",145"));
}

TEST_CASE("notices are asked for as each modem offers them", "[modem]") {
  SimStage quectel(locked("quectel", ""));
  REQUIRE(quectel.up());
  CHECK(quectel.sim.routing == std::vector<int>{2, 2, 0, 1, 0});
  SimStage cinterion(locked("cinterion", ""));
  REQUIRE(cinterion.up());
  CHECK(cinterion.sim.routing == std::vector<int>{2, 2, 0, 1, 1});
}

TEST_CASE("a modem that finds no network has been tried after a while, and says what it is",
          "[modem]") {
  simmodem::Options o;
  o.reg = 0;
  SimStage stage(o);
  stage.pass(seconds(10));
  CHECK_FALSE(stage.modem->tried_once());
  CHECK(stage.until([&] { return stage.modem->tried_once(); }, seconds(20)));
  CHECK(stage.modem->state() == LinkState::down);
  CHECK(stage.reason_has("is the antenna connected?"));
  CHECK(stage.modem->facts().size() > 5);
}

TEST_CASE("the report tells a person what the gateway has in front of it", "[modem]") {
  SimStage stage(locked("simcom", ""));
  REQUIRE(stage.up());
  CHECK(stage.modem->tried_once());
  stage.pass(seconds(2));
  std::string text;
  for (auto const& [name, value] : stage.modem->facts()) text += name + ": " + value + "\n";
  CHECK_THAT(text, ContainsSubstring("device: /dev/sim\n"));
  CHECK_THAT(text, ContainsSubstring("ME 0 of 20"));
  CHECK_THAT(text, ContainsSubstring("modem: SIMCOM INCORPORATED SIM7600E"));
  CHECK_THAT(text, ContainsSubstring("imei: 4901***7518"));
  CHECK_THAT(text, ContainsSubstring("sim: 8962***7890"));
  CHECK_THAT(text, ContainsSubstring("network: registered at home with TELKOMSEL, LTE, -73 dBm"));
  CHECK_THAT(text, ContainsSubstring("service centre: +62811000000"));
  CHECK_THAT(text, ContainsSubstring("messages by +CMT, receipts by +CDS"));
}

}  // namespace siaga::sms
