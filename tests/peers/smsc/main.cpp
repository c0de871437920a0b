// siaga_test_smsc: an SMPP 3.4 SMSC for tests, demo and benches. Loopback only.
//
//   siaga_test_smsc [--KEY VALUE]...     every key: --help (options.cpp)
//
// Prints `listening PORT` and `control PORT` first, then JSON lines (see --help), flushed as things
// happen; with --quiet 1 nothing more. Takes bind_transceiver/receiver/transmitter from anybody.
// Control port: one command a line, one answer a line (control.cpp, --help).
// Ends by `quit`, SIGTERM or SIGINT; exit 0. Exit 64: bad arguments.
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/ssl/context.hpp>
#include <cstdio>
#include <functional>

#include "tests/peers/smsc/connection.hpp"
#include "tests/peers/smsc/control.hpp"

namespace siaga::smsc {
namespace asio = boost::asio;
using asio::ip::tcp;
namespace {

class Listener {
 public:
  using Take = std::function<void(tcp::socket)>;

  Listener(asio::io_context& io, long port, Take take)
      : acceptor_(
            io, tcp::endpoint(asio::ip::address_v4::loopback(), static_cast<std::uint16_t>(port))),
        take_(std::move(take)) {
    accept();
  }
  int port() const { return acceptor_.local_endpoint().port(); }

 private:
  void accept() {
    acceptor_.async_accept([this](boost::system::error_code ec, tcp::socket socket) {
      if (!ec) take_(std::move(socket));
      if (ec != asio::error::operation_aborted) accept();
    });
  }
  tcp::acceptor acceptor_;
  Take take_;
};

std::string read_arguments(int argc, char** argv, Options& options) {
  for (int i = 1; i < argc; ++i) {
    std::string key = argv[i];
    if (key.rfind("--", 0) != 0) return "not an option: " + key;
    key.erase(0, 2);
    std::string value;
    if (auto const equals = key.find('='); equals != std::string::npos) {
      value = key.substr(equals + 1);
      key.resize(equals);
    } else if (++i < argc) {
      value = argv[i];
    } else {
      return "--" + key + " wants a value";
    }
    if (auto problem = options.set(key, value); !problem.empty()) return problem;
  }
  return {};
}

std::unique_ptr<asio::ssl::context> tls_context(Options const& options) {
  if (options.tls_cert.empty()) return nullptr;
  auto tls = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
  tls->use_certificate_chain_file(options.tls_cert);
  tls->use_private_key_file(options.tls_key, asio::ssl::context::pem);
  if (options.tls_ca.empty()) return tls;
  tls->load_verify_file(options.tls_ca);
  tls->set_verify_mode(asio::ssl::verify_peer | asio::ssl::verify_fail_if_no_peer_cert);
  return tls;
}

int serve(Options options) {
  asio::io_context io(1);
  auto const tls = tls_context(options);
  Smsc smsc(io, std::move(options));
  Listener const smpp(io, smsc.options.port, [&](tcp::socket socket) {
    ++smsc.counters.connections;
    if (smsc.options.refuse_connect != 0) return;
    auto wire = tls ? make_wire(std::move(socket), *tls) : make_wire(std::move(socket));
    std::make_shared<Connection>(std::move(wire), smsc)->start();
  });
  Listener const control(io, smsc.options.control, [&](tcp::socket socket) {
    std::make_shared<Control>(std::move(socket), smsc)->start();
  });
  asio::signal_set signals(io, SIGTERM, SIGINT);
  signals.async_wait([&](boost::system::error_code, int) { io.stop(); });
  std::printf("listening %d\ncontrol %d\n", smpp.port(), control.port());
  std::fflush(stdout);
  io.run();
  smsc.flush();
  return 0;
}

}  // namespace
}  // namespace siaga::smsc

int main(int argc, char** argv) {
  using namespace siaga::smsc;
  if (argc > 1 && (std::string(argv[1]) == "--help" || std::string(argv[1]) == "-h")) {
    std::fputs(help().c_str(), stdout);
    return 0;
  }
  Options options;
  if (auto const problem = read_arguments(argc, argv, options); !problem.empty()) {
    std::fprintf(stderr, "siaga_test_smsc: %s (see --help)\n", problem.c_str());
    return 64;
  }
  try {
    return serve(std::move(options));
  } catch (boost::system::system_error const& error) {
    std::fprintf(stderr, "siaga_test_smsc: %s\n", error.what());
    return 1;
  }
}
