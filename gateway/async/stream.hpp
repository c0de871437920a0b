// Stream: bytes to and from a peer, plain or TLS, behind one type so that protocols compile once.
//
// Place:  every protocol that speaks TCP: protocols -> STREAM -> kernel.
// Thread: core only. One reader and one writer at a time.
// Time:   each call has its own limit, steady time.
// Errors: connect_failed, tls_failed, timed_out, connection_lost (also for end of file), with peer
//         and reason in the detail. After an error the stream is only good for close().
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "gateway/base/result.hpp"

namespace siaga {

class Stream {
 public:
  using Limit = std::chrono::milliseconds;

  virtual ~Stream() = default;
  virtual boost::asio::awaitable<Result<std::size_t>> read_some(std::span<char> into,
                                                                Limit limit) = 0;
  virtual boost::asio::awaitable<Result<void>> write(std::string_view all, Limit limit) = 0;
  virtual void close() noexcept = 0;     // ends any call under way with connection_lost
  virtual std::string peer() const = 0;  // "127.0.0.1:2775"
};

struct TlsSettings {
  std::string ca_file;    // empty = the system's
  std::string cert_file;  // ours, PEM chain; empty = none
  std::string key_file;
  bool verify = true;       // certificate and host name
  std::string server_name;  // SNI and host name check
};

// Peer is a host name or address. The first address that answers wins.
boost::asio::awaitable<Result<std::unique_ptr<Stream>>> connect_tcp(std::string host,
                                                                    std::uint16_t port,
                                                                    Stream::Limit limit);
// For an accepted socket.
std::unique_ptr<Stream> make_stream(boost::asio::ip::tcp::socket socket);

// Takes over a plain stream made above (TLS from the start, or STARTTLS after its dialogue).
boost::asio::awaitable<Result<std::unique_ptr<Stream>>> start_tls(std::unique_ptr<Stream> plain,
                                                                  TlsSettings settings,
                                                                  Stream::Limit limit);

}  // namespace siaga
