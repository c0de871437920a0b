// SimModem: a GSM modem without a port: bytes in, bytes out, at times the caller moves.
//
// Place:  unit tests with a fake clock; the program siaga_test_modem behind a pseudo terminal.
// Time:   milliseconds of any clock that only advances; call tick() no later than next_due().
// See:    3GPP TS 27.005 and 27.007 for what it plays; options.hpp for how it fails.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/peers/modem/dialect.hpp"
#include "tests/peers/modem/options.hpp"

namespace siaga::simmodem {

struct Counters {
  int commands = 0, submits = 0, accepted = 0, acknowledged = 0, refused = 0, deleted = 0,
      resets = 0, pins = 0, lists = 0, reads = 0, escapes = 0, sent_again = 0, routings = 0;
};

class SimModem {
 public:
  explicit SimModem(Options with) : options(std::move(with)) { restart(); }

  void receive(std::string_view bytes, long now);
  void tick(long now);
  long next_due() const;  // max = nothing to come
  std::string output;     // to be taken by the caller

  // A control line; answers with its newline.
  std::string obey(std::string line, long now);
  bool port_is_there() const { return is_plugged_ && now_ >= away_until_; }
  std::string stats() const;

  Options options;
  Counters counters;
  std::vector<std::string> log;        // every command as it came
  std::vector<std::string> submitted;  // every PDU it took
  struct Stored {
    int status;
    std::string hex;
  };
  std::map<std::string, std::map<int, Stored>> storages;
  std::vector<int> routing{0, 0, 0, 0, 0};  // +CNMI
  bool wants_pdu() const { return expected_octets_ > 0; }

 private:
  void restart();
  void take_byte(char c);
  void take_command(std::string line);
  void take_pdu();
  void submit(std::string const& hex);
  void schedule_receipt(std::string const& hex, int reference);

  bool answer_general(std::string const& command);
  bool answer_sim(std::string const& command);
  bool answer_network(std::string const& command);
  bool answer_messages(std::string const& command);
  bool answer_storages(std::string const& command);
  void choose_storage(std::string const& names);
  void list(std::string const& name);
  void read(int index);
  void remove(int index);
  void acknowledge(bool kept);
  void enter_pin(std::string const& pin);
  void count_pin_tries();
  void begin_submit(int octets);
  bool faulty(std::string_view kind) const;
  bool fail_submit();
  void break_down();  // whether it did

  void incoming(bool is_report, std::string hex);
  void pass_on();  // what waits in the network
  bool store(std::string const& name, std::string const& hex);

  Dialect const& dialect() const { return *dialect_named(options.dialect); }
  bool locked() const { return options.sim != "ready" || (!options.pin.empty() && !unlocked_); }
  void line(std::string const& text);
  void ok(std::string const& text = {});
  void refuse_modem(int code, std::string const& words);
  void refuse_message(int code, std::string const& words);
  void error();
  void say(std::string const& text, long after);
  void after(long delay, std::function<void()> action);
  void after_in_network(long delay, std::function<void()> action);
  void chat();
  void injected(std::string const& where);

  struct Action {
    long at;
    std::function<void()> run;
    bool is_of_network = false;  // outlives a restart of the modem
  };
  struct Waiting {
    bool is_report;
    std::string hex;
  };
  long now_ = 0, away_until_ = 0, deaf_until_ = 0;
  bool echo_ = true, is_plugged_ = true, unlocked_ = false, acknowledges_ = false;
  std::string input_;
  std::string memory_ = "SM";
  std::size_t expected_octets_ = 0;
  int reference_ = 0;
  std::deque<Action> actions_;
  std::deque<Waiting> network_;
  std::optional<Waiting> unacknowledged_;
  int delivery_ = 0;  // counts, so that an old time limit knows itself
  std::deque<std::pair<std::string, std::string>> injections_;
};

}  // namespace siaga::simmodem
