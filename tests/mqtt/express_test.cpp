#include "tests/mqtt/intake_world.hpp"

using namespace siaga;
using namespace std::chrono_literals;
using test::comes_true;
using test::IntakeWorld;

namespace {

using Agencies = std::vector<AgencyId>;
using Texts = std::vector<std::string>;

// With a link for each agency and the one for answers.
std::unique_ptr<mqtt::Intake> with_express(IntakeWorld& world, Agencies const& agencies) {
  auto intake = world.connected_intake();
  intake->give_express(agencies);
  REQUIRE(comes_true(20s, [&] { return intake->express_up() == agencies.size() + 1; }));
  return intake;
}

std::ptrdiff_t place_of(Texts const& all, std::string const& one) {
  return std::ranges::find(all, one) - all.begin();
}

// Held at its first message, until everything else is with the broker.
void storm(IntakeWorld& world, std::size_t count) {
  world.inbox.hold();
  Texts lines;
  for (std::size_t i = 0; i < count; ++i) lines.push_back("storm " + std::to_string(i));
  world.broker.publish_lines("siaga/alert/polres", lines);
  REQUIRE(world.inbox.held_within(10s));
}

}  // namespace

TEST_CASE("a message that comes by both paths is kept once", "[mqtt]") {
  IntakeWorld world;
  auto const intake = with_express(world, {AgencyId{"polres"}});
  for (int i = 0; i < 5; ++i) world.broker.publish("siaga/alert/polres", "same bytes");
  world.broker.publish("siaga/ack/polres", "answer");
  world.broker.publish("siaga/alert/bpbd", "the last");  // by the session alone, behind them all
  REQUIRE(world.inbox.kept_within(7, 10s));
  CHECK(comes_true(10s, [&] { return intake->received() == 7; }));
  auto const kept = world.inbox.payloads();
  CHECK(std::ranges::count(kept, "same bytes") == 5);
  CHECK(std::ranges::count(kept, "answer") == 1);
  CHECK(std::ranges::count(kept, "the last") == 1);
}

TEST_CASE("an agency's storm does not stand before another agency's alert or answer", "[mqtt]") {
  constexpr std::size_t count = 300;
  IntakeWorld world;
  auto const intake = with_express(world, {AgencyId{"bpbd"}, AgencyId{"polres"}});
  storm(world, count);
  world.broker.publish("siaga/alert/bpbd", "fire");
  world.broker.publish("siaga/ack/polres", "answer");
  world.inbox.let_go();
  REQUIRE(world.inbox.kept_within(count + 2, 20s));
  auto const kept = world.inbox.payloads();
  CHECK(place_of(kept, "fire") < 50);
  CHECK(place_of(kept, "answer") < 50);
}

TEST_CASE("without links of their own alerts come in the order they were published", "[mqtt]") {
  constexpr std::size_t count = 300;
  IntakeWorld world;
  world.settings.express_max = 0;
  auto const intake = world.connected_intake();
  intake->give_express({AgencyId{"bpbd"}});
  storm(world, count);
  world.broker.publish("siaga/alert/bpbd", "fire");
  world.inbox.let_go();
  REQUIRE(world.inbox.kept_within(count + 1, 20s));
  CHECK(intake->express_up() == 0);
  CHECK(place_of(world.inbox.payloads(), "fire") == count);
}

TEST_CASE("an answer comes although the store has no room for the alert before it", "[mqtt]") {
  IntakeWorld world;
  auto const intake = with_express(world, {AgencyId{"polres"}});
  world.inbox.refuse_with(Errc::storage_full, "siaga/alert/");
  world.broker.publish("siaga/alert/polres", "no room");
  REQUIRE(world.inbox.refused_within(1, 10s));
  world.broker.publish("siaga/ack/polres", "answer");
  REQUIRE(world.inbox.kept_within(1, 10s));
  CHECK(world.inbox.payloads() == Texts{"answer"});
  world.inbox.take_again();
  REQUIRE(world.inbox.kept_within(2, 20s));
  CHECK(world.inbox.payloads() == Texts{"answer", "no room"});
}

TEST_CASE("an answer given while the gateway was away passes an alert there is no room for",
          "[mqtt]") {
  IntakeWorld world;
  with_express(world, {AgencyId{"polres"}}).reset();
  world.inbox.refuse_with(Errc::storage_full, "siaga/alert/");
  world.broker.publish("siaga/alert/polres", "no room");
  world.broker.publish("siaga/ack/polres", "answer");
  auto const intake = world.intake();
  intake->give_express({AgencyId{"polres"}});
  REQUIRE(world.inbox.kept_within(1, 20s));
  CHECK(world.inbox.payloads() == Texts{"answer"});
}

TEST_CASE("a retained alert does not come again with every express link", "[mqtt]") {
  IntakeWorld world;
  world.broker.publish("siaga/alert/polres", "old", {"-r"});
  auto const intake = with_express(world, {AgencyId{"polres"}});
  world.broker.publish("siaga/alert/polres", "new");
  REQUIRE(world.inbox.kept_within(2, 10s));
  world.broker.publish("siaga/alert/bpbd", "the last");
  REQUIRE(world.inbox.kept_within(3, 10s));
  CHECK(world.inbox.payloads() == Texts{"old", "new", "the last"});
}

TEST_CASE("agencies come and go with a reload and leave nothing at the broker", "[mqtt]") {
  IntakeWorld world;
  auto const intake = with_express(world, {AgencyId{"polres"}, AgencyId{"bpbd"}});
  intake->give_express({AgencyId{"polres"}, AgencyId{"kejari"}});
  CHECK(comes_true(20s, [&] { return intake->express_up() == 3; }));
  world.broker.publish("siaga/alert/bpbd", "by the session");
  world.broker.publish("siaga/alert/kejari", "by both");
  REQUIRE(world.inbox.kept_within(2, 10s));
  CHECK(world.broker.logs("siaga-unit-express-bpbd disconnected", 10s));
}

TEST_CASE("express links come back with the broker, and nothing is kept twice for it", "[mqtt]") {
  IntakeWorld world;
  auto const intake = with_express(world, {AgencyId{"polres"}});
  world.broker.stop();
  REQUIRE(comes_true(10s, [&] { return intake->express_up() == 0; }));
  world.broker.start();
  REQUIRE(comes_true(20s, [&] { return intake->connected() && intake->express_up() == 2; }));
  world.broker.publish("siaga/alert/polres", "one");
  world.broker.publish("siaga/alert/bpbd", "the last");
  REQUIRE(world.inbox.kept_within(2, 10s));
  CHECK(comes_true(10s, [&] { return intake->received() == 2; }));
  CHECK(world.inbox.payloads().size() == 2);
}
