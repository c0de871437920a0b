// The real channel against Postfix's own test server, where Postfix is installed.
#include <unistd.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <memory>

#include "tests/email/rig.hpp"
#include "tests/email/sample.hpp"
#include "tests/email/transcript.hpp"

namespace siaga::email {
namespace {

using namespace std::chrono_literals;
using test::is;
using test::Rig;
using test::settings_for;

constexpr char const* program = "/usr/sbin/smtp-sink";

bool is_listening(std::uint16_t port) {
  boost::asio::io_context io;
  boost::asio::ip::tcp::socket socket(io);
  boost::system::error_code ec;
  socket.connect({boost::asio::ip::address_v4::loopback(), port}, ec);
  return !ec;
}

class SmtpSink {
 public:
  explicit SmtpSink(std::vector<std::string> options) : port_(siaga::test::free_port()) {
    options.insert(options.begin(), program);
    if (::getuid() == 0) options.insert(options.end(), {"-u", "nobody"});
    options.push_back("127.0.0.1:" + std::to_string(port_));
    options.push_back("64");
    child_ = std::make_unique<siaga::test::Child>(std::move(options));
    while (!is_listening(port_) && child_->running()) child_->line(10ms);
  }
  std::string url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }

 private:
  std::uint16_t port_;
  std::unique_ptr<siaga::test::Child> child_;
};

std::vector<Message> messages(int count) {
  std::vector<Message> all;
  for (int i = 1; i <= count; ++i) {
    all.push_back(test::sample_alert());
    all.back().delivery = DeliveryId(i);
  }
  return all;
}

// What is sent with these options of smtp-sink.
std::vector<SendOutcome> outcomes_with(std::vector<std::string> options) {
  SmtpSink const sink(std::move(options));
  Rig rig(settings_for(sink.url()));
  rig.start();
  return rig.send_all(messages(40), 4);
}

bool is_installed() {
  if (::access(program, X_OK) == 0) return true;
  WARN("SKIPPED: Postfix's smtp-sink is not installed (apt-get install postfix)");
  return false;
}

template <class Outcome>
bool all_are(std::vector<SendOutcome> const& outcomes) {
  return std::all_of(outcomes.begin(), outcomes.end(), is<Outcome>);
}

}  // namespace

TEST_CASE("Postfix's test server takes our mail, pipelined or not", "[email]") {
  if (!is_installed()) return;
  CHECK(all_are<Sent>(outcomes_with({})));
  CHECK(all_are<Sent>(outcomes_with({"-p"})));  // does not offer PIPELINING
  CHECK(all_are<Sent>(outcomes_with({"-e"})));  // does not know EHLO
}

TEST_CASE("Postfix's test server's refusals are understood", "[email]") {
  if (!is_installed()) return;
  CHECK(all_are<FailedTemporarily>(outcomes_with({"-r", "rcpt"})));
  CHECK(all_are<Failed>(outcomes_with({"-f", "rcpt"})));
  CHECK(all_are<FailedTemporarily>(outcomes_with({"-r", "data"})));
  CHECK(all_are<Failed>(outcomes_with({"-f", "."})));
  CHECK(all_are<FailedTemporarily>(outcomes_with({"-q", "rcpt"})));  // hangs up
  CHECK(all_are<OutcomeUnknown>(outcomes_with({"-q", "."})));
}

}  // namespace siaga::email
