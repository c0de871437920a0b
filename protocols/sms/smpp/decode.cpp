#include "protocols/sms/smpp/decode.hpp"

#include <stdexcept>

namespace siaga::sms {
namespace {

std::uint32_t number_at(std::string_view bytes, std::size_t at, std::size_t octets) noexcept {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < octets; ++i)
    value = (value << 8) | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

constexpr std::size_t service_type_octets = 6;
constexpr std::size_t date_octets = 17;
constexpr std::size_t id_octets = 65;
constexpr std::size_t credential_octets = 65;
constexpr std::size_t list_name_octets = 21;
constexpr std::uint8_t flag_address = 1;
constexpr std::uint8_t flag_list = 2;

// Reads fields from the front; after the first fault everything is empty and fault() says why.
class Reader {
 public:
  explicit Reader(std::string_view body) : rest_(body) {}

  std::string_view text(std::size_t octets_max) {
    auto const end = rest_.substr(0, octets_max).find('\0');
    if (end == std::string_view::npos) return fail("a string has no end within its room");
    auto const value = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return value;
  }
  std::uint8_t octet() {
    if (rest_.empty()) return fail("the body ends too early"), std::uint8_t{0};
    auto const value = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return value;
  }
  std::uint32_t four_octets() {
    auto const value = octets(4);
    return value.size() == 4 ? number_at(value, 0, 4) : 0;
  }
  void refuse(char const* why) { fail(why); }
  std::string_view octets(std::size_t count) {
    if (count > rest_.size()) return fail("a length runs past the end");
    auto const value = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return value;
  }
  Address address() {
    Address address;
    address.ton = octet();
    address.npi = octet();
    address.text = text(address_octets_max);
    return address;
  }
  std::string_view options() {
    auto const all = rest_;
    while (!rest_.empty() && !fault_) {
      if (rest_.size() < 4 || number_at(rest_, 2, 2) > rest_.size() - 4) {
        fault_ =
            Malformed{Status::invalid_option_stream, "an optional parameter runs past the end"};
        return {};
      }
      rest_.remove_prefix(4 + number_at(rest_, 2, 2));
    }
    return all;
  }
  std::optional<Malformed> const& fault() const { return fault_; }

 private:
  // Longer than the 21 of the specification: real SMSCs do that, and the bound is what matters.
  static constexpr std::size_t address_octets_max = 65;

  std::string_view fail(char const* why) {
    if (!fault_) fault_ = Malformed{Status::invalid_message_length, why};
    rest_ = {};
    return {};
  }

