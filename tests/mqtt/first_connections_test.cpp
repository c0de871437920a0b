#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <thread>

#include "protocols/mqtt/feed.hpp"
#include "tests/mqtt/intake_world.hpp"

using namespace siaga;
using namespace std::chrono_literals;
using test::comes_true;
using test::IntakeWorld;
namespace asio = boost::asio;

namespace {

class NotedIncidents final : public IncidentSink {
 public:
  void raise(IncidentKind kind, std::string about, std::string detail) override {
    std::lock_guard const lock(mutex_);
    raised_.push_back(std::string(to_word(kind)) + " " + about + ": " + detail);
  }
  void end(IncidentKind kind, std::string about) override {
    std::lock_guard const lock(mutex_);
    ended_.push_back(std::string(to_word(kind)) + " " + about);
  }
  std::size_t raised(std::string const& start) const {
    std::lock_guard const lock(mutex_);
    return static_cast<std::size_t>(
        std::ranges::count_if(raised_, [&](auto const& text) { return text.starts_with(start); }));
  }
  std::size_t ended(std::string const& text) const {
    std::lock_guard const lock(mutex_);
    return static_cast<std::size_t>(std::ranges::count(ended_, text));
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> raised_, ended_;
};

std::vector<AgencyId> agencies(int count) {
  std::vector<AgencyId> all;
  for (int i = 0; i < count; ++i) all.emplace_back("agency-" + std::to_string(i));
  return all;
}

// Takes each connection's session at once, for somebody else (MQTT 5.0, 3.14.2.1: 0x8E).
class TakingBroker {
 public:
  TakingBroker()
      : acceptor_(io_, {asio::ip::make_address("127.0.0.1"), 0}), thread_([this] { run(); }) {}
  ~TakingBroker() { stop(); }
  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
  void stop() {
    if (!thread_.joinable()) return;
    stopping_ = true;
    boost::system::error_code ignored;
    asio::ip::tcp::socket last(io_);
    last.connect(acceptor_.local_endpoint(), ignored);
    last.close(ignored);
    thread_.join();
  }

 private:
  void run() {
    std::vector<asio::ip::tcp::socket> taken;
    while (!stopping_) {
      taken.push_back(acceptor_.accept());
      std::array<char, 512> connect;
      boost::system::error_code ec;
      if (taken.back().read_some(asio::buffer(connect), ec) == 0) continue;
      asio::write(taken.back(), asio::buffer(std::string("\x20\x03\x00\x00\x00", 5)), ec);
      asio::write(taken.back(), asio::buffer(std::string("\xe0\x02\x8e\x00", 4)), ec);
    }
  }
  asio::io_context io_;
  asio::ip::tcp::acceptor acceptor_;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

// A gateway's two halves, started in the order that starves them most: express links wanted before.
struct Both {
  explicit Both(IntakeWorld& w)
      : world(w),
        feed(world.core.executor(), world.settings, "unit", [this] { return &incidents; }) {
    mqtt::IntakeContext context{world.core.executor(),
                                world.settings,
                                "unit",
                                world.inbox,
                                world.clock,
                                world.events,
                                [this] { return feed.connected(); },
                                [this] { return &incidents; }};
    intake.emplace(std::move(context));
    feed.when_connected([this] { intake->feed_connected(); });
  }
  // As the gateway ends: the core first, so that nothing comes back to what goes away.
  ~Both() {
    intake->stop();
    feed.stop();
    world.core.stop();
  }
  void start(int count) {
    intake->give_express(agencies(count));
    intake->start();
    feed.start();
  }
  bool first_are_up() const { return intake->connected() && feed.connected(); }

