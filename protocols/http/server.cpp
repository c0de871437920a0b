#include "protocols/http/server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "gateway/async/spawn.hpp"
#include "gateway/base/log.hpp"
#include "protocols/http/listening.hpp"
#include "protocols/http/session.hpp"

namespace siaga::http {
namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr std::chrono::milliseconds accept_pause{50};  // out of descriptors: do not spin

}  // namespace

Server::Server(asio::any_io_executor executor, Settings settings, Routes routes)
    : executor_(executor),
      settings_(std::move(settings)),
      routes_(std::make_shared<Routes const>(std::move(routes))),
      acceptor_(executor),
      open_sessions_(std::make_shared<std::int64_t>(0)) {}

Result<void> Server::open() {
  auto const endpoint = listening_at(settings_.listen);
  if (!endpoint) return endpoint.error();
  boost::system::error_code ec;
  acceptor_.open(endpoint->protocol(), ec);
  if (!ec) acceptor_.set_option(tcp::acceptor::reuse_address(true), ec);
  if (!ec) acceptor_.bind(*endpoint, ec);
  if (!ec) acceptor_.listen(asio::socket_base::max_listen_connections, ec);
  if (ec)
    return Error(Errc::unavailable, "cannot listen on " + settings_.listen + ": " + ec.message() +
                                        "; change [http] listen or stop what uses it");
  port_ = acceptor_.local_endpoint(ec).port();
  return {};
}

void Server::start() {
  spawn(executor_, "http", accept());
}

void Server::stop() {
  boost::system::error_code ignored;
  acceptor_.close(ignored);
}

asio::awaitable<void> Server::accept() {
  while (acceptor_.is_open()) {
    auto [ec, socket] = co_await acceptor_.async_accept(asio::as_tuple(asio::use_awaitable));
    if (ec == asio::error::operation_aborted) co_return;
    if (ec) {
      log::warning("http_accept_failed", {{"error", ec.message()}});
      asio::steady_timer pause(executor_, accept_pause);
      co_await pause.async_wait(asio::use_awaitable);
      continue;
    }
    if (*open_sessions_ >= settings_.connections_max) continue;  // the socket closes here
    auto stream = make_stream(std::move(socket));
    auto session = serve(std::move(stream), settings_, routes_, open_sessions_);
    spawn(executor_, "http session", std::move(session));
  }
}

}  // namespace siaga::http
