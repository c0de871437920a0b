#include "protocols/mqtt/intake.hpp"

#include "protocols/mqtt/signed_message.hpp"
#include "tests/mqtt/intake_world.hpp"

using namespace siaga;
using namespace std::chrono_literals;
using test::comes_true;
using test::IntakeWorld;

namespace {

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a message reaches the inbox with its MQTT 5 properties", "[mqtt]") {
  IntakeWorld world;
  auto const intake = world.connected_intake();
  world.broker.publish(
      "siaga/alert/polres", "<alert/>",
      {"-D", "publish", "content-type", "application/cap+xml", "-D", "publish", "response-topic",
       "polres/answers", "-D", "publish", "correlation-data", "c-1"});
  REQUIRE(world.inbox.kept_within(1, 10s));
  auto const message = world.inbox.kept().front();
  CHECK(message.topic == "siaga/alert/polres");
  CHECK(message.payload == "<alert/>");
  CHECK(message.content_type == "application/cap+xml");
  CHECK(message.response_topic == "polres/answers");
  CHECK(message.correlation_data == "c-1");
  CHECK_FALSE(message.retained);
  CHECK(message.received_at == world.clock.utc_now());
  CHECK(comes_true(10s, [&] { return intake->received() == 1; }));  // counted after it is kept
}

TEST_CASE("the signature of a message arrives with it, whoever's client published it", "[mqtt]") {
  IntakeWorld world;
  auto const intake = world.connected_intake();
  auto const keys = mqtt::make_key_pair();
  auto const now = world.clock.utc_now();
  auto const sig =
      mqtt::sign(keys, {"siaga/alert/polres", to_rfc3339(now + 15min, 8h), "<alert/>"});
  world.broker.publish("siaga/alert/polres", "<alert/>",
                       {"-D", "publish", "user-property", "other", "1",
                        "-D", "publish", "user-property", "sig",   sig,
                        "-D", "publish", "user-property", "key",   "polres-2026",
                        "-D", "publish", "user-property", "sig",   "the second"});
  world.broker.publish("siaga/alert/polres", "unsigned");
  REQUIRE(world.inbox.kept_within(2, 10s));
  auto const message = world.inbox.kept().front();
  CHECK(message.signature == sig);
  CHECK(message.key_id == "polres-2026");
  Signers signers;
  signers.keys.push_back({"polres-2026", keys.public_key, {}, {}, false});
  auto const proof = mqtt::check_signature(signers, message, now);
  REQUIRE(proof.has_value());
  CHECK(text_of(*proof) == "verified ed25519 polres-2026");
  CHECK(world.inbox.kept().back().signature.empty());
  CHECK(world.inbox.kept().back().key_id.empty());
}

TEST_CASE("a signature of any length is kept as little more than its limit", "[mqtt]") {
  IntakeWorld world;
  auto const intake = world.connected_intake();
  world.broker.publish("siaga/alert/polres", "<alert/>",
                       {"-D", "publish", "user-property", "sig", std::string(5000, 's'), "-D",
                        "publish", "user-property", "key", std::string(5000, 'k')});
  REQUIRE(world.inbox.kept_within(1, 10s));
  auto const message = world.inbox.kept().front();
  CHECK(message.signature == std::string(mqtt::signature_bytes_max + 1, 's'));
  CHECK(message.key_id == std::string(mqtt::key_id_bytes_max + 1, 'k'));
}

TEST_CASE("agencies' answers are taken as alerts are, other topics are not", "[mqtt]") {
  IntakeWorld world;
  auto const intake = world.connected_intake();
  world.broker.publish("siaga/status/polres/1", "no");
  world.broker.publish("siaga/alert/polres/deeper", "no");
  world.broker.publish("siaga/ack/polres", "yes");
  REQUIRE(world.inbox.kept_within(1, 10s));
  CHECK(world.inbox.payloads() == Texts{"yes"});
}

TEST_CASE("a retained alert found at the broker is marked as retained", "[mqtt]") {
  IntakeWorld world;
  world.broker.publish("siaga/alert/polres", "old", {"-r"});
  auto const intake = world.connected_intake();
  REQUIRE(world.inbox.kept_within(1, 10s));
  CHECK(world.inbox.kept().front().retained);
}

TEST_CASE("an alert published to be retained is marked so when it arrives", "[mqtt]") {
  IntakeWorld world;
  auto const intake = world.connected_intake();
  world.broker.publish("siaga/alert/polres", "new", {"-r"});
  REQUIRE(world.inbox.kept_within(1, 10s));
  CHECK(world.inbox.kept().front().retained);
}

TEST_CASE("an empty message that clears a retained one is no alert", "[mqtt]") {
  IntakeWorld world;
  auto const intake = world.connected_intake();
  world.broker.publish("siaga/alert/polres", "", {"-r"});
  world.broker.publish("siaga/alert/polres", "the next");
  REQUIRE(world.inbox.kept_within(1, 10s));
  CHECK(world.inbox.payloads() == Texts{"the next"});
}

TEST_CASE("what is published while the gateway is away waits at the broker", "[mqtt]") {
  IntakeWorld world;
  world.connected_intake().reset();
  world.broker.publish("siaga/alert/polres", "one");
  world.broker.publish("siaga/alert/polres", "two");
  CHECK(world.inbox.payloads().empty());
  auto const intake = world.connected_intake();
  REQUIRE(world.inbox.kept_within(2, 10s));
  CHECK(world.inbox.payloads() == Texts{"one", "two"});
  CHECK(intake->sessions_lost() == 0);
}

