#include "gateway/async/stream.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/this_coro.hpp>

#include "gateway/async/event.hpp"
#include "gateway/async/socket_stream.hpp"
#include "gateway/async/spawn.hpp"

namespace siaga {
namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

// A name's addresses; outlives whoever no longer waits for them, as getaddrinfo cannot be stopped.
struct Lookup {
  explicit Lookup(asio::any_io_executor const& executor) : resolver(executor), done(executor) {}
  tcp::resolver resolver;
  Event done;
  boost::system::error_code error;
  std::vector<tcp::endpoint> found;
};

asio::awaitable<void> look_up(std::shared_ptr<Lookup> lookup, std::string host, std::string port) {
  auto const [ec, found] =
      co_await lookup->resolver.async_resolve(host, port, asio::as_tuple(asio::use_awaitable));
  lookup->error = ec;
  lookup->found.assign(found.begin(), found.end());
  lookup->done.notify();
}

asio::awaitable<Result<std::vector<tcp::endpoint>>> endpoints_of(std::string host,
                                                                 std::uint16_t port,
                                                                 Stream::Limit limit) {
  boost::system::error_code no_number;
  auto const number = asio::ip::make_address(host, no_number);
  if (!no_number) co_return std::vector<tcp::endpoint>(1, tcp::endpoint(number, port));
  auto const executor = co_await asio::this_coro::executor;
  auto const lookup = std::make_shared<Lookup>(executor);
  spawn(executor, "lookup", look_up(lookup, host, std::to_string(port)));
  bool const ended = co_await lookup->done.wait_for(limit);
  if (!ended) lookup->resolver.cancel();
  if (!ended) co_return Error(Errc::connect_failed, host + ": the name service does not answer");
  if (lookup->error) co_return Error(Errc::connect_failed, host + ": " + lookup->error.message());
  co_return std::move(lookup->found);
}

}  // namespace

asio::awaitable<Result<std::unique_ptr<Stream>>> connect_tcp(std::string host, std::uint16_t port,
                                                             Stream::Limit limit) {
  auto const executor = co_await asio::this_coro::executor;
  auto const where = host + ":" + std::to_string(port);
  auto const until = std::chrono::steady_clock::now() + limit;
  auto const endpoints = co_await endpoints_of(host, port, limit);
  if (!endpoints) co_return endpoints.error();
  tcp::socket socket(executor);
  TimeLimit time(executor, [&socket] {
    boost::system::error_code ignored;
    socket.close(ignored);
  });
  time.start(std::chrono::ceil<Stream::Limit>(until - std::chrono::steady_clock::now()));
  auto const [ec, endpoint] =
      co_await asio::async_connect(socket, *endpoints, asio::as_tuple(asio::use_awaitable));
  bool const late = time.stop();
  if (late) co_return Error(Errc::connect_failed, where + ": no answer in time");
  if (ec) co_return Error(Errc::connect_failed, where + ": " + ec.message());
  co_return make_stream(std::move(socket));
}

std::unique_ptr<Stream> make_stream(tcp::socket socket) {
  boost::system::error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  return std::make_unique<TcpStream>(std::move(socket));
}

}  // namespace siaga
