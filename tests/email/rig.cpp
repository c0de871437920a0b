#include "tests/email/rig.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/json.hpp>
#include <stdexcept>

#include "gateway/async/spawn.hpp"
#include "protocols/email/kind.hpp"
#include "tests/support/catch.hpp"

namespace siaga::email::test {
namespace asio = boost::asio;
using namespace std::chrono_literals;

UtcTime RealClock::utc_now() const {
  return std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
}

SteadyTime RealClock::steady_now() const {
  auto const since = std::chrono::steady_clock::now().time_since_epoch();
  return SteadyTime(std::chrono::duration_cast<milliseconds>(since));
}

asio::awaitable<void> RealClock::sleep_until(SteadyTime until) {
  asio::steady_timer timer(co_await asio::this_coro::executor, until - steady_now());
  co_await timer.async_wait(asio::use_awaitable);
}

asio::awaitable<Result<void>> NoSinks::record(Receipt) {
  co_return Result<void>();
}
asio::awaitable<Result<void>> NoSinks::take(siaga::Reply) {
  co_return Result<void>();
}

namespace {

std::vector<std::string> with_program(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), SIAGA_TEST_MAILSINK);
  return arguments;
}

std::uint16_t port_in(std::string const& line) {
  return static_cast<std::uint16_t>(std::stoi(line.substr(line.find(' ') + 1)));
}

}  // namespace

MailSink::MailSink(std::vector<std::string> arguments)
    : child_(with_program(std::move(arguments))) {
  std::uint16_t control_port = 0;
  while (control_port == 0) {
    auto const line = child_.line(20s);
    if (!line) throw std::runtime_error("the mail sink did not start: " + child_.output());
    if (line->starts_with("listening ")) port = port_in(*line);
    if (line->starts_with("smtps ")) smtps_port = port_in(*line);
    if (line->starts_with("control ")) control_port = port_in(*line);
  }
  control_.connect({asio::ip::address_v4::loopback(), control_port});
}

std::string MailSink::tell(std::string const& command) {
  asio::write(control_, asio::buffer(command + "\n"));
  std::string answer;
  auto const size = asio::read_until(control_, asio::dynamic_buffer(answer), '\n');
  answer.resize(size - 1);
  if (answer.starts_with("error")) throw std::runtime_error(command + ": " + answer);
  return answer;
}

std::int64_t MailSink::count(std::string const& name) {
  return boost::json::parse(tell("stats")).at(name).to_number<std::int64_t>();
}

ReceivedMail MailSink::mail() {
  auto const line = child_.line_with("\"rcpt\"", 10s);
  if (!line) throw std::runtime_error("no mail came");
  auto const printed = boost::json::parse(*line).as_object();
  auto const text = [&](char const* name) {
    return boost::json::value_to<std::string>(printed.at(name));
  };
  ReceivedMail mail;
  mail.from = text("from");
  mail.to = boost::json::value_to<std::string>(printed.at("rcpt").at(0));
  mail.message_id = text("message_id");
  mail.subject = text("subject");
  mail.text = text("text");
  mail.link = text("link");
  mail.answered = printed.at("answered").as_bool();
  mail.tls = printed.at("tls").as_bool();
  return mail;
}

std::vector<ReceivedMail> MailSink::mails(std::size_t count) {
  std::vector<ReceivedMail> all;
  while (all.size() < count) all.push_back(mail());
  return all;
}

Rig::Rig(SmtpSettings const& settings) {
  ChannelContext context{io_.get_executor(), clock_, ChannelName("email"), sinks_, sinks_, ""};
  auto made = smtp_kind().make(settings, std::move(context));
  if (!made) throw std::runtime_error(made.error().text());
  channel_ = std::move(*made);
}

Rig::~Rig() {
  stop();
}

void Rig::stop() {
  if (!started_ || ended_) return;
  channel_->stop();
  until([this] { return ended_; });
}

void Rig::begin() {
  started_ = true;
  auto const run = [](Channel& channel, bool& ended) -> asio::awaitable<void> {
    co_await channel.run();
    ended = true;
  };
  spawn(io_.get_executor(), "run", run(*channel_, ended_));
}

void Rig::start() {
  begin();
  until([this] { return channel_->tried_once(); });
}

bool Rig::until(std::function<bool()> const& holds, milliseconds limit) {
  auto const end = std::chrono::steady_clock::now() + limit;
  io_.restart();
  while (!holds()) {
    auto const now = std::chrono::steady_clock::now();
    if (now >= end) return false;
    auto const pause = std::min<std::chrono::steady_clock::duration>(end - now, 20ms);
    if (io_.run_one_for(pause) == 0) io_.restart();
  }
  return true;
}

namespace {

asio::awaitable<void> send_one(Channel& channel, Message const& message, milliseconds limit,
                               std::optional<SendOutcome>& outcome) {
  outcome = co_await channel.send(message, limit);
}

}  // namespace

SendOutcome Rig::send(Message const& message, milliseconds limit) {
  std::optional<SendOutcome> outcome;
  spawn(io_.get_executor(), "send", send_one(*channel_, message, limit, outcome));
  if (!until([&] { return outcome.has_value(); }, limit + 10s))
    throw std::runtime_error("send() did not end by its limit");
  return *outcome;
}

SendOutcome Rig::stop_while_sending(Message const& message, std::function<bool()> const& has_left) {
  std::optional<SendOutcome> outcome;
  spawn(io_.get_executor(), "send", send_one(*channel_, message, 60s, outcome));
  if (!until(has_left)) throw std::runtime_error("the mail did not leave");
  stop();
  if (!until([&] { return outcome.has_value(); })) throw std::runtime_error("send() did not end");
  return *outcome;
}

std::vector<SendOutcome> Rig::send_all(std::vector<Message> const& messages, std::size_t width) {
  std::vector<SendOutcome> outcomes(messages.size());
  std::size_t next = 0, done = 0;
  auto const worker = [](Channel& channel, std::vector<Message> const& all,
                         std::vector<SendOutcome>& into, std::size_t& at,
                         std::size_t& finished) -> asio::awaitable<void> {
    while (at < all.size()) {
      auto const mine = at++;
      into[mine] = co_await channel.send(all[mine], 10s);
      ++finished;
    }
  };
  for (std::size_t i = 0; i < width; ++i)
    spawn(io_.get_executor(), "worker", worker(*channel_, messages, outcomes, next, done));
  if (!until([&] { return done == messages.size(); }, 120s))
    throw std::runtime_error("not all sends ended");
  return outcomes;
}

std::vector<SendOutcome> Rig::send_all_while_starting(std::vector<Message> const& messages) {
  begin();
  return send_all(messages, messages.size());
}

void check_down_within_limit(SmtpSettings const& settings, Message const& message) {
  Rig rig(settings);
  auto const begin = std::chrono::steady_clock::now();
  auto const outcome = rig.send(message, 200ms);
  CHECK(std::chrono::steady_clock::now() - begin < 2s);
  auto const* failed = std::get_if<FailedTemporarily>(&outcome);
  REQUIRE(failed != nullptr);
  CHECK(failed->whole_channel);
  CHECK(rig.channel().state() == LinkState::down);
  CHECK(rig.channel().tried_once());
}

SmtpSettings settings_for(std::string const& url) {
  SmtpSettings settings;
  settings.url = url;
  settings.from = "Siaga Bontang <siaga@bontang.example>";
  settings.helo = "siaga.bontang.example";
  return settings;
}

}  // namespace siaga::email::test