TEST_CASE("a message being committed when the connection dies is delivered again", "[mqtt]") {
  IntakeWorld world("autosave_interval 1\nautosave_on_changes true\n");
  auto const intake = world.connected_intake();
  world.inbox.hold();
  world.broker.publish("siaga/alert/polres", "held");
  REQUIRE(world.inbox.held_within(10s));
  world.broker.stop();
  world.broker.start();
  world.inbox.let_go();
  REQUIRE(world.inbox.kept_within(2, 10s));
  CHECK(world.inbox.payloads() == Texts{"held", "held"});
}

TEST_CASE("a message the store refuses is never acknowledged and comes after recovery", "[mqtt]") {
  IntakeWorld world;
  auto const intake = world.connected_intake();
  world.inbox.refuse_with(Errc::storage_full);
  world.broker.publish("siaga/alert/polres", "one");
  world.broker.publish("siaga/alert/bpbd", "two");
  world.broker.publish("siaga/ack/polres", "three");
  REQUIRE(world.inbox.refused_within(3, 10s));  // offered again and again, not dropped
  CHECK(intake->state() == mqtt::IntakeState::refusing);
  CHECK_FALSE(intake->connected());
  world.inbox.take_again();
  REQUIRE(world.inbox.kept_within(3, 10s));
  CHECK(world.inbox.payloads() == Texts{"one", "two", "three"});
  CHECK(comes_true(10s, [&] { return intake->connected(); }));
}

TEST_CASE("a refused message survives the end of the process that refused it", "[mqtt]") {
  IntakeWorld world;
  auto refusing = world.connected_intake();
  world.inbox.refuse_with(Errc::storage_failed);
  world.broker.publish("siaga/alert/polres", "one");
  REQUIRE(world.inbox.refused_within(1, 10s));
  refusing.reset();
  world.inbox.take_again();
  auto const intake = world.connected_intake();
  REQUIRE(world.inbox.kept_within(1, 10s));
  CHECK(world.inbox.payloads() == Texts{"one"});
}

TEST_CASE("the core is told which message the store refused", "[mqtt]") {
  IntakeWorld world;
  std::promise<std::pair<std::string, Error>> told;
  std::atomic<bool> once = false;
  world.events.refused = [&](RawMessage message, Error why) {
    if (!once.exchange(true)) told.set_value({message.payload, why});
  };
  auto const intake = world.connected_intake();
  world.inbox.refuse_with(Errc::storage_full);
  world.broker.publish("siaga/alert/polres", "one");
  auto answer = told.get_future();
  REQUIRE(answer.wait_for(10s) == std::future_status::ready);
  auto const [payload, why] = answer.get();
  CHECK(payload == "one");
  CHECK(why.is(Errc::storage_full));
}

TEST_CASE("a broker that lost our session is noticed and subscribed to again", "[mqtt]") {
  IntakeWorld world;
  std::atomic<int> lost = 0;
  world.events.session_lost = [&] { ++lost; };
  auto const intake = world.connected_intake();
  REQUIRE(comes_true(10s, [&] { return lost == 1; }));  // the first start
  world.broker.kill();
  REQUIRE(comes_true(10s, [&] { return !intake->connected(); }));
  world.broker.forget_everything();
  world.broker.start();
  REQUIRE(comes_true(10s, [&] { return intake->connected(); }));
  CHECK(intake->reconnects() == 1);
  CHECK(intake->sessions_lost() == 2);
  CHECK(comes_true(10s, [&] { return lost == 2; }));
  world.broker.publish("siaga/alert/polres", "after");
  REQUIRE(world.inbox.kept_within(1, 10s));
}

TEST_CASE("a packet beyond the limit never arrives and holds up nothing", "[mqtt]") {
  IntakeWorld world;
  world.settings.packet_bytes_max = 8 * 1024;
  auto const intake = world.connected_intake();
  world.broker.publish("siaga/alert/polres", std::string(9 * 1024, 'x'));
  world.broker.publish("siaga/alert/polres", std::string(7 * 1024, 'y'));
  REQUIRE(world.inbox.kept_within(1, 10s));
  CHECK(world.inbox.kept().front().payload.size() == 7 * 1024);
}

TEST_CASE("an empty message is kept like any other", "[mqtt]") {
  IntakeWorld world;
  auto const intake = world.connected_intake();
  world.broker.publish("siaga/alert/polres", "");
  REQUIRE(world.inbox.kept_within(1, 10s));
  CHECK(world.inbox.payloads() == Texts{""});
}

TEST_CASE("a broker that is not there yet is found when it comes", "[mqtt]") {
  IntakeWorld world;
  world.broker.stop();
  auto const intake = world.intake();
  CHECK_FALSE(comes_true(300ms, [&] { return intake->connected(); }));
  CHECK(intake->state() == mqtt::IntakeState::connecting);
  world.broker.start();
  CHECK(comes_true(10s, [&] { return intake->connected(); }));
}

TEST_CASE("an intake that was never started ends at once", "[mqtt]") {
  IntakeWorld world;
  mqtt::IntakeContext context{world.core.executor(), world.settings, "unit", world.inbox,
                              world.clock};
  mqtt::Intake const intake(std::move(context));
  CHECK(intake.state() == mqtt::IntakeState::stopped);
}
