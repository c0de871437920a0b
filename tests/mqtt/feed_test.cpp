#include "protocols/mqtt/feed.hpp"

#include <csignal>

#include "gateway/async/event.hpp"
#include "gateway/async/spawn.hpp"
#include "protocols/mqtt/intake.hpp"
#include "tests/mqtt/core_thread.hpp"
#include "tests/mqtt/inbox_double.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/mosquitto.hpp"

using namespace siaga;
using namespace std::chrono_literals;
using test::comes_true;
namespace asio = boost::asio;

namespace {

struct World {
  test::Mosquitto broker;
  test::CoreThread core;
  mqtt::Settings settings;

  explicit World(std::string more = "") : broker(std::move(more)) {
    broker.start();
    settings.url = broker.url();
    settings.reconnect_min = 50ms;
    settings.reconnect_max = 200ms;
  }
  std::unique_ptr<mqtt::Feed> feed() {
    auto made = std::make_unique<mqtt::Feed>(core.executor(), settings, "unit");
    made->start();
    REQUIRE(comes_true(10s, [&] { return made->connected(); }));
    return made;
  }
};

// Publishes `count` at once; how many were acknowledged.
asio::awaitable<std::size_t> publish_many(mqtt::Feed& feed, std::size_t count) {
  auto const executor = co_await asio::this_coro::executor;
  Event one_ended(executor);
  std::size_t ended = 0, succeeded = 0;
  auto const one = [](mqtt::Feed& to, std::size_t n, std::size_t& e, std::size_t& s,
                      Event& tell) -> asio::awaitable<void> {
    OutgoingMessage message("siaga/receipt/polres", "n" + std::to_string(n), false);
    auto const done = co_await to.publish(std::move(message));
    ++e;
    if (done) ++s;
    tell.notify();
  };
  for (std::size_t n = 0; n < count; ++n)
    spawn(executor, "one", one(feed, n, ended, succeeded, one_ended));
  while (ended < count) co_await one_ended.wait();
  co_return succeeded;
}

}  // namespace

TEST_CASE("a publish succeeds when the broker has it, with its properties", "[mqtt]") {
  World world;
  auto const feed = world.feed();
  auto const listener =
      world.broker.subscribe("siaga/receipt/polres", {"-F", "%C|%D|%r|%p", "-C", "1"});
  OutgoingMessage message("siaga/receipt/polres", R"({"decision":"accepted"})", false);
  message.correlation_data = "c-7";
  auto const done = world.core.run(feed->publish(std::move(message)));
  REQUIRE(done);
  CHECK(listener->line_with(R"(application/json|c-7|0|{"decision":"accepted"})", 10s));
  CHECK(feed->published() == 1);
}

TEST_CASE("a retained message is there for those who come later", "[mqtt]") {
  World world;
  auto const feed = world.feed();
  REQUIRE(world.core.run(feed->publish(OutgoingMessage("siaga/status/polres/1", "late", true))));
  auto const listener = world.broker.subscribe("siaga/status/polres/1");
  CHECK(listener->line_with("> siaga/status/polres/1 late", 10s));
}

TEST_CASE("an empty retained message clears what was there", "[mqtt]") {
  World world;
  auto const feed = world.feed();
  REQUIRE(world.core.run(feed->publish(OutgoingMessage("siaga/status/polres/1", "x", true))));
  REQUIRE(world.core.run(feed->publish(OutgoingMessage("siaga/status/polres/1", "", true))));
  auto const listener = world.broker.subscribe("siaga/status/polres/+");
  world.broker.publish("siaga/status/polres/2", "end");
  CHECK(listener->line_with("> ", 10s) == "> siaga/status/polres/2 end");
}

TEST_CASE("many publishes are under way at once and each is answered", "[mqtt]") {
  World world;
  auto const feed = world.feed();
  CHECK(world.core.run(publish_many(*feed, 500)) == 500);
}

TEST_CASE("publishing to a broker that is away fails at once", "[mqtt]") {
  World world;
  auto const feed = world.feed();
  world.broker.kill();
  REQUIRE(comes_true(10s, [&] { return !feed->connected(); }));
  auto const done = world.core.run(feed->publish(OutgoingMessage("siaga/log/unit", "x", true)));
  REQUIRE_FALSE(done);
  CHECK(done.error().is(Errc::unavailable));
}

