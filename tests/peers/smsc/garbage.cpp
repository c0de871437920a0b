#include "tests/peers/smsc/garbage.hpp"

#include <array>

#include "protocols/sms/smpp/decode.hpp"
#include "protocols/sms/smpp/encode.hpp"

namespace siaga::smsc {
namespace {

sms::Header deliver_header(std::uint32_t sequence) {
  sms::Header header;
  header.command = sms::Command::deliver_sm;
  header.sequence = sequence;
  return header;
}

// A good deliver_sm, to be spoilt.
std::string deliver(std::uint32_t sequence, std::string_view options) {
  sms::ShortMessage message;
  message.source = {1, 1, "6281299999999"};
  message.destination = {5, 0, "SIAGA"};
  message.text = "GARBAGE";
  message.options = options;
  std::string pdu;
  sms::encode(pdu, deliver_header(sequence), message);
  return pdu;
}

void set_length(std::string& pdu, std::size_t length) {
  for (std::size_t i = 0; i < 4; ++i)
    pdu[i] = static_cast<char>(static_cast<unsigned char>(length >> (24 - 8 * i)));
}

}  // namespace

std::string garbage(std::string const& kind, std::uint32_t sequence) {
  if (kind == "options") return deliver(sequence, std::string_view("\x04\x24\x00\x50xx", 6));
  std::string pdu = deliver(sequence, {});
  if (kind == "command") {
    pdu[6] = '\x77';
  } else if (kind == "string") {
    pdu.assign(pdu.substr(0, 16)).append(40, 'x');
    set_length(pdu, pdu.size());
  } else if (kind == "text-length") {
    pdu.resize(pdu.size() - 3);
    set_length(pdu, pdu.size());
  } else if (kind == "empty") {
    pdu.resize(sms::header_octets);
    set_length(pdu, pdu.size());
  } else if (kind == "stray") {
    sms::Header header;
    header.command = sms::Command::submit_sm_resp;
    header.sequence = 0x806A179B;  // nobody's
    pdu.clear();
    sms::encode(pdu, header, "stray");
  } else if (kind == "short") {
    set_length(pdu, 4);
  } else if (kind == "huge") {
    set_length(pdu, 0xFFFFFFF0U);
  } else {
    pdu = "HTTP/1.1 400 Bad Request\r\n\r\n";
  }
  return pdu;
}

std::string const& garbage_kind(std::int64_t nth) {
  static std::array<std::string, 6> const kinds = {"command",     "options", "string",
                                                   "text-length", "empty",   "stray"};
  return kinds[static_cast<std::size_t>(nth) % kinds.size()];
}

}  // namespace siaga::smsc
