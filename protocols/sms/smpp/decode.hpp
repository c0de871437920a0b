// decode: SMPP v3.4 bytes to structs. Strict: nothing past the end, no unterminated string, no
// half a message; lenient only where real SMSCs are known to be (a response's message_id).
//
// Place:  socket bytes -> NEXT PDU -> DECODE -> Session. Pure; views into the caller's bytes.
// Errors: Malformed with the status to answer with: invalid_command_length (fatal for the stream),
//         invalid_message_length, invalid_option_stream.
// See:    SMPP v3.4, 3.1 (strings), 3.2 (layout), 4 (operations).
#pragma once

#include "protocols/sms/smpp/pdu.hpp"

namespace siaga::sms {

inline constexpr std::size_t header_octets = 16;
inline constexpr std::size_t pdu_octets_max = 65536;

struct Frame {
  std::optional<Pdu> pdu;  // none = more bytes are needed
  std::size_t octets = 0;  // of this PDU, to be taken off the front
  std::uint32_t sequence = 0;
};

[[nodiscard]] Decoded<Frame> next_pdu(std::string_view bytes);
bool is_known(Command command) noexcept;

[[nodiscard]] Decoded<Bind> decode_bind(std::string_view body);
[[nodiscard]] Decoded<ShortMessage> decode_message(std::string_view body);
[[nodiscard]] Decoded<MessageName> decode_query(std::string_view body);
[[nodiscard]] Decoded<MessageName> decode_cancel(std::string_view body);
[[nodiscard]] Decoded<QueryAnswer> decode_query_resp(std::string_view body);
[[nodiscard]] Decoded<ShortMessage> decode_data(std::string_view body);
[[nodiscard]] Decoded<Replacement> decode_replace(std::string_view body);
[[nodiscard]] Decoded<Outbind> decode_outbind(std::string_view body);
[[nodiscard]] Decoded<AlertNotification> decode_notification(std::string_view body);
[[nodiscard]] Decoded<MultiSubmit> decode_multi(std::string_view body);
[[nodiscard]] Decoded<MultiAnswer> decode_multi_resp(std::string_view body);
// The first string of a response's body; its NUL, or the whole body, may be missing.
std::string_view first_text(std::string_view body) noexcept;
// The TLVs behind it; empty when there are none, or none that hold together.
std::string_view options_after_text(std::string_view body) noexcept;

std::optional<std::string_view> option(std::string_view options, Tag tag) noexcept;
// Big-endian, 1 to 4 octets.
std::optional<std::uint32_t> option_number(std::string_view options, Tag tag) noexcept;

}  // namespace siaga::sms
