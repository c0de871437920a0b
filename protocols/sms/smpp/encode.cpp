#include "protocols/sms/smpp/encode.hpp"

#include "gateway/base/assert.hpp"

namespace siaga::sms {
namespace {

constexpr std::uint32_t flag_address = 1;
constexpr std::uint32_t flag_list = 2;

constexpr char octet_of(std::uint32_t value) {
  return static_cast<char>(static_cast<unsigned char>(value & 0xFFU));
}
// Together: each on its own would ask for room.
template <class... Values>
void put_octets(std::string& out, Values... values) {
  char const octets[] = {octet_of(values)...};
  out.append(octets, sizeof octets);
}
void put_short(std::string& out, std::uint32_t value) {
  put_octets(out, value >> 8, value);
}
void put_long(std::string& out, std::uint32_t value) {
  put_octets(out, value >> 24, value >> 16, value >> 8, value);
}
void put_text(std::string& out, std::string_view text) {
  out.append(text);
  out.push_back('\0');
}
void put_address(std::string& out, Address const& address) {
  put_octets(out, address.ton, address.npi);
  put_text(out, address.text);
}

std::uint32_t short_length(std::string_view text) {
  require(text.size() <= 255, "a short message of more than 255 octets");
  return static_cast<std::uint32_t>(text.size());
}

// What submit_sm, deliver_sm and submit_multi have after their destinations.
void put_form_and_text(std::string& out, ShortMessage const& message) {
  put_octets(out, message.esm_class, message.protocol_id, message.priority);
  put_text(out, message.schedule);
  put_text(out, message.validity);
  put_octets(out, message.registered_delivery, message.replace_if_present, message.data_coding,
             message.default_message, short_length(message.text));
  out.append(message.text);
}

// Writes the header now and its length when the body is done.
class Envelope {
 public:
  Envelope(std::string& out, Header const& header) : out_(out), begin_(out.size()) {
    put_long(out, 0);
    put_long(out, static_cast<std::uint32_t>(header.command));
    put_long(out, static_cast<std::uint32_t>(header.status));
    put_long(out, header.sequence);
  }
  ~Envelope() {
    auto const length = out_.size() - begin_;
    for (std::size_t i = 0; i < 4; ++i)
      out_[begin_ + i] = static_cast<char>(static_cast<unsigned char>(length >> (24 - 8 * i)));
  }
  Envelope(Envelope const&) = delete;
  Envelope& operator=(Envelope const&) = delete;

 private:
  std::string& out_;
  std::size_t begin_;
};

}  // namespace

void encode(std::string& out, Header const& header) {
  Envelope const envelope(out, header);
}

void encode(std::string& out, Header const& header, std::string_view first_text) {
  Envelope const envelope(out, header);
  put_text(out, first_text);
}

void encode(std::string& out, Header const& header, Bind const& bind) {
  Envelope const envelope(out, header);
  put_text(out, bind.system_id);
  put_text(out, bind.password);
  put_text(out, bind.system_type);
  put_octets(out, bind.interface_version);
  put_address(out, bind.range);
}

void encode(std::string& out, Header const& header, ShortMessage const& message,
            std::span<Option const> options) {
  Envelope const envelope(out, header);
  put_text(out, message.service_type);
  put_address(out, message.source);
  put_address(out, message.destination);
  if (header.command == Command::data_sm) {
    put_octets(out, message.esm_class, message.registered_delivery, message.data_coding);
  } else {
    put_form_and_text(out, message);
  }
  out.append(message.options);
  for (auto const& option : options) put_option(out, option.tag, option.value);
}

void put_option(std::string& out, Tag tag, std::string_view value) {
  require(value.size() <= 0xFFFF, "an option of more than 65,535 octets");
  put_short(out, static_cast<std::uint32_t>(tag));
  put_short(out, static_cast<std::uint32_t>(value.size()));
  out.append(value);
}

void encode(std::string& out, Header const& header, MessageName const& name) {
  Envelope const envelope(out, header);
  if (header.command == Command::cancel_sm) put_text(out, name.service_type);
  put_text(out, name.message_id);
  put_address(out, name.source);
  if (header.command == Command::cancel_sm) put_address(out, name.destination);
}

void encode(std::string& out, Header const& header, QueryAnswer const& answer) {
  Envelope const envelope(out, header);
  put_text(out, answer.message_id);
  put_text(out, answer.final_date);
  put_octets(out, answer.state, answer.error);
}

void encode(std::string& out, Header const& header, Replacement const& replacement) {
  Envelope const envelope(out, header);
  put_text(out, replacement.message_id);
  put_address(out, replacement.source);
  put_text(out, replacement.schedule);
  put_text(out, replacement.validity);
  put_octets(out, replacement.registered_delivery, replacement.default_message,
             short_length(replacement.text));
  out.append(replacement.text);
}

void encode(std::string& out, Header const& header, Outbind const& outbind) {
  Envelope const envelope(out, header);
  put_text(out, outbind.system_id);
  put_text(out, outbind.password);
}

void encode(std::string& out, Header const& header, AlertNotification const& notification) {
  Envelope const envelope(out, header);
  put_address(out, notification.source);
  put_address(out, notification.esme);
  out.append(notification.options);
}

void encode(std::string& out, Header const& header, MultiSubmit const& submit) {
  require(submit.destinations.size() <= 254, "more than 254 destinations in one submit_multi");
  Envelope const envelope(out, header);
  put_text(out, submit.message.service_type);
  put_address(out, submit.message.source);
  put_octets(out, static_cast<std::uint32_t>(submit.destinations.size()));
  for (auto const& destination : submit.destinations) {
    put_octets(out, destination.list.empty() ? flag_address : flag_list);
    if (destination.list.empty())
      put_address(out, destination.address);
    else
      put_text(out, destination.list);
  }
  put_form_and_text(out, submit.message);
  out.append(submit.message.options);
}

void encode(std::string& out, Header const& header, MultiAnswer const& answer) {
  require(answer.refused.size() <= 254, "more than 254 refusals in one submit_multi_resp");
  Envelope const envelope(out, header);
  put_text(out, answer.message_id);
  put_octets(out, static_cast<std::uint32_t>(answer.refused.size()));
  for (auto const& refused : answer.refused) {
    put_address(out, refused.address);
    put_long(out, static_cast<std::uint32_t>(refused.status));
  }
}

}  // namespace siaga::sms
