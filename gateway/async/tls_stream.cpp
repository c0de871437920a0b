#include "gateway/async/tls_socket_stream.hpp"

namespace siaga {
namespace asio = boost::asio;
namespace ssl = asio::ssl;
using asio::ip::tcp;

namespace {

std::shared_ptr<ssl::context> make_context(TlsSettings const& settings) {
  auto context = std::make_shared<ssl::context>(ssl::context::tls_client);
  context->set_options(ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1 | ssl::context::no_sslv3);
  if (settings.ca_file.empty()) {
    context->set_default_verify_paths();
  } else {
    context->load_verify_file(settings.ca_file);
  }
  if (!settings.cert_file.empty()) {
    context->use_certificate_chain_file(settings.cert_file);
    context->use_private_key_file(
        settings.key_file.empty() ? settings.cert_file : settings.key_file, ssl::context::pem);
  }
  return context;
}

void expect_server(ssl::stream<tcp::socket>& socket, TlsSettings const& settings) {
  if (!settings.server_name.empty())
    SSL_set_tlsext_host_name(socket.native_handle(), settings.server_name.c_str());
  socket.set_verify_mode(settings.verify ? ssl::verify_peer : ssl::verify_none);
  if (!settings.verify) return;
  ssl::host_name_verification const is_right(settings.server_name);
  socket.set_verify_callback([is_right](bool trusted, ssl::verify_context& context) {
    bool const accepted = is_right(trusted, context);
    if (trusted && !accepted)
      X509_STORE_CTX_set_error(context.native_handle(), X509_V_ERR_HOSTNAME_MISMATCH);
    return accepted;
  });
}

// What OpenSSL says, and what is wrong with the peer's certificate when it is that.
std::string reason_of(boost::system::error_code ec, SSL* connection) {
  auto const verified = SSL_get_verify_result(connection);
  if (verified == X509_V_OK) return ec.message();
  return ec.message() + ": " + X509_verify_cert_error_string(verified);
}

}  // namespace

asio::awaitable<Result<std::unique_ptr<Stream>>> start_tls(std::unique_ptr<Stream> plain,
                                                           TlsSettings settings,
                                                           Stream::Limit limit) {
  auto const where = plain->peer();
  auto* tcp_stream = dynamic_cast<TcpStream*>(plain.get());
  if (tcp_stream == nullptr) co_return Error(Errc::invalid_argument, where + " is TLS already");
  std::shared_ptr<ssl::context> context;
  try {
    context = make_context(settings);
  } catch (boost::system::system_error const& error) {
    co_return Error(Errc::tls_failed, where + ": certificate files: " + error.what());
  }
  ssl::stream<tcp::socket> socket(tcp_stream->release(), *context);
  expect_server(socket, settings);
  TimeLimit time(socket.get_executor(), [&socket] {
    boost::system::error_code ignored;
    socket.lowest_layer().close(ignored);
  });
  time.start(limit);
  auto const [ec] = co_await socket.async_handshake(ssl::stream_base::client,
                                                    asio::as_tuple(asio::use_awaitable));
  bool const late = time.stop();
  if (late) co_return Error(Errc::tls_failed, where + ": no answer in time");
  if (ec) co_return Error(Errc::tls_failed, where + ": " + reason_of(ec, socket.native_handle()));
  co_return std::make_unique<TlsStream>(std::move(context), std::move(socket));
}

}  // namespace siaga
