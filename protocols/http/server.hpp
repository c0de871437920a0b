// Server: accepts browsers or probes, a session each, no more than the settings allow.
//
// Place:  network -> SERVER -> session -> Routes (ack page, health, metrics).
// Thread: core only.
// Errors: open() says which address cannot be listened on, or which certificate cannot be used, and
//         why.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <memory>

#include "gateway/async/tls_server.hpp"
#include "protocols/http/session.hpp"

namespace siaga::http {

class Server {
 public:
  Server(boost::asio::any_io_executor executor, Settings settings, Routes routes);

  Result<void> open();
  void start();
  void stop();
  std::uint16_t port() const noexcept { return port_; }
  // Connections that went because another came and all places were taken.
  std::uint64_t evicted() const noexcept { return serving_->connections.evicted(); }

 private:
  boost::asio::awaitable<void> accept();
  void begin(boost::asio::ip::tcp::socket socket);

  boost::asio::any_io_executor executor_;
  std::shared_ptr<Serving> serving_;
  boost::asio::ip::tcp::acceptor acceptor_;
  std::unique_ptr<TlsServer> tls_;  // null = without
  std::uint16_t port_ = 0;
};

}  // namespace siaga::http
