// Smsc: the test SMSC's heart: takes submits, decides their fate, sends receipts and replies.
//
// Place:  Connection -> SMSC -> Connection; Control changes its options.
// Thread: one.
// Rule:   a deliver_sm that is not answered 0 is sent again, to the next session if need be.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <memory>
#include <random>
#include <set>

#include "protocols/sms/smpp/pdu.hpp"
#include "protocols/sms/text/reassembly.hpp"
#include "tests/peers/smsc/json_line.hpp"
#include "tests/peers/smsc/options.hpp"

namespace siaga::smsc {

class Connection;

struct Counters {
  std::int64_t binds = 0, connections = 0, submits = 0, accepted = 0, throttled = 0, refused = 0;
  std::int64_t unanswered = 0, messages = 0, delivered = 0, deliver_refused = 0, garbage = 0;
  std::int64_t enquires = 0, malformed = 0, nacks = 0;
  std::int64_t first_ns = 0, last_ns = 0;  // of accepted submits
};

// Something for the ESME: a receipt or a text from a phone.
struct Deliverable {
  bool receipt = false;
  std::string from, to, text;  // text of the receipt, or UTF-8
  std::string header;          // user data header of a part, octets
  std::string id, state;       // of a receipt
  int tries = 0;
};

class Smsc {
 public:
  Smsc(boost::asio::io_context& io, Options options);

  Options options;
  Counters counters;

  // What is to be answered; nothing = stay silent.
  struct Verdict {
    std::optional<sms::Status> status;
    std::string id;
    bool nack = false, drop = false, garbage = false;
  };
  Verdict on_submit(sms::ShortMessage const& message, std::int64_t time_ns);
  void deliver(Deliverable what, long delay_ms);
  void mo(std::string const& from, std::string const& text);
  void on_bound(Connection& connection);
  void on_closed(Connection& connection);
  void log(JsonLine& line);
  void flush();
  std::string stats() const;

  std::set<Connection*> bound;
  boost::asio::io_context& io;
  bool chance(long percent);
  long random_up_to(long most);

 private:
  sms::Status judge(sms::ShortMessage const& message, std::int64_t time_ns);
  void log_submit(sms::ShortMessage const& message, Verdict const& verdict, std::int64_t time_ns);
  void on_accepted(sms::ShortMessage const& message, std::int64_t time_ns);
  void on_message(std::string const& from, std::string const& to, std::string const& text,
                  std::int64_t time_ns);
  void send_receipt(sms::ShortMessage const& message, std::string const& id, std::uint64_t number);
  void hand_over(Deliverable what);

  std::mt19937 random_;
  std::uint64_t last_id_ = 1000;
  std::uint8_t last_reference_ = 0;  // of texts in parts
  double tokens_ = 1;
  std::int64_t tokens_ns_ = 0;
  sms::Reassembly<int> reassembly_;            // nothing is owed
  std::map<std::string, std::int64_t> began_;  // first part's time, by from, to and reference
  std::deque<Deliverable> waiting_;            // for a session
  std::string last_source_ = "SIAGA";
  std::string lines_;
};

}  // namespace siaga::smsc
