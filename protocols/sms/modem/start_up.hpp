// StartUp: brings a modem from an open port to one that sends and receives, by what it offers.
//
// Place:  ModemService -> START-UP -> AtPort. Once a port; its result is the ModemReport.
// Order:  echo off, error numbers, who are you, radio on, SIM and PIN, PDU mode, acknowledgement,
//         storages, service centre, notices, link between parts, registration.
// Thread: core only.
// Time:   steady time by the Clock; a SIM that is still busy is given `ready_limit`.
// Errors: invalid_configuration: a person is needed (PUK, no SIM, wrong PIN, no service centre);
//         timed_out: the modem is silent; refused_by_peer; connection_lost.
// See:    3GPP TS 27.005 and TS 27.007; each step names its command.
#pragma once

#include "protocols/sms/modem/at_port.hpp"
#include "protocols/sms/modem/modem_report.hpp"
#include "protocols/sms/modem/sim_pin.hpp"

namespace siaga::sms {

struct StartUpRules {
  std::vector<std::string> storages{"ME", "SM", "MT"};  // in order of preference
  std::string service_centre;                           // "+62811000000"; "" = the SIM's own
  std::string listing = "auto";
  milliseconds answer_limit{10000};
  milliseconds ready_limit{60000};
};

class StartUp {
 public:
  StartUp(AtPort& port, Clock& clock, StartUpRules const& rules, SimPin& pin)
      : port_(port), clock_(clock), rules_(rules), pin_(pin), never_(port_executor()) {}

  boost::asio::awaitable<Result<ModemReport>> run();

 private:
  using Step = boost::asio::awaitable<Result<void>>;

  Step greet();
  Step identify();
  Step switch_radio_on();
  Step unlock();
  Step enter_pin();
  Step count_pin_tries();
  Step choose_pdu_mode();
  Step choose_acknowledgement();
  Step choose_storages();
  Step check_service_centre();
  Step choose_notices();
  Step look_at_network();

  boost::asio::awaitable<AtAnswer> ask(std::string text);
  boost::asio::awaitable<AtAnswer> ask_when_ready(std::string text);
  boost::asio::awaitable<void> pause(milliseconds time);
  boost::asio::any_io_executor port_executor() const;

  AtPort& port_;
  Clock& clock_;
  StartUpRules const& rules_;
  SimPin& pin_;
  Event never_;
  ModemReport report_;
};

// The failure of a command as an Error: timed_out, connection_lost or refused_by_peer.
Error error_of(AtAnswer const& answer, std::string_view command);

}  // namespace siaga::sms
