#include "gateway/async/stream.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/this_coro.hpp>

#include "gateway/async/socket_stream.hpp"

namespace siaga {
namespace asio = boost::asio;
using asio::ip::tcp;

asio::awaitable<Result<std::unique_ptr<Stream>>> connect_tcp(std::string host, std::uint16_t port,
                                                             Stream::Limit limit) {
  auto const executor = co_await asio::this_coro::executor;
  auto const where = host + ":" + std::to_string(port);
  tcp::resolver resolver(executor);
  tcp::socket socket(executor);
  TimeLimit time(executor, [&resolver, &socket] {
    boost::system::error_code ignored;
    resolver.cancel();
    socket.close(ignored);
  });
  time.start(limit);
  auto const [resolve_error, addresses] = co_await resolver.async_resolve(
      host, std::to_string(port), asio::as_tuple(asio::use_awaitable));
  if (resolve_error) {
    co_return Error(Errc::connect_failed, where + ": " + resolve_error.message());
  }
  auto const [ec, endpoint] =
      co_await asio::async_connect(socket, addresses, asio::as_tuple(asio::use_awaitable));
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
