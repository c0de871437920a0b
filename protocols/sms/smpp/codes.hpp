// codes: the numbers of SMPP: commands, statuses, tags of optional parameters.
//
// Place:  beneath pdu. Values are on the wire; any other may come, so decode keeps what it reads.
// See:    SMPP v3.4, 5.1.2 (command_id), 5.1.3 (command_status), 5.3.2 (tags); v5.0, 4.8.4.18.
#pragma once

#include <cstdint>

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
  replace_sm = 0x00000007,
  replace_sm_resp = 0x80000007,
  cancel_sm = 0x00000008,
  cancel_sm_resp = 0x80000008,
  bind_transceiver = 0x00000009,
  bind_transceiver_resp = 0x80000009,
  outbind = 0x0000000B,
  enquire_link = 0x00000015,
  enquire_link_resp = 0x80000015,
  submit_multi = 0x00000021,
  submit_multi_resp = 0x80000021,
  alert_notification = 0x00000102,
  data_sm = 0x00000103,
  data_sm_resp = 0x80000103,
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
  cancel_failed = 0x11,
  submit_failed = 0x45,
  throttled = 0x58,
  temporary_app_error = 0x64,
  query_failed = 0x67,
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
  congestion_state = 0x0428,
};

}  // namespace siaga::sms
