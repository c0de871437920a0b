// SocketStream: Stream over any Asio socket type; plain and TLS differ only in the type inside.
//
// Place:  private to async/: stream.cpp, and tls_socket_stream.hpp over it.
// Thread: core only.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "gateway/async/stream.hpp"
#include "gateway/async/time_limit.hpp"

namespace siaga {

template <class Socket>
class SocketStream : public Stream {
 public:
  explicit SocketStream(Socket socket)
      : socket_(std::move(socket)),
        peer_(name_of(socket_)),
        read_limit_(socket_.get_executor(), [this] { cancel(); }),
        write_limit_(socket_.get_executor(), [this] { cancel(); }) {}

  boost::asio::awaitable<Result<std::size_t>> read_some(std::span<char> into,
                                                        Limit limit) override {
    read_limit_.start(limit);
    auto const buffer = boost::asio::buffer(into.data(), into.size());
    auto const [ec, bytes] =
        co_await socket_.async_read_some(buffer, boost::asio::as_tuple(boost::asio::use_awaitable));
    bool const late = read_limit_.stop();
    if (ec) co_return failure(ec, late, "reading");
    co_return bytes;
  }

  boost::asio::awaitable<Result<void>> write(std::string_view all, Limit limit) override {
    write_limit_.start(limit);
    auto const buffer = boost::asio::buffer(all.data(), all.size());
    auto const [ec, bytes] = co_await boost::asio::async_write(
        socket_, buffer, boost::asio::as_tuple(boost::asio::use_awaitable));
    bool const late = write_limit_.stop();
    if (ec) co_return failure(ec, late, "writing");
    co_return Result<void>();
  }

  void close() noexcept override {
    boost::system::error_code ignored;
    socket_.lowest_layer().shutdown(boost::asio::socket_base::shutdown_both, ignored);
    socket_.lowest_layer().close(ignored);
  }
  std::string peer() const override { return peer_; }

 protected:
  Error failure(boost::system::error_code ec, bool late, char const* doing) const {
    auto const text = std::string(doing) + " " + peer_ + ": ";
    if (late) return Error(Errc::timed_out, text + "no progress in time");
    return Error(Errc::connection_lost, text + ec.message());
  }

  Socket socket_;

 private:
  static std::string name_of(Socket& socket) {
    boost::system::error_code ec;
    auto const endpoint = socket.lowest_layer().remote_endpoint(ec);
    if (ec) return "closed";
    return endpoint.address().to_string() + ":" + std::to_string(endpoint.port());
  }
  void cancel() {
    boost::system::error_code ignored;
    socket_.lowest_layer().cancel(ignored);
  }

  std::string peer_;

 protected:
  TimeLimit read_limit_;
  TimeLimit write_limit_;
};

class TcpStream final : public SocketStream<boost::asio::ip::tcp::socket> {
 public:
  using SocketStream::SocketStream;
  boost::asio::ip::tcp::socket release() { return std::move(socket_); }
};

}  // namespace siaga
