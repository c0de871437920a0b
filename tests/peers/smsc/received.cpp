#include "tests/peers/smsc/received.hpp"

namespace siaga::smsc {
namespace {

using sms::Tag;

std::optional<sms::Joined> joined_by_options(std::string_view options) {
  auto const reference = sms::option_number(options, Tag::sar_reference);
  auto const total = sms::option_number(options, Tag::sar_total);
  auto const number = sms::option_number(options, Tag::sar_number);
  if (!reference || !total || !number) return std::nullopt;
  return sms::Joined{static_cast<std::uint16_t>(*reference), static_cast<std::uint8_t>(*total),
                     static_cast<std::uint8_t>(*number)};
}

}  // namespace

sms::UserData user_data(sms::ShortMessage const& message) {
  auto const octets = message.text.empty()
                          ? sms::option(message.options, Tag::message_payload).value_or("")
                          : message.text;
  if ((message.esm_class & 0x40U) != 0)
    if (auto const data = sms::split_header(octets)) return *data;
  sms::UserData data;
  data.octets = octets;
  data.joined = joined_by_options(message.options);
  return data;
}

std::string text_of(sms::ShortMessage const& message, sms::UserData const& data) {
  return sms::text_of(data.octets, message.data_coding, sms::Charset::gsm, data.shifts);
}

}  // namespace siaga::smsc
