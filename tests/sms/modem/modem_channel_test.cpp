// The channel of kind "modem" on a terminal: alerts out, receipts and replies back.
#include "protocols/sms/modem/modem_channel.hpp"

#include <map>
#include <set>

#include "gateway/app/system_clock.hpp"
#include "gateway/async/spawn.hpp"
#include "protocols/sms/modem/modem_kind.hpp"
#include "protocols/sms/tpdu/decode.hpp"
#include "protocols/sms/tpdu/encode.hpp"
#include "protocols/sms/tpdu/line.hpp"
#include "tests/sms/modem/test_modem.hpp"
#include "tests/support/catch.hpp"

namespace siaga::sms {
namespace asio = boost::asio;
namespace {

struct Sinks final : ReceiptSink, ReplySink {
  std::map<std::string, DeliveryState> recorded;
  std::vector<Reply> replies;
  std::set<std::string> known;

  asio::awaitable<Result<void>> record(Receipt receipt) override {
    if (!known.contains(receipt.reference)) co_return Error(Errc::not_found, "no such part");
    recorded[receipt.reference] = receipt.state;
    co_return Result<void>();
  }
  std::vector<DeliveryId> resolved;
  asio::awaitable<Result<void>> resolve(LateOutcome late) override {
    auto const& references = std::get<Sent>(late.outcome).references;
    known.insert(references.begin(), references.end());
    resolved.push_back(late.delivery);
    co_return Result<void>();
  }
  asio::awaitable<Result<void>> take(Reply reply) override {
    replies.push_back(std::move(reply));
    co_return Result<void>();
  }
};

struct Bench {
  test::TempDir directory;
  asio::io_context io{1};
  SystemClock clock;
  Sinks sinks;
  std::unique_ptr<Channel> channel;
  std::map<int, SendOutcome> outcomes;
  bool ended = false;

