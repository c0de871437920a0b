// Wire: bytes to and from one ESME, over TCP or TLS.
//
// Place:  listener -> WIRE -> Connection. One read and one write at a time.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <functional>
#include <memory>
#include <string>

namespace siaga::smsc {

class Wire {
 public:
  using Done = std::function<void(boost::system::error_code, std::size_t)>;

  virtual ~Wire() = default;
  virtual void open(std::function<void(boost::system::error_code)> done) = 0;
  virtual void read_some(char* into, std::size_t room, Done done) = 0;
  virtual void write(std::string const& all, Done done) = 0;
  virtual void close() = 0;
  virtual void reset() = 0;  // the peer sees "connection reset", not an end
};

std::unique_ptr<Wire> make_wire(boost::asio::ip::tcp::socket socket);
// The context outlives the wire.
std::unique_ptr<Wire> make_wire(boost::asio::ip::tcp::socket socket,
                                boost::asio::ssl::context& tls);

}  // namespace siaga::smsc