  std::string_view rest_;
  std::optional<Malformed> fault_;
};

// What submit_sm, deliver_sm and submit_multi have after their destinations.
void read_form_and_text(Reader& reader, ShortMessage& message) {
  message.esm_class = reader.octet();
  message.protocol_id = reader.octet();
  message.priority = reader.octet();
  message.schedule = reader.text(date_octets);
  message.validity = reader.text(date_octets);
  message.registered_delivery = reader.octet();
  message.replace_if_present = reader.octet();
  message.data_coding = reader.octet();
  message.default_message = reader.octet();
  auto const length = reader.octet();
  message.text = reader.octets(length);
}

template <class T>
Decoded<T> ended(Reader const& reader, T const& value) {
  if (reader.fault()) return *reader.fault();
  return value;
}

}  // namespace

void throw_exception_from_error(Malformed const& malformed, boost::source_location const&) {
  throw std::runtime_error(malformed.why);
}

Decoded<Frame> next_pdu(std::string_view bytes) {
  Frame frame;
  if (bytes.size() < 4) return frame;
  std::size_t const length = number_at(bytes, 0, 4);
  if (length < header_octets)
    return Malformed{Status::invalid_command_length, "command_length is below 16"};
  if (length > pdu_octets_max)
    return Malformed{Status::invalid_command_length, "command_length is above 65536"};
  if (bytes.size() < length) return frame;
  Pdu pdu;
  pdu.header.command = static_cast<Command>(number_at(bytes, 4, 4));
  pdu.header.status = static_cast<Status>(number_at(bytes, 8, 4));
  pdu.header.sequence = number_at(bytes, 12, 4);
  pdu.body = bytes.substr(header_octets, length - header_octets);
  frame.pdu = pdu;
  frame.octets = length;
  return frame;
}

bool is_known(Command command) noexcept {
  switch (command) {
    case Command::generic_nack:
    case Command::bind_receiver:
    case Command::bind_receiver_resp:
    case Command::bind_transmitter:
    case Command::bind_transmitter_resp:
    case Command::query_sm:
    case Command::query_sm_resp:
    case Command::submit_sm:
    case Command::submit_sm_resp:
    case Command::deliver_sm:
    case Command::deliver_sm_resp:
    case Command::unbind:
    case Command::unbind_resp:
    case Command::cancel_sm:
    case Command::cancel_sm_resp:
    case Command::bind_transceiver:
    case Command::bind_transceiver_resp:
    case Command::outbind:
    case Command::enquire_link:
    case Command::enquire_link_resp:
    case Command::alert_notification:
    case Command::replace_sm:
    case Command::replace_sm_resp:
    case Command::submit_multi:
    case Command::submit_multi_resp:
    case Command::data_sm:
    case Command::data_sm_resp:
      return true;
  }
  return false;
}

Decoded<Bind> decode_bind(std::string_view body) {
  Reader reader(body);
  Bind bind;
  bind.system_id = reader.text(credential_octets);
  bind.password = reader.text(credential_octets);
  bind.system_type = reader.text(credential_octets);
  bind.interface_version = reader.octet();
  bind.range = reader.address();
  return ended(reader, bind);
}

Decoded<ShortMessage> decode_message(std::string_view body) {
  Reader reader(body);
  ShortMessage message;
  message.service_type = reader.text(service_type_octets);
  message.source = reader.address();
  message.destination = reader.address();
  read_form_and_text(reader, message);
  message.options = reader.options();
  return ended(reader, message);
}

Decoded<MessageName> decode_query(std::string_view body) {
  Reader reader(body);
  MessageName name;
  name.message_id = reader.text(id_octets);
  name.source = reader.address();
  return ended(reader, name);
}

Decoded<MessageName> decode_cancel(std::string_view body) {
  Reader reader(body);
  MessageName name;
  name.service_type = reader.text(service_type_octets);
  name.message_id = reader.text(id_octets);
  name.source = reader.address();
  name.destination = reader.address();
  return ended(reader, name);
}

Decoded<QueryAnswer> decode_query_resp(std::string_view body) {
  Reader reader(body);
  QueryAnswer answer;
  answer.message_id = reader.text(id_octets);
  answer.final_date = reader.text(date_octets);
  answer.state = reader.octet();
  answer.error = reader.octet();
  return ended(reader, answer);
}

Decoded<ShortMessage> decode_data(std::string_view body) {
  Reader reader(body);
  ShortMessage message;
  message.service_type = reader.text(service_type_octets);
  message.source = reader.address();
  message.destination = reader.address();
  message.esm_class = reader.octet();
  message.registered_delivery = reader.octet();
  message.data_coding = reader.octet();
  message.options = reader.options();
  return ended(reader, message);
}

Decoded<Replacement> decode_replace(std::string_view body) {
  Reader reader(body);
  Replacement replacement;
  replacement.message_id = reader.text(id_octets);
  replacement.source = reader.address();
  replacement.schedule = reader.text(date_octets);
  replacement.validity = reader.text(date_octets);
  replacement.registered_delivery = reader.octet();
  replacement.default_message = reader.octet();
  auto const length = reader.octet();
  replacement.text = reader.octets(length);
  return ended(reader, replacement);
}

Decoded<Outbind> decode_outbind(std::string_view body) {
  Reader reader(body);
  Outbind outbind;
  outbind.system_id = reader.text(credential_octets);
  outbind.password = reader.text(credential_octets);
  return ended(reader, outbind);
}

Decoded<AlertNotification> decode_notification(std::string_view body) {
  Reader reader(body);
  AlertNotification notification;
  notification.source = reader.address();
  notification.esme = reader.address();
  notification.options = reader.options();
  return ended(reader, notification);
}

Decoded<MultiSubmit> decode_multi(std::string_view body) {
  Reader reader(body);
  MultiSubmit submit;
  submit.message.service_type = reader.text(service_type_octets);
  submit.message.source = reader.address();
  auto const count = reader.octet();
  for (unsigned i = 0; i < count && !reader.fault(); ++i) {
    MultiSubmit::Destination destination;
    auto const flag = reader.octet();
    if (flag == flag_address)
      destination.address = reader.address();
    else if (flag == flag_list)
      destination.list = reader.text(list_name_octets);
    else
      reader.refuse("a destination is neither an address nor a list");
    submit.destinations.push_back(destination);
  }
  read_form_and_text(reader, submit.message);
  submit.message.options = reader.options();
  return ended(reader, submit);
}

Decoded<MultiAnswer> decode_multi_resp(std::string_view body) {
  Reader reader(body);
  MultiAnswer answer;
  answer.message_id = reader.text(id_octets);
  auto const count = reader.octet();
  for (unsigned i = 0; i < count && !reader.fault(); ++i) {
    MultiAnswer::Refused refused;
    refused.address = reader.address();
    refused.status = static_cast<Status>(reader.four_octets());
    answer.refused.push_back(refused);
  }
  return ended(reader, answer);
}

std::string_view options_after_text(std::string_view body) noexcept {
  auto const end = body.find('\0');
  if (end == std::string_view::npos) return {};
  Reader reader(body.substr(end + 1));
  auto const options = reader.options();
  return reader.fault() ? std::string_view() : options;
}

std::string_view first_text(std::string_view body) noexcept {
  return body.substr(0, body.find('\0'));
}

std::optional<std::string_view> option(std::string_view options, Tag tag) noexcept {
  while (options.size() >= 4) {
    std::size_t const length = number_at(options, 2, 2);
    if (length > options.size() - 4) return std::nullopt;
    if (number_at(options, 0, 2) == static_cast<std::uint32_t>(tag))
      return options.substr(4, length);
    options.remove_prefix(4 + length);
  }
  return std::nullopt;
}

std::optional<std::uint32_t> option_number(std::string_view options, Tag tag) noexcept {
  auto const value = option(options, tag);
  if (!value || value->empty() || value->size() > 4) return std::nullopt;
  return number_at(*value, 0, value->size());
}

}  // namespace siaga::sms