  explicit Bench(std::string const& device, ModemSettings settings = {}) {
    settings.device = device;
    ChannelContext context{io.get_executor(), clock, ChannelName("modem"), sinks, sinks,
                           directory.path()};
    auto made = modem_kind().make(std::any(settings), std::move(context));
    REQUIRE(made.has_value());
    channel = std::move(*made);
    spawn(io.get_executor(), "channel", run());
    REQUIRE(until([this] { return channel->state() == LinkState::up; }));
  }
  ~Bench() {
    channel->stop();
    CHECK(until([this] { return ended; }));
  }
  asio::awaitable<void> run() {
    co_await channel->run();
    ended = true;
  }
  asio::awaitable<void> carry(Message message) {
    auto outcome = co_await channel->send(message, seconds(30));
    if (auto const* sent = std::get_if<Sent>(&outcome))
      sinks.known.insert(sent->references.begin(), sent->references.end());
    outcomes.insert_or_assign(static_cast<int>(message.delivery.value), std::move(outcome));
  }
  void send(Message message) { spawn(io.get_executor(), "send", carry(std::move(message))); }
  bool until(std::function<bool()> const& met, milliseconds limit = seconds(30)) {
    auto const end = std::chrono::steady_clock::now() + limit;
    while (!met() && std::chrono::steady_clock::now() < end) {
      io.restart();
      io.run_one_until(end);
    }
    return met();
  }
};

// What the modem was given, in order.
std::vector<tpdu::Submit> submitted(TestModem& peer) {
  std::vector<tpdu::Submit> all;
  auto const answer = peer.command("submitted");
  for (auto at = answer.find('"'); at != std::string::npos; at = answer.find('"', at)) {
    auto const end = answer.find('"', at + 1);
    auto const line = tpdu::read_line(answer.substr(at + 1, end - at - 1));
    REQUIRE(line);
    auto const outgoing = tpdu::decode_outgoing(line->tpdu());
    REQUIRE(outgoing);
    all.push_back(std::get<tpdu::Submit>(*outgoing));
    at = end + 1;
  }
  return all;
}

Message an_alert(int officer) {
  Message m;
  m.delivery = DeliveryId(officer);
  m.address = "+62812" + std::to_string(10000000 + officer);
  m.level = "SIAGA";
  m.event = "Unjuk rasa";
  m.place = "Kel. Lok Tuan";
  m.time = "23 Nov 2026 14:30 WITA";
  m.action = "Merapat ke titik kumpul";
  m.code = "4821";
  m.reply_hint = "Balas SIAP 4821 atau TOLAK 4821";
  m.sender_tag = "POLRES";
  return m;
}

std::string deliver(std::string const& text) {
  tpdu::Deliver deliver;
  deliver.origin.type = tpdu::NumberType::international;
  deliver.origin.text = "6281210000001";
  deliver.data.text = text;
  return tpdu::line_of(tpdu::encode(deliver)).hex;
}

std::string report(std::string const& to, std::uint8_t reference, UtcTime sent) {
  tpdu::StatusReport report;
  report.reference = reference;
  report.recipient.type = tpdu::NumberType::international;
  report.recipient.text = to;
  tpdu::Timestamp time;
  time.at = std::chrono::floor<seconds>(sent);
  report.sent = report.at = time;
  return tpdu::line_of(tpdu::encode(report)).hex;
}

ModemSettings impatient() {
  ModemSettings settings;
  settings.send_timeout = milliseconds(1000);
  return settings;
}

}  // namespace

TEST_CASE("a modem that confirms a message after its time spares the second copy", "[modem_port]") {
  TestModem peer({"--send-delay", "1500", "--receipts", "500"});
  Bench bench(peer.device(), impatient());
  bench.send(an_alert(1));
  REQUIRE(bench.until([&] { return bench.outcomes.size() == 1; }));
  CHECK(std::holds_alternative<OutcomeUnknown>(bench.outcomes.at(1)));
  REQUIRE(bench.until([&] { return bench.sinks.resolved.size() == 1; }));
  CHECK(bench.sinks.resolved[0] == DeliveryId(1));
  REQUIRE(bench.until([&] { return bench.sinks.recorded.size() == 1; }));
  CHECK(bench.sinks.recorded.begin()->second == DeliveryState::delivered);
}

TEST_CASE("a status report stands for the confirmation that never came", "[modem_port]") {
  TestModem peer({"--no-result", "1"});
  Bench bench(peer.device(), impatient());
  bench.send(an_alert(1));
  REQUIRE(bench.until([&] { return bench.outcomes.size() == 1; }));
  CHECK(std::holds_alternative<OutcomeUnknown>(bench.outcomes.at(1)));
  peer.command("report " + report("6281210000002", 7, bench.clock.utc_now()));
  peer.command("report " + report("6281210000001", 9, bench.clock.utc_now()));
  REQUIRE(bench.until([&] { return bench.sinks.recorded.size() == 1; }));
  CHECK(bench.sinks.resolved == std::vector<DeliveryId>{DeliveryId(1)});
}

TEST_CASE("a long message is told late when its last part was in doubt, not when another was",
          "[modem_port]") {
  TestModem peer({"--fault-every", "2", "--fault-kind", "result"});
  Bench bench(peer.device(), impatient());
  auto message = an_alert(1);
  SECTION("the last of two") {
    message.action = std::string(200, 'A');
    bench.send(message);
    REQUIRE(bench.until([&] { return bench.outcomes.size() == 1; }));
    CHECK(std::holds_alternative<OutcomeUnknown>(bench.outcomes.at(1)));
    peer.command("notice +CMGS: 77");
    REQUIRE(bench.until([&] { return bench.sinks.resolved.size() == 1; }));
    CHECK(bench.sinks.known.size() == 2);
  }
  SECTION("the second of three") {
    message.action = std::string(340, 'A');
    bench.send(message);
    REQUIRE(bench.until([&] { return bench.outcomes.size() == 1; }));
    CHECK(std::holds_alternative<OutcomeUnknown>(bench.outcomes.at(1)));
    peer.command("notice +CMGS: 77");
    bench.send(an_alert(2));
    REQUIRE(bench.until([&] { return bench.outcomes.size() == 2; }));
    CHECK(bench.sinks.resolved.empty());
  }
}

TEST_CASE("alerts go out in parts, each part's receipt finds its way, a reply comes in",
          "[modem_port]") {
  TestModem peer({"--receipts", "20", "--chatter", "7"});
  Bench bench(peer.device());
  for (int officer = 1; officer <= 20; ++officer) bench.send(an_alert(officer));
  auto long_one = an_alert(21);
  long_one.action = std::string(200, 'A') + " selesai";
  bench.send(long_one);
  REQUIRE(bench.until([&] { return bench.outcomes.size() == 21; }));
  std::size_t parts = 0;
  for (auto const& [officer, outcome] : bench.outcomes) {
    auto const* sent = std::get_if<Sent>(&outcome);
    REQUIRE(sent != nullptr);
    parts += sent->references.size();
    if (officer == 21) CHECK(sent->references.size() > 1);
  }
  CHECK(bench.until([&] { return bench.sinks.recorded.size() == parts; }));
  peer.command("deliver " + deliver("SIAP 4821"));
  REQUIRE(bench.until([&] { return bench.sinks.replies.size() == 1; }));
  CHECK(bench.sinks.replies[0].text == "SIAP 4821");
  CHECK(bench.sinks.replies[0].address == "+6281210000001");
}

TEST_CASE("a modem's link flashes, replaces and joins by a wide reference where that is set",
          "[modem_port]") {
  TestModem peer;
  auto const [flash, coding] = GENERATE(table<char const*, int>({{"dcs", 0x10}, {"f0", 0xF0}}));
  ModemSettings settings;
  settings.flash = flash;
  settings.replace = true;
  settings.reference_bits = 16;
  Bench bench(peer.device(), settings);
  auto pressing = an_alert(1);
  pressing.priority = Priority::life;
  auto foreign = pressing;
  foreign.delivery = DeliveryId(2);
  foreign.event = "洪水";
  auto long_one = an_alert(3);
  long_one.action = std::string(200, 'A');
  for (auto const& message : {pressing, foreign, long_one}) {
    bench.send(message);
    auto const key = static_cast<int>(message.delivery.value);
    REQUIRE(bench.until([&] { return bench.outcomes.contains(key); }));
  }
  auto const all = submitted(peer);
  REQUIRE(all.size() > 3);
  CHECK(all[0].data.data_coding == coding);
  CHECK(all[0].protocol_id >= 0x41);
  CHECK(all[0].protocol_id <= 0x47);
  CHECK(all[0].data.header.empty());
  CHECK(all[1].data.data_coding == 0x18);
  CHECK(all.back().data.data_coding == 0x00);
  CHECK(all.back().protocol_id == 0);  // phones replace single texts only
  CHECK(all.back().data.header.substr(0, 3) == "\x06\x08\x04");
}

TEST_CASE("a link whose network passes national tables on writes in them, letters and all",
          "[modem_port]") {
  TestModem peer;
  ModemSettings settings;
  settings.languages = {"tr"};
  Bench bench(peer.device(), settings);
  auto message = an_alert(1);
  message.event = "Şehirde yağış";
  bench.send(message);
  REQUIRE(bench.until([&] { return bench.outcomes.contains(1); }));
  auto const all = submitted(peer);
  REQUIRE(all.size() == 1);
  CHECK(all[0].data.data_coding == 0);
  CHECK(all[0].data.header.size() > 1);
  CHECK_THAT(text_of({tpdu::coded_text_of(all[0].data)}, Charset::gsm),
             ContainsSubstring("Şehirde yağış"));
}

TEST_CASE("a link may write any letter plainly where that saves a part", "[modem_port]") {
  TestModem peer;
  ModemSettings settings;
  settings.plain_letters = true;
  Bench bench(peer.device(), settings);
  auto message = an_alert(1);
  message.event = "Пожар di Łódź";
  bench.send(message);
  REQUIRE(bench.until([&] { return bench.outcomes.contains(1); }));
  auto const all = submitted(peer);
  REQUIRE(all.size() == 1);
  CHECK_THAT(text_of({tpdu::coded_text_of(all[0].data)}, Charset::gsm),
             ContainsSubstring("Pozhar di Lodz"));
}

TEST_CASE("a link without these settings asks for none of it", "[modem_port]") {
  TestModem peer;
  Bench bench(peer.device());
  auto pressing = an_alert(1);
  pressing.priority = Priority::life;
  pressing.action = std::string(200, 'A');
  bench.send(pressing);
  REQUIRE(bench.until([&] { return bench.outcomes.contains(1); }));
  for (auto const& part : submitted(peer)) {
    CHECK(part.data.data_coding == 0);
    CHECK(part.protocol_id == 0);
    CHECK(part.data.header.substr(0, 3) == std::string("\x05\x00\x03", 3));
  }
}

TEST_CASE("a message of which a part fails is not called sent", "[modem_port]") {
  TestModem peer;
  Bench bench(peer.device());
  auto message = an_alert(1);
  message.action = std::string(200, 'A');
  peer.command("set cms 41");
  bench.send(message);
  REQUIRE(bench.until([&] { return bench.outcomes.contains(1); }));
  CHECK(std::holds_alternative<FailedTemporarily>(bench.outcomes.at(1)));
  auto wrong = an_alert(2);
  wrong.address = "kabag.ops@polres.example";
  bench.send(wrong);
  REQUIRE(bench.until([&] { return bench.outcomes.contains(2); }));
  CHECK(std::holds_alternative<Failed>(bench.outcomes.at(2)));
}

TEST_CASE("settings that cannot be right say so at the start", "[modem_port]") {
  asio::io_context io(1);
  SystemClock clock;
  Sinks sinks;
  auto const refusal = [&](auto change) {
    ModemSettings settings;
    settings.device = "/dev/siaga-modem";
    change(settings);
    ChannelContext context{io.get_executor(), clock, ChannelName("modem"), sinks, sinks, "."};
    auto const made = modem_kind().make(std::any(settings), std::move(context));
    return made ? std::string() : made.error().detail;
  };
  CHECK(refusal([](ModemSettings&) {}).empty());
  CHECK_THAT(refusal([](ModemSettings& s) { s.device = "ttyUSB0"; }), ContainsSubstring("path"));
  CHECK_THAT(refusal([](ModemSettings& s) { s.service_centre = "0811"; }),
             ContainsSubstring("plus"));
  CHECK_THAT(refusal([](ModemSettings& s) { s.storages = {"XX"}; }), ContainsSubstring("XX"));
  CHECK_THAT(refusal([](ModemSettings& s) { s.reference_bits = 12; }),
             ContainsSubstring("8 or 16"));
  CHECK_THAT(refusal([](ModemSettings& s) { s.languages = {"id"}; }), ContainsSubstring("'id'"));
}

}  // namespace siaga::sms
