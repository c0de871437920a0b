// What comes in: acknowledged or deleted only once it is kept, from wherever the modem put it.
#include "tests/sms/modem/sim_stage.hpp"

namespace siaga::sms {
namespace {

simmodem::Options options(std::string const& dialect = "quectel") {
  simmodem::Options o;
  o.dialect = dialect;
  return o;
}

}  // namespace

TEST_CASE("what could not be kept is refused, and the network sends it again", "[modem]") {
  SimStage stage(options());
  REQUIRE(stage.up());
  stage.sink.failures_left = 2;
  stage.control("deliver " + a_deliver());
  REQUIRE(stage.until([&] { return stage.sink.messages.size() == 1; }, minutes(2)));
  stage.pass(seconds(1));
  CHECK(stage.sim.counters.refused == 2);
  CHECK(stage.sim.counters.acknowledged == 1);
  stage.pass(minutes(2));
  CHECK(stage.sink.messages.size() == 1);
}

TEST_CASE("many messages at once are each acknowledged in turn", "[modem]") {
  SimStage stage(options());
  REQUIRE(stage.up());
  for (int i = 0; i < 200; ++i) stage.control("deliver " + a_deliver());
  CHECK(stage.until([&] { return stage.sink.messages.size() == 200; }));
  CHECK(stage.sim.counters.sent_again == 0);
}

TEST_CASE("what was stored before the start is handed over and deleted, in every storage",
          "[modem]") {
  SimStage stage(options());
  for (auto const* name : {"SM", "ME", "SR"})
    for (int i = 0; i < 3; ++i) stage.control("store " + std::string(name) + " " + a_deliver());
  REQUIRE(stage.up());
  REQUIRE(stage.until([&] { return stage.sink.messages.size() == 9; }));
  stage.pass(seconds(1));
  CHECK(stage.sim.counters.deleted == 9);
  for (auto const& [name, places] : stage.sim.storages) CHECK(places.empty());
}

TEST_CASE("a stored message is deleted only after it was kept", "[modem]") {
  SimStage stage(options());
  stage.sink.failures_left = 1;
  stage.control("store SM " + a_deliver());
  REQUIRE(stage.up());
  stage.pass(seconds(10));
  CHECK(stage.sim.counters.deleted == 0);
  CHECK(stage.sink.messages.empty());
}

TEST_CASE("an announced message is read from the storage it lies in", "[modem]") {
  SimStage stage(options());
  REQUIRE(stage.up());
  stage.pass(seconds(5));
  stage.control("store SM " + a_deliver());  // +CMTI: "SM",1 while ME is in use
  CHECK(stage.until([&] { return stage.sink.messages.size() == 1; }, seconds(5)));
  CHECK(stage.until([&] { return stage.sim.storages["SM"].empty(); }, seconds(5)));
}

TEST_CASE("what nobody announced is found within a minute", "[modem]") {
  SimStage stage(options());
  REQUIRE(stage.up());
  stage.pass(seconds(5));
  stage.sim.storages["ME"][7] = {0, a_deliver()};
  CHECK(stage.until([&] { return stage.sink.messages.size() == 1; }, seconds(70)));
  CHECK(stage.sim.storages["ME"].empty());
}

TEST_CASE("messages of our own in a storage are left alone", "[modem]") {
  SimStage stage(options());
  stage.sim.storages["SM"][1] = {2, a_deliver()};
  REQUIRE(stage.up());
  stage.pass(minutes(2));
  CHECK(stage.sink.messages.empty());
  CHECK(stage.sim.storages["SM"].size() == 1);
}

TEST_CASE("a modem that waits for no acknowledgement stores what comes, receipts too", "[modem]") {
  auto o = options("simcom");
  o.csms = 0;
  o.receipts = 1000;
  SimStage stage(o);
  REQUIRE(stage.up());
  CHECK(stage.sim.routing == std::vector<int>{2, 1, 0, 2, 0});
  stage.control("deliver " + a_deliver());
  CHECK(std::holds_alternative<Sent>(stage.sent()));
  CHECK(stage.until([&] { return stage.sink.messages.size() == 1; }, seconds(5)));
  CHECK(stage.until([&] { return stage.sink.receipts.size() == 1; }, seconds(5)));
  stage.pass(seconds(1));
  CHECK(stage.sim.counters.deleted == 2);
  CHECK(stage.count_logged("AT+CNMA") == 0);
}

TEST_CASE("a modem that is not to be listed is read message by message", "[modem]") {
  ModemSettings settings;
  settings.listing = "never";
  SimStage stage(options("huawei"), settings);
  for (int i = 0; i < 3; ++i) stage.control("store SM " + a_deliver());
  REQUIRE(stage.up());
  REQUIRE(stage.until([&] { return stage.sink.messages.size() == 3; }));
  CHECK(stage.sim.counters.lists == 0);
  CHECK(stage.sim.counters.deleted == 3);
}

TEST_CASE("a modem that hangs at a listing is reset and never listed again", "[modem]") {
  auto o = options();
  o.hang_on_list = 1;
  SimStage stage(o);
  stage.control("store SM " + a_deliver());
  REQUIRE(stage.until([&] { return stage.sink.messages.size() == 1; }, minutes(10)));
  CHECK(stage.sim.counters.lists == 1);
  CHECK(stage.sim.counters.resets == 1);
}

TEST_CASE("a full storage is noticed, emptied, and what waited comes in", "[modem]") {
  auto o = options("huawei");
  o.places = 3;
  SimStage stage(o);
  for (int i = 0; i < 5; ++i) stage.control("deliver " + a_deliver());  // nobody listens yet
  CHECK(stage.sim.storages["SM"].size() == 3);
  CHECK(stage.until([&] { return stage.sink.messages.size() == 5; }));
}

TEST_CASE("a storage that stays full is a degraded link that says so", "[modem]") {
  auto o = options();
  o.places = 2;
  SimStage stage(o);
  stage.sink.failures_left = 1000;
  for (int i = 0; i < 2; ++i) stage.control("store ME " + a_deliver());
  REQUIRE(stage.up());
  CHECK(stage.until([&] { return stage.modem->state() == LinkState::degraded; }));
  CHECK(stage.reason_has("storage full"));
  CHECK(stage.reason_has("ME 2 of 2"));
}

TEST_CASE("a modem that grew deaf while a message took long is told again what to tell",
          "[modem]") {
  auto o = options();
  o.send_delay = 50000;
  o.deaf_without_ack = 1;
  SimStage stage(o);
  REQUIRE(stage.up());
  stage.send("long", "628110000001");
  stage.pass(seconds(1));
  stage.control("deliver " + a_deliver());  // cannot be acknowledged in time
  REQUIRE(stage.until([&] { return stage.outcomes.contains("long"); }));
  CHECK(stage.until([&] { return stage.sim.routing[1] == 2; }, seconds(90)));
  CHECK(stage.sim.counters.sent_again > 0);
  CHECK(stage.sim.counters.routings > 2);  // at start, after the storages, and now
  stage.control("deliver " + a_deliver());
  CHECK(stage.until([&] { return stage.sink.messages.size() >= 2; }, seconds(70)));
}

}  // namespace siaga::sms
