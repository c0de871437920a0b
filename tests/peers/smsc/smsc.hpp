// Smsc: the test SMSC's heart: takes submits, decides their fate, sends receipts and replies.
//
// Place:  Connection -> SMSC -> Connection; Control changes its options.
// Thread: one.
// Rule:   a deliver_sm that is not answered 0 is sent again, to the next session if need be; only
//         receivers and transceivers get any, in turn.
#pragma once

#include <boost/asio/io_context.hpp>
#include <deque>
#include <memory>
#include <optional>
#include <random>
#include <unordered_map>

#include "protocols/sms/smpp/pdu.hpp"
#include "protocols/sms/text/reassembly.hpp"
#include "tests/peers/smsc/deliverable.hpp"
#include "tests/peers/smsc/json_line.hpp"
#include "tests/peers/smsc/later.hpp"
#include "tests/peers/smsc/messages.hpp"
#include "tests/peers/smsc/options.hpp"

namespace siaga::smsc {

class Connection;

struct Counters {
  std::int64_t binds = 0, connections = 0, submits = 0, accepted = 0, throttled = 0, refused = 0;
  std::int64_t unanswered = 0, messages = 0, delivered = 0, deliver_refused = 0, garbage = 0;
  std::int64_t enquires = 0, malformed = 0, nacks = 0, ended = 0,
               alive = 0;                  // ended: by drop or unbind-every
  std::int64_t first_ns = 0, last_ns = 0;  // of accepted submits
};

class Smsc {
 public:
  Smsc(boost::asio::io_context& io, Options options);

  Options options;
  Counters counters;
  Messages messages;
  Later later;

  // What is to be answered; nothing = stay silent.
  struct Verdict {
    std::optional<sms::Status> status;
    std::string id;
    std::optional<int> congestion;
    bool nack = false, drop = false, unbind = false, garbage = false;
  };
  // `unanswered`: of the same session.
  Verdict on_submit(sms::ShortMessage const& message, std::size_t unanswered, std::int64_t time_ns);
  bool ends_at(sms::ShortMessage const& message) const;
  void cancel(Messages::Record& message);
  void release();  // the receipts held
  void deliver(Deliverable what, long delay_ms);
  void mo(std::string const& from, std::string const& text);
  bool may_bind() const;
  void on_bound(Connection& connection, bool receives);
  void on_closed(Connection& connection);
  void log(JsonLine& line);
  void flush();
  std::string stats() const;

  std::vector<Connection*> bound;
  boost::asio::io_context& io;
  bool chance(long percent);
  long random_up_to(long most);

 private:
  sms::Status judge(sms::ShortMessage const& message, std::size_t unanswered, std::int64_t time_ns);
  double tokens_max() const;
  std::optional<int> congestion() const;
  void log_submit(sms::ShortMessage const& message, Verdict const& verdict, std::int64_t time_ns);
  void on_accepted(sms::ShortMessage const& message, std::int64_t time_ns);
  void on_message(std::string const& from, std::string const& to, std::string const& text,
                  std::int64_t time_ns);
  void send_receipt(sms::ShortMessage const& message, Messages::Record const& record);
  bool wants_receipt(sms::ShortMessage const& message) const;
  void hand_over(Deliverable what);

  std::mt19937 random_;
  std::uint16_t last_reference_ = 0;  // of texts in parts
  double tokens_ = 1;
  std::int64_t tokens_ns_ = 0;
  sms::Reassembly<int> reassembly_;            // nothing is owed
  std::map<std::string, std::int64_t> began_;  // first part's time, by from, to and reference
  std::vector<Connection*> receivers_;
  std::size_t next_receiver_ = 0;
  std::deque<Deliverable> waiting_;                      // for a session
  std::unordered_map<std::uint64_t, Deliverable> held_;  // receipts, by message
  std::string last_source_ = "SIAGA";
  std::string lines_;
};

}  // namespace siaga::smsc
