// Connection: one ESME at the test SMSC: framing, answers (late, shuffled, missing), deliver_sm.
//
// Place:  listener -> CONNECTION -> Smsc. Keeps itself alive by its pending reads and writes.
// Thread: one.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <unordered_map>
#include <vector>

#include "tests/peers/smsc/smsc.hpp"
#include "tests/peers/smsc/wire.hpp"

namespace siaga::smsc {

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(std::unique_ptr<Wire> wire, Smsc& smsc);

  void start();
  void deliver(Deliverable what);
  void send_garbage(std::string const& kind);
  void unbind();
  void close();

 private:
  enum class Mode { unbound, transmitter, receiver, transceiver };

  void read();
  void on_bytes(std::size_t count);
  void on_pdu(sms::Pdu const& pdu, std::int64_t time_ns);
  void on_bind(sms::Pdu const& pdu);
  void answer_bind(sms::Header const& header);
  void on_submit(sms::Pdu const& pdu, std::int64_t time_ns);
  void on_deliver_answer(sms::Header const& header);
  void answer_submit(sms::Pdu const& pdu, Smsc::Verdict const& verdict);
  void answer(std::string pdu);  // by the options: late, or in reversed groups
  void release_group();
  void write(std::string_view bytes);
  void flush();
  void end_as_told();
  void ask_for_life();
  bool may_submit() const { return mode_ == Mode::transmitter || mode_ == Mode::transceiver; }
  std::uint32_t next_sequence() { return sequence_ = sequence_ % 0x7FFFFFFF + 1; }

  std::unique_ptr<Wire> wire_;
  Smsc& smsc_;
  Mode mode_ = Mode::unbound;
  std::vector<char> buffer_ = std::vector<char>(256 * 1024);
  std::size_t filled_ = 0;
  std::int64_t first_byte_ns_ = 0;  // of the PDU that is not whole yet
  std::string output_, writing_;
  bool is_writing_ = false, closed_ = false, close_after_write_ = false;
  std::size_t unanswered_ = 0;      // submits whose answers are held back
  std::vector<std::string> group_;  // answers held for reversing
  boost::asio::steady_timer group_timer_, enquire_timer_;
  std::unordered_map<std::uint32_t, Deliverable> delivering_;
  std::uint32_t sequence_ = 0;
};

}  // namespace siaga::smsc
