// The engine on a real terminal: the test modem runs as a program behind a pseudo terminal.
#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "gateway/app/system_clock.hpp"
#include "gateway/async/spawn.hpp"
#include "protocols/sms/modem/modem.hpp"
#include "protocols/sms/modem/reset_hook.hpp"
#include "protocols/sms/modem/tty_stream.hpp"
#include "tests/sms/modem/sim_stage.hpp"
#include "tests/sms/modem/test_modem.hpp"
#include "tests/support/flood.hpp"

namespace siaga::sms {
namespace asio = boost::asio;
namespace {

// The engine, in real time: every wait ends as soon as it is met.
struct Bench {
  test::TempDir directory;
  asio::io_context io{1};
  SystemClock clock;
  KeptPdus sink;
  std::unique_ptr<Modem> modem;
  std::map<std::string, SendOutcome> outcomes;
  bool ended = false;

  explicit Bench(std::string const& device) {
    ModemSettings settings;
    settings.device = device;
    ModemContext context{
        io.get_executor(), clock, ChannelName("modem"), directory.path(), sink, {}, {}};
    modem = std::make_unique<Modem>(settings, std::move(context));
    spawn(io.get_executor(), "modem", run());
  }
  ~Bench() {
    modem->stop();
    CHECK(until([this] { return ended; }));
  }
  asio::awaitable<void> run() {
    co_await modem->run();
    ended = true;
  }
  asio::awaitable<void> carry(std::string name, std::string number) {
    auto outcome = co_await modem->send_pdu(a_submit(number), seconds(30));
    outcomes.insert_or_assign(name, std::move(outcome));
  }
  bool until(std::function<bool()> const& met, milliseconds limit = seconds(30)) {
    auto const end = std::chrono::steady_clock::now() + limit;
    while (!met() && std::chrono::steady_clock::now() < end) {
      io.restart();
      io.run_one_until(end);
    }
    return met();
  }
  bool is(LinkState state) {
    return until([this, state] { return modem->state() == state; });
  }
};

}  // namespace

TEST_CASE("a modem at a terminal comes up, sends a hundred, and hands over every receipt",
          "[modem_port]") {
  TestModem peer({"--receipts", "5", "--chatter", "3"});
  Bench bench(peer.device());
  REQUIRE(bench.is(LinkState::up));
  for (int i = 0; i < 100; ++i) {
    auto const number = std::to_string(628110000000 + i);
    spawn(bench.io.get_executor(), "send", bench.carry(number, number));
  }
  REQUIRE(bench.until([&] { return bench.outcomes.size() == 100; }));
  for (auto const& [number, outcome] : bench.outcomes) CHECK(std::holds_alternative<Sent>(outcome));
  CHECK(bench.until([&] { return bench.sink.receipts.size() == 100; }));
  CHECK_THAT(peer.command("stats"), ContainsSubstring("\"accepted\":100"));
}

TEST_CASE("a terminal that goes away and comes back is taken up again", "[modem_port]") {
  TestModem peer;
  Bench bench(peer.device());
  REQUIRE(bench.is(LinkState::up));
  CHECK(peer.command("unplug") == "ok\n");
  REQUIRE(bench.is(LinkState::down));
  CHECK(peer.command("plug") == "ok\n");
  REQUIRE(bench.is(LinkState::up));
  spawn(bench.io.get_executor(), "send", bench.carry("one", "628110000001"));
  REQUIRE(bench.until([&] { return bench.outcomes.size() == 1; }));
  CHECK(std::holds_alternative<Sent>(bench.outcomes.at("one")));
}

TEST_CASE("a device that is not there says what to look at", "[modem_port]") {
  asio::io_context io;
  auto const missing = open_tty(io.get_executor(), "/dev/no-such-modem", 115200, false);
  REQUIRE_FALSE(missing);
  CHECK_THAT(missing.error().detail, ContainsSubstring("is the modem plugged in"));
  auto const file = open_tty(io.get_executor(), "/dev/null", 115200, false);
  REQUIRE_FALSE(file);
  CHECK(file.error().is(Errc::connect_failed));
}

TEST_CASE("a port serves one program, and the second is told that it is in use", "[modem_port]") {
  TestModem peer;
  asio::io_context io;
  auto first = open_tty(io.get_executor(), peer.device(), 115200, false);
  REQUIRE(first);
  auto const second = open_tty(io.get_executor(), peer.device(), 115200, false);
  REQUIRE_FALSE(second);
  CHECK(second.error().is(Errc::connect_failed));
  CHECK_THAT(second.error().detail, ContainsSubstring("another program holds it"));
  (*first)->close();
  CHECK(open_tty(io.get_executor(), peer.device(), 115200, false));
}

TEST_CASE("the hook command is run to its end, and its failure, absence and slowness are told",
          "[modem_port]") {
  test::TempDir directory;
  asio::io_context io(1);
  SystemClock clock;
  auto const run = [&](std::vector<std::string> argv, milliseconds limit) {
    std::optional<Result<void>> how;
    auto const wait = [](std::optional<Result<void>>& into, std::vector<std::string> what,
                         Clock& by, milliseconds most) -> asio::awaitable<void> {
      auto done = co_await run_hook(std::move(what), by, most);
      into = std::move(done);
    };
    spawn(io.get_executor(), "hook", wait(how, std::move(argv), clock, limit));
    io.restart();
    io.run();
    REQUIRE(how);
    return *how;
  };
  auto const mark = directory.path() + "/cut";
  CHECK(run({"touch", mark}, seconds(10)));
  CHECK(std::filesystem::exists(mark));
  CHECK_THAT(run({"sh", "-c", "exit 3"}, seconds(10)).error().detail,
             ContainsSubstring("ended with 3"));
  CHECK_THAT(run({"/no/such/program"}, seconds(10)).error().detail,
             ContainsSubstring("not installed or not in PATH"));
  CHECK_THAT(run({"sleep", "60"}, milliseconds(50)).error().detail,
             ContainsSubstring("still running after"));
}

TEST_CASE("a port that floods and never takes a byte costs no memory", "[modem][peers]") {
  auto const line = GENERATE(as<std::string>(), "\r\n+CMTI: \"SM\",1\r\n",
                             "\r\n+CMT: ,24\r\n0791\r\n", "\r\nOK\r\n", "no line at all");
  int const master = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
  REQUIRE(master >= 0);
  REQUIRE(::grantpt(master) == 0);
  REQUIRE(::unlockpt(master) == 0);
  {
    Bench bench(::ptsname(master));
    test::FloodedDescriptor const flood(master, line);
    auto const before = test::memory_bytes();
    bench.until([&] { return flood.said_bytes() > 50'000'000; }, seconds(2));
    CHECK(test::memory_bytes() < before + 8'000'000);
    CHECK(flood.said_bytes() > 100'000);
  }
  ::close(master);
}

}  // namespace siaga::sms
