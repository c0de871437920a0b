#include "tests/peers/smsc/deliverable.hpp"

#include <algorithm>
#include <utility>

#include "protocols/sms/smpp/encode.hpp"
#include "protocols/sms/text/segment.hpp"
#include "protocols/sms/text/user_data.hpp"
#include "tests/peers/smsc/messages.hpp"

namespace siaga::smsc {
namespace {

using namespace std::string_literals;

constexpr std::uint8_t coding_ucs2 = 8;

sms::Address address_of(std::string const& phone) {
  if (!phone.empty() && phone.front() == '+') return {1, 1, std::string_view(phone).substr(1)};
  bool const digits = phone.find_first_not_of("0123456789") == std::string::npos;
  return {static_cast<std::uint8_t>(digits ? 0 : 5), static_cast<std::uint8_t>(digits ? 1 : 0),
          phone};
}

std::string octets(unsigned value, int count) {
  std::string text;
  for (int shift = 8 * (count - 1); shift >= 0; shift -= 8)
    text.push_back(static_cast<char>(static_cast<unsigned char>(value >> shift)));
  return text;
}

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
}

std::string joining_options(std::uint16_t reference, std::size_t total, std::size_t number) {
  std::string tlvs;
  sms::put_option(tlvs, sms::Tag::sar_reference, octets(reference, 2));
  sms::put_option(tlvs, sms::Tag::sar_total, octets(static_cast<unsigned>(total), 1));
  sms::put_option(tlvs, sms::Tag::sar_number, octets(static_cast<unsigned>(number), 1));
  return tlvs;
}

std::string big_endian_units(std::string_view ascii) {
  std::string units;
  for (char const c : ascii) (units += '\0') += c;
  return units;
}

void write_receipt(Deliverable const& what, Options const& options, sms::ShortMessage& message,
                   std::string& text, std::string& tlvs) {
  message.esm_class = what.intermediate ? 0x20 : 0x04;
  auto const& form = options.receipt_form;
  if (form != "tlv") text = what.text;
  if (form == "ucs2") {
    text = big_endian_units(text);
    message.data_coding = coding_ucs2;
  }
  if (form == "payload") {
    sms::put_option(tlvs, sms::Tag::message_payload, text);
    text.clear();
  }
  if (form != "tlv" && form != "both") return;
  sms::put_option(tlvs, sms::Tag::receipted_message_id, what.id + '\0');
  sms::put_option(tlvs, sms::Tag::message_state,
                  octets(static_cast<unsigned>(state_of(what.state)), 1));
}

}  // namespace

std::string phone(sms::Address const& address) {
  return address.ton == 1 ? "+" + std::string(address.text) : std::string(address.text);
}

std::string receipt_text(Deliverable const& receipt, Options const& options) {
  auto text = options.receipt_text;
  replace_all(text, "%ID%", receipt.id);
  replace_all(text, "%STATE%", receipt.state);
  replace_all(text, "%NUL%", "\0"s);
  return text;
}

std::vector<Deliverable> parts_of(Deliverable const& whole, std::uint16_t reference,
                                  Options const& options) {
  sms::GsmOptions how;
  how.wide_reference = options.mo_form == "udh16";
  if (options.mo_form == "payload") return {whole};
  auto const segments = sms::segment(whole.text, how);
  auto const total = segments.parts.size();
  std::vector<Deliverable> parts;
  for (std::size_t number = 1; number <= total; ++number) {
    auto part = whole;
    std::uint8_t const coding = segments.coding == sms::Coding::ucs2 ? coding_ucs2 : 0;
    part.text = sms::text_of(segments.parts[number - 1], coding, sms::Charset::gsm);
    if (total > 1 && options.mo_form == "sar") {
      part.tlvs = joining_options(reference, total, number);
    } else {
      part.header = sms::part_header(segments, reference, number);
    }
    parts.push_back(std::move(part));
  }
  if (options.mo_reverse != 0) std::reverse(parts.begin(), parts.end());
  return parts;
}

std::string deliver_pdu(Deliverable const& what, std::uint32_t sequence, Options const& options) {
  sms::ShortMessage message;
  message.source = address_of(what.from);
  message.destination = address_of(what.to);
  std::string text, tlvs = what.tlvs;
  if (what.receipt) {
    write_receipt(what, options, message, text, tlvs);
  } else {
    auto const segments = sms::segment(what.text, sms::Charset::gsm);
    for (auto const& part : segments.parts) text += part;
    text.insert(0, what.header);
    message.esm_class = what.header.empty() ? 0 : 0x40;
    message.data_coding = segments.coding == sms::Coding::ucs2 ? coding_ucs2 : 0;
    if (options.mo_form == "payload") {
      sms::put_option(tlvs, sms::Tag::message_payload, text);
      text.clear();
    }
  }
  sms::Header header;
  header.command = sms::Command::deliver_sm;
  if (options.deliver_as == "data_sm") {
    header.command = sms::Command::data_sm;
    if (!text.empty()) sms::put_option(tlvs, sms::Tag::message_payload, std::exchange(text, {}));
  }
  message.text = text;
  message.options = tlvs;
  header.sequence = sequence;
  std::string pdu;
  sms::encode(pdu, header, message);
  return pdu;
}

}  // namespace siaga::smsc
