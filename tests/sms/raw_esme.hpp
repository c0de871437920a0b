// RawEsme: an ESME that sends one PDU and waits for its answer, whatever comes between.
//
// Place:  tests of the test SMSC itself. Blocking; each wait ends by the socket's own limit.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <deque>
#include <string>

#include "protocols/sms/smpp/decode.hpp"
#include "protocols/sms/smpp/encode.hpp"

namespace siaga::sms {

class RawEsme {
 public:
  struct Heard {
    Header header;
    std::string body;
  };

  explicit RawEsme(std::uint16_t port);

  Status bind(Command mode);
  Heard submit(std::string_view destination, std::string_view text);  // a receipt is asked for
  Heard ask(Command command, MessageName const& name);                // query_sm or cancel_sm
  Heard ask(Command command, std::string_view body);
  // The next deliver_sm, answered 0; of those that came meanwhile first.
  Heard delivered();

 private:
  Header next(Command command);
  Heard exchange(std::string const& pdu);
  Heard read();

  boost::asio::io_context io_;
  boost::asio::ip::tcp::socket socket_{io_};
  std::uint32_t sequence_ = 0;
  std::string input_;
  std::deque<Heard> waiting_;
};

}  // namespace siaga::sms