  IntakeWorld& world;
  NotedIncidents incidents;
  mqtt::Feed feed;
  std::optional<mqtt::Intake> intake;
};

}  // namespace

TEST_CASE("with few connections intake and feed have theirs, and the other links rest", "[mqtt]") {
  IntakeWorld world("max_connections 8\n");
  Both both(world);
  both.start(20);
  REQUIRE(comes_true(20s, [&] { return both.first_are_up() && both.intake->express_up() == 6; }));
  CHECK(comes_true(20s, [&] { return both.incidents.raised("express-refused unit") >= 15; }));
  CHECK(both.incidents.ended("express-refused unit") == 0);
}

TEST_CASE("after a restart of a broker with few connections intake and feed have theirs again",
          "[mqtt]") {
  IntakeWorld world("max_connections 8\n");
  Both both(world);
  both.start(20);
  for (int i = 0; i < 3; ++i) {
    REQUIRE(comes_true(20s, [&] { return both.first_are_up() && both.intake->express_up() == 6; }));
    world.broker.stop();
    REQUIRE(comes_true(10s, [&] { return !both.intake->connected() && !both.feed.connected(); }));
    world.broker.start();
  }
  CHECK(comes_true(20s, [&] { return both.first_are_up() && both.intake->express_up() == 6; }));
}

TEST_CASE("express links wait for the feed as well", "[mqtt]") {
  IntakeWorld world;
  Both both(world);
  both.intake->give_express(agencies(3));
  both.intake->start();
  REQUIRE(comes_true(10s, [&] { return both.intake->connected(); }));
  CHECK(both.intake->express_up() == 0);
  both.feed.start();
  CHECK(comes_true(20s, [&] { return both.intake->express_up() == 4; }));
}

TEST_CASE("with a known limit no more links are made than it leaves", "[mqtt]") {
  IntakeWorld world("max_connections 8\n");
  world.settings.connections_max = 7;
  Both both(world);
  both.start(20);
  REQUIRE(comes_true(20s, [&] { return both.first_are_up() && both.intake->express_up() == 5; }));
  CHECK(both.incidents.raised("express-refused") == 0);
}

// mosquitto before 2.0.12 closes the older connection without a word.
TEST_CASE("a second gateway of the same name is an incident that says so", "[mqtt]") {
  IntakeWorld world;
  Both first(world), second(world);
  first.start(0);
  REQUIRE(comes_true(10s, [&] { return first.first_are_up(); }));
  second.start(0);
  for (auto const* role : {"intake", "feed"}) {
    auto const trouble =
        std::string("connection-unstable siaga-unit-") + role +
        ": ends right after it began, more than 3 times: probably a second gateway";
    CHECK(comes_true(30s, [&] { return first.incidents.raised(trouble) > 0; }));
  }
}

TEST_CASE("a session taken over is an incident that names the likely cause", "[mqtt]") {
  TakingBroker broker;
  test::CoreThread core;
  NotedIncidents incidents;
  mqtt::Settings settings;
  settings.url = "mqtt://127.0.0.1:" + std::to_string(broker.port());
  mqtt::Feed feed(core.executor(), settings, "unit", [&] { return &incidents; });
  feed.start();
  CHECK(comes_true(20s, [&] {
    return incidents.raised(
               "session-taken siaga-unit-feed: another client connected as "
               "siaga-unit-feed: probably a second gateway") > 0;
  }));
  broker.stop();
}

TEST_CASE("a broker that ends each connection right after it began is an incident", "[mqtt]") {
  IntakeWorld world;
  Both both(world);
  both.start(0);
  for (int i = 0; i < 4; ++i) {
    REQUIRE(comes_true(20s, [&] {
      return both.feed.reconnects() == static_cast<unsigned>(i) && both.feed.connected();
    }));
    CHECK(both.incidents.raised("connection-unstable siaga-unit-feed") == 0);
    world.broker.kill();
    REQUIRE(comes_true(10s, [&] { return !both.feed.connected(); }));
    world.broker.start();
  }
  CHECK(comes_true(
      10s, [&] { return both.incidents.raised("connection-unstable siaga-unit-feed") > 0; }));
}
