#include "protocols/sms/modem/modem.hpp"

#include "tests/sms/modem/sim_stage.hpp"

namespace siaga::sms {
namespace {

simmodem::Options options(std::string const& dialect = "quectel") {
  simmodem::Options o;
  o.dialect = dialect;
  return o;
}

bool is_sent(SendOutcome const& outcome, std::string const& reference) {
  auto const* sent = std::get_if<Sent>(&outcome);
  return sent != nullptr && sent->references == std::vector<std::string>{reference};
}

}  // namespace

TEST_CASE("a modem of each vendor comes up, sends, and hands its receipts over", "[modem]") {
  auto const dialect = GENERATE(as<std::string>(), "huawei", "simcom", "quectel", "cinterion");
  CAPTURE(dialect);
  auto o = options(dialect);
  o.receipts = 3000;
  o.chatter = 70;
  SimStage stage(o);
  REQUIRE(stage.up());
  CHECK(stage.modem->state() == LinkState::up);
  CHECK(stage.reason_has("registered at home with TELKOMSEL"));
  CHECK(is_sent(stage.sent(), "1"));
  CHECK(is_sent(stage.sent("628110000002"), "2"));
  REQUIRE(stage.until([&] { return stage.sink.receipts.size() == 2; }));
  stage.control("deliver " + a_deliver());
  REQUIRE(stage.until([&] { return stage.sink.messages.size() == 1; }));
  CHECK(stage.sink.messages.front() == a_deliver());
  CHECK(stage.sim.counters.acknowledged == 3);
}

}  // namespace siaga::sms
