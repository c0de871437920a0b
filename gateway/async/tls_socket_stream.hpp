// TlsStream: Stream over TLS, of either side.
//
// Place:  private to async/: tls_stream.cpp (we connect), tls_server.cpp (others connect to us).
// Thread: core only.
#pragma once

#include <boost/asio/ssl.hpp>

#include "gateway/async/socket_stream.hpp"

namespace siaga {

using TlsSocket = boost::asio::ssl::stream<boost::asio::ip::tcp::socket>;

class TlsStream : public SocketStream<TlsSocket> {
 public:
  TlsStream(std::shared_ptr<boost::asio::ssl::context> context, TlsSocket socket)
      : SocketStream(std::move(socket)), context_(std::move(context)) {}

 protected:
  boost::asio::awaitable<Result<void>> shake_hands(TlsSocket::handshake_type side, Limit limit) {
    read_limit_.start(limit);
    auto const [ec] =
        co_await socket_.async_handshake(side, boost::asio::as_tuple(boost::asio::use_awaitable));
    bool const late = read_limit_.stop();
    if (ec) co_return failure(ec, late, "shaking hands with");
    co_return Result<void>();
  }

 private:
  std::shared_ptr<boost::asio::ssl::context> context_;  // OpenSSL's session points into it
};

}  // namespace siaga
