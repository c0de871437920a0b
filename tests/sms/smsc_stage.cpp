#include "tests/sms/smsc_stage.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>

namespace siaga::sms {
namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

// Quiet unless a test asks for the log: it would fill the pipe of one that does not read it, and
// the SMSC would wait for ever in its midst.
std::vector<std::string> command_line(std::vector<std::string> const& options) {
  std::vector<std::string> line{SIAGA_TEST_SMSC, "--quiet", "1"};
  line.insert(line.end(), options.begin(), options.end());
  return line;
}

std::uint16_t port_after(test::Child& child, std::string_view word) {
  auto const line = child.line_with(word, seconds(10));
  if (!line) throw std::runtime_error("the test SMSC did not start");
  return static_cast<std::uint16_t>(std::stoi(line->substr(line->find(' ') + 1)));
}

}  // namespace

TestSmsc::TestSmsc(std::vector<std::string> const& options)
    : child_(command_line(options)),
      port_(port_after(child_, "listening ")),
      control_(port_after(child_, "control ")) {}

std::string TestSmsc::command(std::string const& line) {
  asio::io_context io;
  tcp::socket socket(io);
  socket.connect(tcp::endpoint(asio::ip::address_v4::loopback(), control_));
  asio::write(socket, asio::buffer(line + "\n"));
  asio::streambuf answer;
  asio::read_until(socket, answer, '\n');
  return {asio::buffers_begin(answer.data()), asio::buffers_end(answer.data())};
}

std::int64_t TestSmsc::stat(std::string const& name) {
  auto const stats = command("stats");
  auto const key = "\"" + name + "\":";
  auto const at = stats.find(key);
  REQUIRE(at != std::string::npos);
  return std::stoll(stats.substr(at + key.size()));
}

std::optional<std::string> TestSmsc::logged(std::string_view event, std::string_view part) {
  auto const begin = "{\"event\":\"" + std::string(event) + "\"";
  while (auto line = child_.line_with(begin, seconds(10)))
    if (line->find(part) != std::string::npos) return line;
  return std::nullopt;
}

asio::awaitable<Result<void>> Receipts::record(Receipt receipt) {
  if (failures_left > 0) {
    --failures_left;
    co_return Error(Errc::storage_failed, "disk");
  }
  if (!known.contains(receipt.reference)) {
    ++unknown;
    co_return Error(Errc::not_found, "no such reference");
  }
  recorded[receipt.reference] = receipt.state;
  co_return Result<void>();
}

asio::awaitable<Result<void>> Receipts::resolve(LateOutcome late) {
  if (auto const* sent = std::get_if<Sent>(&late.outcome))
    known.insert(sent->references.begin(), sent->references.end());
  resolved.push_back(std::move(late));
  co_return Result<void>();
}

asio::awaitable<Result<void>> Replies::take(Reply reply) {
  if (failures_left > 0) {
    --failures_left;
    co_return Error(Errc::storage_failed, "disk");
  }
  if (keeps) taken.push_back(std::move(reply));
  co_return Result<void>();
}

Stage::Stage(SmppSettings settings) {
  auto const kind = smpp_kind();
  ChannelContext context{io.get_executor(), clock, ChannelName("sms"), receipts, replies, "."};
  auto made = kind.make(std::any(std::move(settings)), std::move(context));
  REQUIRE(made.has_value());
  channel = std::move(*made);
  spawn(io.get_executor(), "channel", run());
}

Stage::~Stage() {
  stop();
}

void Stage::stop() {
  channel->stop();
  CHECK(until([this] { return ended; }));
}

asio::awaitable<void> Stage::run() {
  co_await channel->run();
  ended = true;
}

SmppSettings Stage::settings(std::uint16_t port) {
  SmppSettings s;
  s.host = "127.0.0.1";
  s.port = port;
  s.system_id = "siaga";
  s.password = "secret";
  s.source = "SIAGA";
  s.rate_per_s = 0;
  return s;
}

bool Stage::until(std::function<bool()> const& met, milliseconds limit) {
  auto const end = std::chrono::steady_clock::now() + limit;
  while (!met() && std::chrono::steady_clock::now() < end) {
    io.restart();
    io.run_one_until(end);
  }
  return met();
}

void Stage::send(std::string const& name, Message message, milliseconds limit) {
  spawn(io.get_executor(), "send", carry(name, std::move(message), limit));
}

asio::awaitable<void> Stage::carry(std::string name, Message message, milliseconds limit) {
  auto outcome = co_await channel->send(message, limit);
  if (auto const* sent = std::get_if<Sent>(&outcome))
    receipts.known.insert(sent->references.begin(), sent->references.end());
  outcomes.insert_or_assign(name, std::move(outcome));
}

SendOutcome Stage::sent(Message message, milliseconds limit) {
  outcomes.erase("this one");
  send("this one", std::move(message), limit);
  REQUIRE(until([this] { return outcomes.contains("this one"); }, limit + seconds(5)));
  return outcomes.at("this one");
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

}  // namespace siaga::sms
