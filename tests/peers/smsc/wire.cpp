#include "tests/peers/smsc/wire.hpp"

#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

namespace siaga::smsc {
namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

using Secure = asio::ssl::stream<tcp::socket>;

template <class Socket>
class SocketWire final : public Wire {
 public:
  explicit SocketWire(Socket socket) : socket_(std::move(socket)) {
    boost::system::error_code ignored;
    bottom().set_option(tcp::no_delay(true), ignored);
  }
  void open(std::function<void(boost::system::error_code)> done) override {
    if constexpr (std::is_same_v<Socket, Secure>) {
      socket_.async_handshake(asio::ssl::stream_base::server, std::move(done));
    } else {
      done({});
    }
  }
  void read_some(char* into, std::size_t room, Done done) override {
    socket_.async_read_some(asio::buffer(into, room), std::move(done));
  }
  void write(std::string const& all, Done done) override {
    asio::async_write(socket_, asio::buffer(all), std::move(done));
  }
  void close() override {
    boost::system::error_code ignored;
    bottom().shutdown(tcp::socket::shutdown_both, ignored);
    bottom().close(ignored);
  }
  void reset() override {
    boost::system::error_code ignored;
    bottom().set_option(asio::socket_base::linger(true, 0), ignored);
    bottom().close(ignored);
  }

 private:
  tcp::socket::lowest_layer_type& bottom() { return socket_.lowest_layer(); }
  Socket socket_;
};

}  // namespace

std::unique_ptr<Wire> make_wire(tcp::socket socket) {
  return std::make_unique<SocketWire<tcp::socket>>(std::move(socket));
}

std::unique_ptr<Wire> make_wire(tcp::socket socket, asio::ssl::context& tls) {
  return std::make_unique<SocketWire<Secure>>(Secure(std::move(socket), tls));
}

}  // namespace siaga::smsc
