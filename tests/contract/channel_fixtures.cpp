#include "tests/contract/channel_fixtures.hpp"

#include "gateway/async/spawn.hpp"
#include "tests/support/child.hpp"

namespace siaga::contract {
namespace asio = boost::asio;

namespace {

std::string dead_peer() {
  return "127.0.0.1:" + std::to_string(test::free_port());
}

SettingsByKey smpp() {
  return {{"host", std::string("127.0.0.1")},
          {"port", std::int64_t{test::free_port()}},
          {"system_id", std::string("siaga")},
          {"source", std::string("SIAGA")}};
}

// Its peer is a device; the name says what the others' reasons say.
SettingsByKey modem() {
  return {{"device", std::string("/dev/no-modem-at-127.0.0.1")}};
}

SettingsByKey smtp() {
  return {{"url", "smtp://" + dead_peer()}, {"from", std::string("siaga@bontang.example")}};
}

SettingsByKey voice() {
  return {{"callsign", std::string("SIAGA BONTANG")}, {"ptt", "rigctld:" + dead_peer()}};
}

}  // namespace

std::map<std::string, std::function<SettingsByKey()>> const& fixtures() {
  static std::map<std::string, std::function<SettingsByKey()>> const all{
      {"smpp", smpp}, {"modem", modem}, {"smtp", smtp}, {"voice", voice}};
  return all;
}

asio::awaitable<Result<void>> NoSinks::record(Receipt) {
  co_return Result<void>();
}

asio::awaitable<Result<void>> NoSinks::take(Reply) {
  co_return Result<void>();
}

Bench::Bench(ChannelKind const& kind) {
  auto settings = kind.default_settings();
  for (auto const& [key, value] : fixtures().at(kind.kind)()) {
    auto const* field = kind.fields->find(key);
    if (field == nullptr) throw std::logic_error(kind.kind + " has no setting " + key);
    field->set(kind.settings_of(settings), value);
  }
  ChannelContext context{io_.get_executor(), clock_, ChannelName("x"), sinks_, sinks_,
                         place_.path()};
  auto made = kind.make(settings, std::move(context));
  if (!made) throw std::runtime_error(kind.kind + ": " + made.error().text());
  channel_ = std::move(*made);
}

Bench::~Bench() {
  if (!started_ || ended_) return;
  channel_->stop();
  until([this] { return ended_; }, std::chrono::seconds(10));
}

asio::awaitable<void> Bench::run() {
  co_await channel_->run();
  ended_ = true;
}

void Bench::start() {
  started_ = true;
  spawn(io_.get_executor(), "run", run());
}

asio::awaitable<void> Bench::carry(Message message, milliseconds limit) {
  outcome_ = co_await channel_->send(message, limit);
}

void Bench::begin_send(Message message, milliseconds limit) {
  outcome_.reset();
  spawn(io_.get_executor(), "send", carry(std::move(message), limit));
}

bool Bench::until(std::function<bool()> const& met, milliseconds limit) {
  auto const end = std::chrono::steady_clock::now() + limit;
  io_.restart();
  while (!met()) {
    if (std::chrono::steady_clock::now() > end) return false;
    io_.run_one_for(milliseconds(20));
    if (io_.stopped()) io_.restart();
  }
  return true;
}

Message an_exercise(ChannelKind const& kind) {
  Message message;
  message.delivery = DeliveryId(7);
  message.alert = AlertId(3);
  message.channel = ChannelName("x");
  message.officer = OfficerId("kabag-ops");
  message.officer_name = "Kabag Ops";
  if (kind.address_key == "sms") message.address = "+6281210000001";
  if (kind.address_key == "email") message.address = "kabag.ops@polres-bontang.example";
  message.expires = UtcTime(std::chrono::floor<milliseconds>(std::chrono::system_clock::now())) +
                    std::chrono::hours(6);
  message.mark = "LATIHAN";
  message.title = "PERINGATAN";
  message.level = "SIAGA";
  message.event = "Unjuk rasa";
  message.place = "Kelurahan Lok Tuan";
  message.time = "23 Nov 2026 14:30 WITA";
  message.action = "Merapat ke titik kumpul";
  message.expires_text = "23 Nov 2026 20:30 WITA";
  message.code = "4821";
  message.reply_hint = "Balas SIAP 4821 atau TOLAK 4821";
  message.sender_tag = "POLRES BONTANG";
  message.sender_name = "Polres Bontang";
  message.link = "http://127.0.0.1:8080/a/abc";
  return message;
}

}  // namespace siaga::contract
