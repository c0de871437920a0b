// Storages: reads the storages of modem and SIM, and deletes each message once it is kept.
//
// Place:  ModemService -> STORAGES -> AtPort, PduSink.
// Thread: core only; between other commands, one storage or message at a time.
// Rule:   only received messages and receipts; never deleted before the sink kept them. Models that
//         hang on AT+CMGL are read by AT+CMGR, index after index, until as many as are used were
//         found.
// Errors: timed_out, connection_lost: the modem. A refusal of one message or storage is logged.
// Bounds: `indexes_max` places of a storage are looked at.
// See:    3GPP TS 27.005, 3.2.2 (+CPMS), 4.1 (+CMGL), 4.2 (+CMGR), 3.5.4 (+CMGD).
#pragma once

#include "protocols/sms/modem/at_port.hpp"
#include "protocols/sms/modem/modem_report.hpp"
#include "protocols/sms/modem/pdu_sink.hpp"

namespace siaga::sms {

// One entry of AT+CMGL's answer, or AT+CMGR's.
struct StoredPdu {
  int index = -1;
  int status = -1;  // 0, 1: received; 2, 3: of our own
  std::string hex;
};
std::vector<StoredPdu> parse_listing(std::vector<std::string> const& lines);  // pure
std::optional<StoredPdu> parse_reading(std::vector<std::string> const& lines, int index);

class Storages {
 public:
  Storages(AtPort& port, ModemReport const& report, PduSink& sink, milliseconds answer_limit)
      : port_(port), report_(report), sink_(sink), answer_limit_(answer_limit) {}

  boost::asio::awaitable<Result<void>> empty(std::string name);
  boost::asio::awaitable<Result<void>> take_one(std::string name, int index);

  std::vector<StorageFill> const& fill() const noexcept { return fill_; }
  bool is_full() const noexcept;
  std::string text() const;                                      // "ME 3 of 255, SM 20 of 20"
  std::size_t kept_back() const noexcept { return kept_back_; }  // by the last empty()

 private:
  boost::asio::awaitable<AtAnswer> ask(std::string text, milliseconds limit);
  boost::asio::awaitable<Result<void>> select(std::string name);
  boost::asio::awaitable<Result<std::vector<StoredPdu>>> list();
  boost::asio::awaitable<Result<std::vector<StoredPdu>>> read_one_by_one();
  boost::asio::awaitable<Result<void>> hand_over(StoredPdu stored);
  void note_fill(AtAnswer const& answer, std::string const& name);
  StorageFill* find(std::string_view name);

  AtPort& port_;
  ModemReport const& report_;
  PduSink& sink_;
  milliseconds answer_limit_;
  std::string selected_;
  std::vector<StorageFill> fill_;
  std::size_t kept_back_ = 0;
};

}  // namespace siaga::sms
