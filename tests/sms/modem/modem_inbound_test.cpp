#include "protocols/sms/modem/modem_inbound.hpp"

#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "gateway/async/spawn.hpp"
#include "protocols/sms/modem/sim_pin.hpp"
#include "protocols/sms/tpdu/encode.hpp"
#include "protocols/sms/tpdu/line.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/temp_dir.hpp"

namespace siaga::sms {
namespace asio = boost::asio;
namespace {

using std::chrono::hours;
using std::chrono::seconds;

struct Sinks final : ReceiptSink, ReplySink {
  std::set<std::string> known;
  std::map<std::string, Receipt> recorded;
  std::vector<Reply> replies;
  int failures_left = 0;

  asio::awaitable<Result<void>> record(Receipt receipt) override {
    if (!known.contains(receipt.reference)) co_return Error(Errc::not_found, "no such part");
    recorded.insert_or_assign(receipt.reference, receipt);
    co_return Result<void>();
  }
  asio::awaitable<Result<void>> take(Reply reply) override {
    if (failures_left > 0) {
      --failures_left;
      co_return Error(Errc::storage_failed, "disk");
    }
    replies.push_back(std::move(reply));
    co_return Result<void>();
  }
};

std::string line_of(std::string const& tpdu) {
  return tpdu::line_of(tpdu).hex;
}

struct Desk {
  test::TempDir directory;
  asio::io_context io{1};
  test::FakeClock clock;
  Sinks sinks;
  std::unique_ptr<ModemInbound> inbound;
  std::optional<Result<void>> taken;
  bool ended = true;

