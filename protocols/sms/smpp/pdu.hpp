// pdu: the names and values of SMPP v3.4 as structs; every text is a view into the bytes received.
//
// Place:  beneath decode, encode, Session and the test SMSC. Pure.
// Units:  as on the wire; command_length is kept by framing and encoding alone.
// Errors: Malformed says which status the peer deserves and why.
// See:    SMPP v3.4 issue 1.2, sections 3.2, 4 and 5.
#pragma once

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace siaga::sms {

enum class Command : std::uint32_t {
  generic_nack = 0x80000000,
  bind_receiver = 0x00000001,
  bind_receiver_resp = 0x80000001,
  bind_transmitter = 0x00000002,
  bind_transmitter_resp = 0x80000002,
  query_sm = 0x00000003,
  query_sm_resp = 0x80000003,
  submit_sm = 0x00000004,
  submit_sm_resp = 0x80000004,
  deliver_sm = 0x00000005,
  deliver_sm_resp = 0x80000005,
  unbind = 0x00000006,
  unbind_resp = 0x80000006,
  cancel_sm = 0x00000008,
  cancel_sm_resp = 0x80000008,
  bind_transceiver = 0x00000009,
  bind_transceiver_resp = 0x80000009,
  outbind = 0x0000000B,
  enquire_link = 0x00000015,
  enquire_link_resp = 0x80000015,
  alert_notification = 0x00000102,
};

constexpr bool is_response(Command c) {
  return (static_cast<std::uint32_t>(c) >> 31) != 0;
}
constexpr Command response_to(Command c) {
  return static_cast<Command>(static_cast<std::uint32_t>(c) | 0x80000000U);
}

// Any other value may come; status.hpp has the words and what to do.
enum class Status : std::uint32_t {
  ok = 0x00,
  invalid_message_length = 0x01,
  invalid_command_length = 0x02,
  invalid_command = 0x03,
  invalid_bind_state = 0x04,
  already_bound = 0x05,
  system_error = 0x08,
  invalid_source = 0x0A,
  invalid_destination = 0x0B,
  bind_failed = 0x0D,
  invalid_password = 0x0E,
  invalid_system_id = 0x0F,
  message_queue_full = 0x14,
  submit_failed = 0x45,
  throttled = 0x58,
  temporary_app_error = 0x64,
  invalid_option_stream = 0xC0,
};

enum class Tag : std::uint16_t {
  dest_addr_subunit = 0x0005,
  receipted_message_id = 0x001E,
  sar_reference = 0x020C,
  sar_total = 0x020E,
  sar_number = 0x020F,
  message_payload = 0x0424,
  message_state = 0x0427,
};

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

// submit_sm and deliver_sm alike.
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

struct Malformed {
  Status status{};
  char const* why = "";
};
[[noreturn]] void throw_exception_from_error(Malformed const& malformed,
                                             boost::source_location const& where);

template <class T>
using Decoded = boost::system::result<T, Malformed>;

}  // namespace siaga::sms
