// DataCoding: the meaning of TP-DCS: the alphabet, for whom the text is, and whether it is kept.
//
// Place:  TPDU codec and its users. Pure.
// Rule:   reserved codings are read as GSM 7-bit, as the standard asks.
// See:    3GPP TS 23.038, 4.
#pragma once

#include <cstdint>
#include <optional>

namespace siaga::sms::tpdu {

enum class Alphabet : std::uint8_t { gsm, eight_bit, ucs2 };

// As on air: shown at once and not kept; kept in the phone; in the SIM; for what is plugged in.
enum class MessageClass : std::uint8_t { flash, phone, sim, terminal };

enum class WaitingKind : std::uint8_t { voicemail, fax, email, other };
struct Waiting {
  WaitingKind kind = WaitingKind::voicemail;
  bool active = false;   // there is something waiting
  bool discard = false;  // the text itself need not be kept
  bool operator==(Waiting const&) const = default;
};

struct DataCoding {
  Alphabet alphabet = Alphabet::gsm;
  std::optional<MessageClass> message_class;
  bool compressed = false;          // nothing reads that
  bool automatic_deletion = false;  // once read
  std::optional<Waiting> waiting;
  bool operator==(DataCoding const&) const = default;
};

DataCoding data_coding_of(std::uint8_t octet) noexcept;
// Of the general group: no compression, no deletion.
std::uint8_t data_coding_octet(Alphabet alphabet,
                               std::optional<MessageClass> message_class = {}) noexcept;
// Of the group of classes, 1111; it has no UCS-2, which stays in the general one.
std::uint8_t class_group_octet(Alphabet alphabet, MessageClass message_class) noexcept;

}  // namespace siaga::sms::tpdu
