#include "tests/sms/raw_esme.hpp"

#include <boost/asio/write.hpp>

namespace siaga::sms {
namespace asio = boost::asio;

RawEsme::RawEsme(std::uint16_t port) {
  socket_.connect({asio::ip::address_v4::loopback(), port});
  timeval const limit{10, 0};
  setsockopt(socket_.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
}

Header RawEsme::next(Command command) {
  Header header;
  header.command = command;
  header.sequence = ++sequence_;
  return header;
}

Status RawEsme::bind(Command mode) {
  Bind who;
  who.system_id = "raw";
  std::string pdu;
  encode(pdu, next(mode), who);
  return exchange(pdu).header.status;
}

RawEsme::Heard RawEsme::submit(std::string_view destination, std::string_view text) {
  ShortMessage message;
  message.source = {5, 0, "SIAGA"};
  message.destination = {1, 1, destination};
  message.registered_delivery = 1;
  message.text = text;
  std::string pdu;
  encode(pdu, next(Command::submit_sm), message);
  return exchange(pdu);
}

RawEsme::Heard RawEsme::ask(Command command, MessageName const& name) {
  std::string pdu;
  encode(pdu, next(command), name);
  return exchange(pdu);
}

RawEsme::Heard RawEsme::ask(Command command, std::string_view body) {
  std::string pdu;
  encode(pdu, next(command));
  pdu.append(body);
  pdu[3] = static_cast<char>(static_cast<unsigned char>(pdu.size()));  // none is longer than 255
  return exchange(pdu);
}

RawEsme::Heard RawEsme::delivered() {
  Heard heard;
  if (waiting_.empty()) {
    heard = read();
  } else {
    heard = std::move(waiting_.front());
    waiting_.pop_front();
  }
  Header header = heard.header;
  header.command = Command::deliver_sm_resp;
  std::string pdu;
  encode(pdu, header, std::string_view());
  asio::write(socket_, asio::buffer(pdu));
  return heard;
}

RawEsme::Heard RawEsme::exchange(std::string const& pdu) {
  asio::write(socket_, asio::buffer(pdu));
  for (;;) {
    auto heard = read();
    if (is_response(heard.header.command) && heard.header.sequence == sequence_) return heard;
    waiting_.push_back(std::move(heard));
  }
}

RawEsme::Heard RawEsme::read() {
  for (;;) {
    auto const frame = next_pdu(input_);
    if (!frame) throw std::runtime_error("garbage from the SMSC");
    if (frame->pdu) {
      Heard heard{frame->pdu->header, std::string(frame->pdu->body)};
      input_.erase(0, frame->octets);
      return heard;
    }
    std::array<char, 4096> some{};
    auto const got = ::recv(socket_.native_handle(), some.data(), some.size(), 0);
    if (got <= 0) throw std::runtime_error("nothing more from the SMSC");
    input_.append(some.data(), static_cast<std::size_t>(got));
  }
}

}  // namespace siaga::sms
