#include "tests/peers/smsc/received.hpp"

namespace siaga::smsc {
namespace {

using sms::Malformed;
using sms::Status;
using sms::Tag;

// Takes fields off the front; past the end they are empty, and `failed`.
class Fields {
 public:
  explicit Fields(std::string_view body) : rest_(body) {}

  std::string_view text() {
    auto const end = rest_.find('\0');
    if (end == std::string_view::npos) return fail();
    auto const field = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return field;
  }
  std::string_view octets(std::size_t count) {
    if (rest_.size() < count) return fail();
    auto const field = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return field;
  }
  std::uint8_t octet() {
    auto const one = octets(1);
    return one.empty() ? std::uint8_t{0} : static_cast<std::uint8_t>(one.front());
  }
  sms::Address address() {
    sms::Address a;
    a.ton = octet();
    a.npi = octet();
    a.text = text();
    return a;
  }
  std::string_view rest() const { return rest_; }
  bool failed() const { return failed_; }

 private:
  std::string_view fail() {
    failed_ = true;
    return rest_ = {};
  }
  std::string_view rest_;
  bool failed_ = false;
};

constexpr Malformed too_short{Status::invalid_message_length, "the body ends too soon"};

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

sms::Decoded<sms::ShortMessage> decode_data(std::string_view body) {
  Fields fields(body);
  sms::ShortMessage message;
  message.service_type = fields.text();
  message.source = fields.address();
  message.destination = fields.address();
  message.esm_class = fields.octet();
  message.registered_delivery = fields.octet();
  message.data_coding = fields.octet();
  message.options = fields.rest();
  if (fields.failed()) return too_short;
  return message;
}

sms::Decoded<Replacement> decode_replace(std::string_view body) {
  Fields fields(body);
  Replacement replacement;
  replacement.message_id = fields.text();
  fields.address();
  fields.text();     // schedule
  fields.text();     // validity
  fields.octets(2);  // registered delivery, default message
  replacement.text = fields.octets(fields.octet());
  if (fields.failed()) return too_short;
  return replacement;
}

}  // namespace siaga::smsc
