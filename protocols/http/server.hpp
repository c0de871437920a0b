// Server: accepts browsers and probes, a session each, no more than the settings allow.
//
// Place:  network -> SERVER -> session -> Routes (ack page, health, metrics).
// Thread: core only.
// Time:   a request must arrive whole within `request_limit`.
// Errors: open() says which address cannot be listened on and why.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <memory>

#include "gateway/base/result.hpp"
#include "protocols/http/message.hpp"
#include "protocols/http/settings.hpp"

namespace siaga::http {

class Server {
 public:
  Server(boost::asio::any_io_executor executor, Settings settings, Routes routes);

  Result<void> open();
  void start();
  void stop();
  std::uint16_t port() const noexcept { return port_; }

 private:
  boost::asio::awaitable<void> accept();

  boost::asio::any_io_executor executor_;
  Settings settings_;
  std::shared_ptr<Routes const> routes_;
  boost::asio::ip::tcp::acceptor acceptor_;
  std::shared_ptr<std::int64_t> open_sessions_;
  std::uint16_t port_ = 0;
};

}  // namespace siaga::http
