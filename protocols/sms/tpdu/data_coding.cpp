#include "protocols/sms/tpdu/data_coding.hpp"

namespace siaga::sms::tpdu {
namespace {

constexpr unsigned compressed_bit = 0x20, deletion_bit = 0x40, class_bit = 0x10;

MessageClass class_in(unsigned octet) noexcept {
  return static_cast<MessageClass>(octet & 3U);
}

// Groups 00xx and 01xx: general, and the same with automatic deletion.
DataCoding general(unsigned octet) noexcept {
  DataCoding coding;
  auto const alphabet = (octet >> 2) & 3U;
  if (alphabet != 3) coding.alphabet = static_cast<Alphabet>(alphabet);
  if ((octet & class_bit) != 0) coding.message_class = class_in(octet);
  coding.compressed = (octet & compressed_bit) != 0;
  coding.automatic_deletion = (octet & deletion_bit) != 0;
  return coding;
}

// Groups 1100 to 1110.
DataCoding waiting(unsigned octet) noexcept {
  DataCoding coding;
  auto const group = octet >> 4;
  if (group == 0xE) coding.alphabet = Alphabet::ucs2;
  coding.waiting =
      Waiting{static_cast<WaitingKind>(octet & 3U), (octet & 0x08U) != 0, group == 0xC};
  return coding;
}

}  // namespace

DataCoding data_coding_of(std::uint8_t octet) noexcept {
  auto const group = static_cast<unsigned>(octet) >> 4;
  if (group < 0x8) return general(octet);
  if (group < 0xC) return {};  // reserved
  if (group < 0xF) return waiting(octet);
  DataCoding coding;
  if ((octet & 0x04U) != 0) coding.alphabet = Alphabet::eight_bit;
  coding.message_class = class_in(octet);
  return coding;
}

std::uint8_t data_coding_octet(Alphabet alphabet,
                               std::optional<MessageClass> message_class) noexcept {
  auto octet = static_cast<unsigned>(alphabet) << 2;
  if (message_class) octet |= class_bit | static_cast<unsigned>(*message_class);
  return static_cast<std::uint8_t>(octet);
}

std::uint8_t class_group_octet(Alphabet alphabet, MessageClass message_class) noexcept {
  if (alphabet == Alphabet::ucs2) return data_coding_octet(alphabet, message_class);
  auto const eight_bit = alphabet == Alphabet::eight_bit ? 0x04U : 0U;
  return static_cast<std::uint8_t>(0xF0U | eight_bit | static_cast<unsigned>(message_class));
}

}  // namespace siaga::sms::tpdu
