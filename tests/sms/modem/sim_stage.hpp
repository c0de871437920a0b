// SimStage: the real modem engine on a simulated modem, without a port and in time that tests move.
//
// Place:  modem tests. One thread; until() moves the clock in small steps until a condition holds.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <map>

#include "protocols/sms/modem/modem.hpp"
#include "tests/peers/modem/sim_modem.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/temp_dir.hpp"

namespace siaga::sms {

using std::chrono::minutes;
using std::chrono::seconds;

// Keeps what comes; refuses as often as it is asked to.
class KeptPdus final : public PduSink {
 public:
  boost::asio::awaitable<Result<void>> take(PduKind kind, std::string hex) override;

  std::vector<std::string> messages, receipts;
  int failures_left = 0;
};

class SimStage {
 public:
  explicit SimStage(simmodem::Options options = {}, ModemSettings settings = {});
  ~SimStage();  // stops the engine and waits for it
  SimStage(SimStage const&) = delete;
  SimStage& operator=(SimStage const&) = delete;

  static ModemSettings settings();
  // Moves time until `met` or until `limit` of it has passed.
  bool until(std::function<bool()> const& met, milliseconds limit = minutes(2));
  void pass(milliseconds time);
  bool up() {
    return until([this] { return modem->state() != LinkState::down; });
  }
  std::string control(std::string const& line) { return sim.obey(line, now()); }
  // Starts a send; its outcome comes to outcomes[name].
  void send(std::string const& name, std::string const& number = "628110000001",
            Priority priority = Priority::normal, milliseconds limit = minutes(10));
  SendOutcome sent(std::string const& number = "628110000001", milliseconds limit = minutes(10));
  bool logged(std::string const& command) const;  // the modem was told so
  std::size_t count_logged(std::string const& begin) const;
  bool reason_has(std::string const& part) const;
  void stop();

  test::TempDir directory;
  boost::asio::io_context io{1};
  test::FakeClock clock;
  simmodem::SimModem sim;
  KeptPdus sink;
  int openings = 0, hooks = 0;
  bool hook_helps = false;  // a cut of the power ends every hang
  bool device_is_there = true;
  std::map<std::string, SendOutcome> outcomes;
  std::unique_ptr<Modem> modem;
  bool ended = false;

 private:
  class Wire;
  long now() const { return clock.steady_now().time_since_epoch().count(); }
  void step(milliseconds time);
  boost::asio::awaitable<void> run();
  boost::asio::awaitable<void> carry(std::string name, PduToSend pdu, milliseconds limit);
  boost::asio::awaitable<Result<void>> cut_power();
  Result<std::unique_ptr<Stream>> open();

  Wire* wire_ = nullptr;  // the port that is open
};

// An SMS-SUBMIT that asks for a receipt, to these digits, as hexadecimal.
PduToSend a_submit(std::string const& number, Priority priority = Priority::normal);
// An SMS-DELIVER "hello" from +628110000001.
std::string a_deliver();
std::string reason_of(SendOutcome const& outcome);

}  // namespace siaga::sms
