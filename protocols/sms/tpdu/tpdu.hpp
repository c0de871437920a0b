// tpdu: the four messages of the short message transfer layer a mobile meets, as values.
//
// Place:  a modem's +CMT, +CMGR and +CDS -> decode -> HERE; HERE -> encode -> AT+CMGS. Pure.
// Units:  as on air. A message reference (TP-MR) is the modem's: +CMGS answers with it, and the
//         status report of that part bears it.
// See:    3GPP TS 23.040, 9.2.2 (layouts) and 9.2.3 (fields).
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "protocols/sms/tpdu/address.hpp"
#include "protocols/sms/tpdu/timestamp.hpp"
#include "protocols/sms/tpdu/user_data.hpp"
#include "protocols/sms/tpdu/validity.hpp"

namespace siaga::sms::tpdu {

// A text from a mobile.
struct Submit {
  std::uint8_t reference = 0;
  Address destination;
  std::uint8_t protocol_id = 0;  // 0x41 to 0x47 overwrite the text sent before with the same one
  Validity validity;
  bool status_report = false;
  bool reject_duplicates = false;  // by destination and reference
  bool reply_path = false;
  UserData data;

  bool operator==(Submit const&) const = default;
};

// A text to a mobile.
struct Deliver {
  Address origin;
  std::uint8_t protocol_id = 0;
  std::optional<Timestamp> sent;
  bool more_to_come = false;
  bool status_report = false;  // its sender will have one
  bool reply_path = false;
  UserData data;

  bool operator==(Deliver const&) const = default;
};

// What became of a text, or of a command, that a mobile sent.
struct StatusReport {
  std::uint8_t reference = 0;
  Address recipient;
  std::optional<Timestamp> sent;  // when the service centre took it
  std::optional<Timestamp> at;    // when it was delivered, or last tried
  std::uint8_t status = 0;        // TP-ST, see status.hpp
  bool of_command = false;
  bool more_to_come = false;
  std::optional<std::uint8_t> protocol_id;
  std::optional<UserData> data;

  bool operator==(StatusReport const&) const = default;
};

enum class CommandType : std::uint8_t {  // other values are a network's own
  enquire,
  cancel_status_report,
  delete_message,
  enable_status_report,
};

inline constexpr std::size_t command_data_max = 157;  // octets

// Something a mobile wants done about a text it sent before.
struct Command {
  std::uint8_t reference = 0;
  std::uint8_t protocol_id = 0;
  CommandType type = CommandType::enquire;
  std::uint8_t message = 0;  // that text's reference
  Address destination;       // and where it went
  bool status_report = false;
  std::string data;

  bool operator==(Command const&) const = default;
};

using Incoming = std::variant<Deliver, StatusReport>;  // to a mobile
using Outgoing = std::variant<Submit, Command>;        // from a mobile

}  // namespace siaga::sms::tpdu