  Desk() { begin(); }
  ~Desk() { end(); }
  void begin() {
    ChannelContext context{io.get_executor(), clock, ChannelName("modem"), sinks, sinks,
                           directory.path()};
    inbound = std::make_unique<ModemInbound>(context, "62");
    ended = false;
    spawn(io.get_executor(), "watch", watch());
    pass(milliseconds(0));
  }
  void end() {
    inbound->stop();
    pass(seconds(1));
    REQUIRE(ended);
  }
  void restart() {
    end();
    begin();
  }
  asio::awaitable<void> watch() {
    co_await inbound->watch_parts();
    ended = true;
  }
  asio::awaitable<void> carry(std::string hex) {
    auto done = co_await inbound->take(PduKind::deliver, std::move(hex));
    taken = std::move(done);
  }
  void pass(milliseconds time) {
    for (milliseconds passed{0};; passed += milliseconds(50)) {
      io.restart();
      io.poll();
      if (passed >= time) return;
      clock.advance(milliseconds(50));
    }
  }
  bool take(std::string hex) {
    taken.reset();
    spawn(io.get_executor(), "take", carry(std::move(hex)));
    pass(seconds(3));
    REQUIRE(taken);
    return taken->has_value();
  }
  std::string report(std::string const& to, int reference, std::uint8_t status, UtcTime sent,
                     tpdu::NumberType type = tpdu::NumberType::international) const {
    tpdu::StatusReport report;
    report.reference = static_cast<std::uint8_t>(reference);
    report.recipient.type = type;
    report.recipient.text = to;
    tpdu::Timestamp time;
    time.at = std::chrono::floor<seconds>(sent);
    report.sent = report.at = time;
    report.status = status;
    return line_of(tpdu::encode(report));
  }
  DeliveryState state(std::string const& name) const { return sinks.recorded.at(name).state; }
  std::string learn(std::string const& digits, int reference) {
    auto name = inbound->sent().name(digits, reference, clock.utc_now());
    sinks.known.insert(name);
    return name;
  }
};

std::string part(std::string const& text, std::uint8_t number, std::uint8_t total,
                 std::string const& from = "6281200000001") {
  tpdu::Deliver deliver;
  deliver.origin.type = tpdu::NumberType::international;
  deliver.origin.text = from;
  if (total > 1) deliver.data.header = join_header(77, total, number);
  deliver.data.text = text;
  return line_of(tpdu::encode(deliver));
}

}  // namespace

TEST_CASE("a status report finds its part by number and reference", "[modem]") {
  Desk desk;
  auto const first = desk.learn("6281200000001", 7);
  auto const other = desk.learn("6281200000002", 7);
  CHECK(desk.take(desk.report("6281200000001", 7, 0x00, desk.clock.utc_now())));
  REQUIRE(desk.sinks.recorded.size() == 1);
  CHECK(desk.state(first) == DeliveryState::delivered);
  CHECK(desk.take(desk.report("6281200000002", 7, 0x46, desk.clock.utc_now())));
  CHECK(desk.state(other) == DeliveryState::failed);
  CHECK_THAT(desk.sinks.recorded.at(other).reason, ContainsSubstring("0x46"));
}

TEST_CASE(
    "a report is matched though the network writes the number nationally or with a wrong clock",
    "[modem]") {
  Desk desk;
  auto const name = desk.learn("6281200000001", 7);
  auto const wrong = desk.clock.utc_now() - hours(8);
  CHECK(desk.take(desk.report("081200000001", 7, 0x00, wrong, tpdu::NumberType::unknown)));
  CHECK(desk.sinks.recorded.contains(name));
}

TEST_CASE("a report that comes after a restart still finds its part", "[modem]") {
  Desk desk;
  auto const name = desk.learn("6281200000001", 7);
  auto const sent = desk.clock.utc_now();
  desk.restart();
  desk.pass(hours(1));
  CHECK(desk.take(desk.report("6281200000001", 7, 0x00, sent + std::chrono::minutes(2))));
  CHECK(desk.sinks.recorded.contains(name));
}

TEST_CASE("a report that overtakes the record of its part is tried again for a second", "[modem]") {
  Desk desk;
  auto const name = desk.inbound->sent().name("6281200000001", 7, desk.clock.utc_now());
  spawn(desk.io.get_executor(), "take",
        desk.carry(desk.report("6281200000001", 7, 0x00, desk.clock.utc_now())));
  desk.pass(milliseconds(200));
  CHECK_FALSE(desk.taken);
  desk.sinks.known.insert(name);
  desk.pass(seconds(2));
  REQUIRE(desk.taken);
  CHECK(desk.sinks.recorded.contains(name));
}

TEST_CASE("a report of nobody's message is dropped, and one that is not final says nothing",
          "[modem]") {
  Desk desk;
  auto const name = desk.learn("6281200000001", 7);
  CHECK(desk.take(desk.report("6281200000001", 7, 0x30, desk.clock.utc_now())));
  CHECK(desk.take(desk.report("6281200000001", 7, 0x01, desk.clock.utc_now())));
  CHECK(desk.take(desk.report("6281299999999", 9, 0x00, desk.clock.utc_now())));
  CHECK(desk.sinks.recorded.empty());
}

TEST_CASE("a reply in one part is taken before it is acknowledged", "[modem]") {
  Desk desk;
  desk.sinks.failures_left = 1;
  CHECK_FALSE(desk.take(part("SIAP 4821", 1, 1)));
  CHECK(desk.take(part("SIAP 4821", 1, 1)));
  REQUIRE(desk.sinks.replies.size() == 1);
  CHECK(desk.sinks.replies[0].text == "SIAP 4821");
  CHECK(desk.sinks.replies[0].address == "+6281200000001");
}

TEST_CASE("a long reply is one, in whatever order its parts come", "[modem]") {
  Desk desk;
  CHECK(desk.take(part(" 4821", 2, 3)));
  CHECK(desk.take(part(" segera", 3, 3)));
  CHECK(desk.take(part(" 4821", 2, 3)));  // again: the acknowledgement was lost
  CHECK(desk.sinks.replies.empty());
  CHECK(desk.take(part("SIAP", 1, 3)));
  REQUIRE(desk.sinks.replies.size() == 1);
  CHECK(desk.sinks.replies[0].text == "SIAP 4821 segera");
}

TEST_CASE("parts that were acknowledged outlive a restart, and a sink that is down", "[modem]") {
  Desk desk;
  CHECK(desk.take(part("SIAP", 1, 2)));
  desk.restart();
  desk.sinks.failures_left = 1000;
  CHECK(desk.take(part(" 4821", 2, 2)));
  desk.pass(seconds(10));
  desk.restart();
  CHECK(desk.sinks.replies.empty());
  desk.sinks.failures_left = 0;
  desk.pass(seconds(5));
  REQUIRE(desk.sinks.replies.size() == 1);
  CHECK(desk.sinks.replies[0].text == "SIAP 4821");
  desk.restart();
  desk.pass(seconds(5));
  CHECK(desk.sinks.replies.size() == 1);  // and once only
}

TEST_CASE("a reply whose rest never comes goes as it is", "[modem]") {
  Desk desk;
  CHECK(desk.take(part("SIAP 4821", 1, 2)));
  desk.pass(ModemInbound::keep_for + seconds(5));
  REQUIRE(desk.sinks.replies.size() == 1);
  CHECK(desk.sinks.replies[0].text == "SIAP 4821");
}

TEST_CASE("what nobody can read does not come back for ever", "[modem]") {
  Desk desk;
  CHECK(desk.take("00"));
  CHECK(desk.take("07911326040000F004"));
  CHECK(desk.sinks.replies.empty());
}

TEST_CASE("parts beyond the bound are refused and stay where they are", "[modem]") {
  Desk desk;
  KeptParts kept(desk.directory.path() + "/bound.parts");
  for (std::size_t i = 0; i < KeptParts::parts_max; ++i) {
    auto const number = std::to_string(10000 + i) + "0";
    REQUIRE(kept.add(number));
  }
  auto const more = kept.add("AABB");
  REQUIRE_FALSE(more);
  CHECK(more.error().is(Errc::storage_full));
  CHECK(KeptParts(desk.directory.path() + "/bound.parts").load().size() == KeptParts::parts_max);
}

TEST_CASE("neither parts nor the PIN's marker are written through a link", "[modem]") {
  Desk desk;
  namespace fs = std::filesystem;
  fs::path const place = desk.directory.path();
  auto const content = [](fs::path const& file) {
    std::ifstream stream(file);
    return std::string(std::istreambuf_iterator<char>(stream), {});
  };
  std::ofstream(place / "precious") << "precious";
  std::ofstream(place / "pin") << "1234\n";
  fs::create_symlink(place / "precious", place / "linked.parts.new");
  fs::create_symlink(place / "precious", place / "marker");
  KeptParts kept((place / "linked.parts").string());
  REQUIRE(kept.add("AABB"));
  CHECK(content(place / "linked.parts") == "AABB\n");
  SimPin pin((place / "pin").string(), (place / "marker").string());
  auto const taken = pin.take(3);
  REQUIRE_FALSE(taken);
  CHECK(taken.error().is(Errc::storage_failed));
  CHECK(content(place / "precious") == "precious");
}

}  // namespace siaga::sms