TEST_CASE("a publish the broker never answers ends with its connection", "[mqtt]") {
  World world;
  auto const feed = world.feed();
  world.broker.pause();
  auto waiting =
      asio::co_spawn(world.core.executor(),
                     feed->publish(OutgoingMessage("siaga/log/unit", "x", true)), asio::use_future);
  CHECK(waiting.wait_for(200ms) == std::future_status::timeout);
  world.broker.kill();
  REQUIRE(waiting.wait_for(10s) == std::future_status::ready);
  auto const done = waiting.get();
  REQUIRE_FALSE(done);
  CHECK(done.error().is(Errc::connection_lost));  // it may be the cause
}

TEST_CASE("the feed comes back after the broker and says so", "[mqtt]") {
  World world;
  std::atomic<int> told = 0;
  auto const feed = std::make_unique<mqtt::Feed>(world.core.executor(), world.settings, "unit");
  feed->when_connected([&] { ++told; });
  feed->start();
  REQUIRE(comes_true(10s, [&] { return told == 1; }));
  world.broker.kill();
  world.broker.start();
  REQUIRE(comes_true(10s, [&] { return told == 2; }));
  CHECK(feed->reconnects() == 1);
  CHECK(world.core.run(feed->publish(OutgoingMessage("siaga/log/unit", "x", true))));
}

TEST_CASE("a feed that stops says goodbye: no last will", "[mqtt]") {
  World world;
  auto feed = world.feed();
  auto const listener = world.broker.subscribe("siaga/gateway/+");
  REQUIRE(world.core.run(feed->publish(OutgoingMessage("siaga/gateway/unit", "online", true))));
  REQUIRE(listener->line_with("> siaga/gateway/unit online", 10s));
  feed.reset();
  world.broker.publish("siaga/gateway/other", "end");
  CHECK(listener->line_with("> ", 10s) == "> siaga/gateway/other end");
}

TEST_CASE("a slow commit in the intake does not lose what the feed says", "[mqtt]") {
  World world;
  auto const feed = world.feed();
  test::FakeClock clock;
  test::InboxDouble inbox;
  mqtt::IntakeContext context{world.core.executor(), world.settings, "unit", inbox, clock};
  mqtt::Intake intake(std::move(context));
  intake.start();
  REQUIRE(comes_true(10s, [&] { return intake.connected(); }));
  inbox.hold();
  world.broker.publish("siaga/alert/polres", "slow");
  REQUIRE(inbox.held_within(10s));
  auto waiting =
      asio::co_spawn(world.core.executor(),
                     feed->publish(OutgoingMessage("siaga/log/unit", "x", true)), asio::use_future);
  CHECK(waiting.wait_for(100ms) == std::future_status::timeout);  // Paho has one mutex for all
  inbox.let_go();
  REQUIRE(waiting.wait_for(10s) == std::future_status::ready);
  CHECK(waiting.get());
}

TEST_CASE("a message larger than the broker takes is refused and ends no connection", "[mqtt]") {
  World world("max_packet_size 4096\n");
  auto const feed = world.feed();
  OutgoingMessage large("siaga/receipt/polres", std::string(5000, 'x'), false);
  auto const done = world.core.run(feed->publish(std::move(large)));
  REQUIRE_FALSE(done);
  CHECK(done.error().is(Errc::invalid_argument));
  CHECK(world.core.run(feed->publish(OutgoingMessage("siaga/receipt/polres", "small", false))));
  CHECK(feed->reconnects() == 0);
}

TEST_CASE("what the broker ends the connection at is told apart from what never left", "[mqtt]") {
  World world;
  auto const feed = world.feed();
  std::string deep = "siaga/receipt/polres";
  for (int i = 0; i < 250; ++i) deep += "/x";
  auto const done = world.core.run(feed->publish(OutgoingMessage(deep, "x", false)));
  REQUIRE_FALSE(done);
  CHECK(done.error().is(Errc::connection_lost));
}
