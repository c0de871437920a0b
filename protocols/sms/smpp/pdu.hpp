// pdu: the names and values of SMPP v3.4 as structs, with what v5 adds to answers; every text is a
// view into the bytes received.
//
// Place:  beneath decode, encode, Session and the test SMSC. Pure.
// Units:  as on the wire; command_length is kept by framing and encoding alone.
// Errors: Malformed says which status the peer deserves and why.
// See:    SMPP v3.4 issue 1.2, sections 3.2, 4 and 5; SMPP v5.0, 4.8.4.18 (congestion_state).
#pragma once

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/sms/smpp/codes.hpp"

namespace siaga::sms {

struct Header {
  Command command{};
  Status status{};
  std::uint32_t sequence = 0;
};

struct Pdu {
  Header header;
  std::string_view body;
};

struct Address {
  std::uint8_t ton = 0;  // 1 international, 5 alphanumeric
  std::uint8_t npi = 0;  // 1 E.164
  std::string_view text;
};

struct Bind {
  std::string_view system_id, password, system_type;
  std::uint8_t interface_version = 0x34;
  Address range;
};

// submit_sm and deliver_sm alike; data_sm has only some of it, and its text among the options.
struct ShortMessage {
  std::string_view service_type;
  Address source, destination;
  std::uint8_t esm_class = 0, protocol_id = 0, priority = 0;
  std::string_view schedule, validity;
  std::uint8_t registered_delivery = 0, replace_if_present = 0, data_coding = 0;
  std::uint8_t default_message = 0;
  std::string_view text;     // short_message
  std::string_view options;  // TLVs, checked
};

// query_sm: no destination. cancel_sm: all of it.
struct MessageName {
  std::string_view service_type, message_id;
  Address source, destination;
};

struct QueryAnswer {
  std::string_view message_id, final_date;
  std::uint8_t state = 0, error = 0;
};

struct Replacement {  // replace_sm
  std::string_view message_id;
  Address source;
  std::string_view schedule, validity;
  std::uint8_t registered_delivery = 0, default_message = 0;
  std::string_view text;
};

struct Outbind {
  std::string_view system_id, password;
};

struct AlertNotification {
  Address source, esme;
  std::string_view options;
};

// To many at once; a destination is an address, or the name of a distribution list.
struct MultiSubmit {
  struct Destination {
    Address address;
    std::string_view list;  // not empty = it is one
  };
  ShortMessage message;  // its own destination stays empty
  std::vector<Destination> destinations;
};
struct MultiAnswer {
  struct Refused {
    Address address;
    Status status{};
  };
  std::string_view message_id;
  std::vector<Refused> refused;
};

struct Malformed {
  Status status{};
  char const* why = "";
};
[[noreturn]] void throw_exception_from_error(Malformed const& malformed,
                                             boost::source_location const& where);

template <class T>
using Decoded = boost::system::result<T, Malformed>;

}  // namespace siaga::sms
