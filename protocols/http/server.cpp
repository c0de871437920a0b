#include "protocols/http/server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "gateway/async/spawn.hpp"
#include "gateway/base/log.hpp"
#include "protocols/http/listening.hpp"

namespace siaga::http {
namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr std::chrono::milliseconds accept_pause{50};  // out of descriptors: do not spin
constexpr std::chrono::minutes told_every{1};

}  // namespace

Server::Server(asio::any_io_executor executor, Settings settings, Routes routes)
    : executor_(executor),
      serving_(std::make_shared<Serving>(std::move(settings), std::move(routes))),
      acceptor_(executor) {}

Result<void> Server::open() {
  auto const& settings = serving_->settings;
  auto const endpoint = listening_at("listen", settings.listen);
  if (!endpoint) return endpoint.error();
  auto trusted = Networks::parse("trusted_proxy", settings.trusted_proxy);
  if (!trusted) return trusted.error();
  serving_->trusted = std::move(*trusted);
  if (!settings.cert_file.empty()) {
    auto tls = TlsServer::open(settings.cert_file, settings.key_file);
    if (!tls) return tls.error();
    tls_ = std::move(*tls);
  }
  boost::system::error_code ec;
  acceptor_.open(endpoint->protocol(), ec);
  if (!ec) acceptor_.set_option(tcp::acceptor::reuse_address(true), ec);
  if (!ec) acceptor_.bind(*endpoint, ec);
  if (!ec) acceptor_.listen(asio::socket_base::max_listen_connections, ec);
  if (ec)
    return Error(Errc::unavailable, "cannot listen on " + settings.listen + ": " + ec.message() +
                                        "; change it in [http] or stop what uses it");
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
  auto next_word = std::chrono::steady_clock::now();
  while (acceptor_.is_open()) {
    auto [ec, socket] = co_await acceptor_.async_accept(asio::as_tuple(asio::use_awaitable));
    if (ec == asio::error::operation_aborted) co_return;
    if (ec) {
      auto const now = std::chrono::steady_clock::now();
      if (now >= next_word) log::warning("http_accept_failed", {{"error", ec.message()}});
      if (now >= next_word) next_word = now + told_every;
      asio::steady_timer pause(executor_, accept_pause);
      co_await pause.async_wait(asio::use_awaitable);
      continue;
    }
    begin(std::move(socket));
  }
}

void Server::begin(tcp::socket socket) {
  auto stream = tls_ ? tls_->accept(std::move(socket)) : make_stream(std::move(socket));
  auto place = place_for(*serving_, *stream);
  if (!place) return;  // the stream closes here
  spawn(executor_, "http session", serve(std::move(stream), std::move(place), serving_));
}

}  // namespace siaga::http
