#include "gateway/async/tls_server.hpp"

#include <algorithm>

#include "gateway/async/tls_socket_stream.hpp"
#include "gateway/base/log.hpp"

namespace siaga {
namespace asio = boost::asio;
namespace ssl = asio::ssl;
using asio::ip::tcp;

namespace {

class AcceptedTlsStream final : public TlsStream {
 public:
  using TlsStream::TlsStream;

  asio::awaitable<Result<std::size_t>> read_some(std::span<char> into, Limit limit) override {
    auto const until = std::chrono::steady_clock::now() + limit;
    if (!shaken_) {
      auto const shaken = co_await shake_hands(ssl::stream_base::server, limit);
      if (!shaken) co_return shaken.error();
      shaken_ = true;
      limit =
          std::max(Limit(1), std::chrono::ceil<Limit>(until - std::chrono::steady_clock::now()));
    }
    co_return co_await TlsStream::read_some(into, limit);
  }

 private:
  bool shaken_ = false;
};

}  // namespace

TlsServer::TlsServer(std::string cert_file, std::string key_file)
    : cert_file_(std::move(cert_file)), key_file_(std::move(key_file)) {}

Result<std::unique_ptr<TlsServer>> TlsServer::open(std::string cert_file, std::string key_file) {
  std::unique_ptr<TlsServer> server(new TlsServer(std::move(cert_file), std::move(key_file)));
  if (auto const loaded = server->load(); !loaded) return loaded.error();
  return server;
}

Result<void> TlsServer::load() {
  loaded_ = newest();
  auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
  context->set_options(ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1 | ssl::context::no_sslv3);
  SSL_CTX_set_options(context->native_handle(), SSL_OP_NO_RENEGOTIATION);
  boost::system::error_code ec;
  context->use_certificate_chain_file(cert_file_, ec);
  if (ec) return Error(Errc::tls_failed, "cert_file " + cert_file_ + ": " + ec.message());
  context->use_private_key_file(key_file_, ssl::context::pem, ec);
  if (ec) return Error(Errc::tls_failed, "key_file " + key_file_ + ": " + ec.message());
  if (SSL_CTX_check_private_key(context->native_handle()) != 1)
    return Error(Errc::tls_failed, "key_file " + key_file_ + " is not the key of " + cert_file_);
  context_ = std::move(context);
  return {};
}

TlsServer::Time TlsServer::newest() const {
  std::error_code ignored;
  return std::max(std::filesystem::last_write_time(cert_file_, ignored),
                  std::filesystem::last_write_time(key_file_, ignored));
}

std::unique_ptr<Stream> TlsServer::accept(tcp::socket socket) {
  if (newest() != loaded_) {
    auto const loaded = load();
    if (loaded)
      log::info("certificate_read_again", {{"file", cert_file_}});
    else
      log::error("certificate_unusable", {{"error", loaded.error().text()}});
  }
  boost::system::error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  TlsSocket tls(std::move(socket), *context_);
  return std::make_unique<AcceptedTlsStream>(context_, std::move(tls));
}

}  // namespace siaga
