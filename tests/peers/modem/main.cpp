// siaga_test_modem: a GSM modem on a pseudo terminal, for tests and demos. Control on loopback
// only.
//
//   siaga_test_modem [--KEY VALUE]...     every key: --help (options.cpp)
//
// Prints `modem DEVICE` and `control PORT` first, then nothing. Control port: one command a line,
// one answer a line (--help). Ends by `quit`, SIGTERM or SIGINT; exit 0. Exit 64: bad arguments.
#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <cstdio>
#include <istream>
#include <memory>

#include "tests/peers/modem/pty.hpp"
#include "tests/peers/modem/sim_modem.hpp"

namespace siaga::simmodem {
namespace asio = boost::asio;
using asio::ip::tcp;
using error_code = boost::system::error_code;
namespace {

long milliseconds_now() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

// The simulated modem on its port.
class Bench {
 public:
  Bench(asio::io_context& io, Options options)
      : io_(io), modem_(std::move(options)), pty_(io, modem_.options.link), timer_(io) {
    follow();
  }
  std::string const& device() const { return pty_.device(); }
  long control_port() const { return modem_.options.control; }
  std::string obey(std::string const& line) {
    if (line == "quit") io_.stop();
    auto answer = line == "quit" ? std::string("ok\n") : modem_.obey(line, milliseconds_now());
    follow();
    return answer;
  }

 private:
  // Port, output and timer as the modem's state has them.
  void follow() {
    modem_.tick(milliseconds_now());
    if (modem_.port_is_there() != pty_.is_plugged()) {
      if (pty_.is_plugged()) {
        pty_.unplug();
      } else {
        pty_.plug();
        read();
      }
    }
    if (!pty_.is_plugged()) modem_.output.clear();
    write();
    auto const due = std::min(modem_.next_due(), milliseconds_now() + 60000);
    timer_.expires_after(std::chrono::milliseconds(std::max(due - milliseconds_now(), 0L)));
    timer_.async_wait([this](error_code ec) {
      if (!ec) follow();
    });
  }
  void read() {
    pty_.master().async_read_some(asio::buffer(buffer_), [this](error_code ec, std::size_t bytes) {
      if (ec) return;
      modem_.receive(std::string_view(buffer_.data(), bytes), milliseconds_now());
      follow();
      if (pty_.is_plugged()) read();
    });
  }
  void write() {
    if (modem_.output.empty()) return;
    error_code ignored;
    asio::write(pty_.master(), asio::buffer(modem_.output), ignored);
    modem_.output.clear();
  }

  asio::io_context& io_;
  SimModem modem_;
  Pty pty_;
  asio::steady_timer timer_;
  std::array<char, 4096> buffer_{};
};

class Control : public std::enable_shared_from_this<Control> {
 public:
  Control(tcp::socket socket, Bench& bench) : socket_(std::move(socket)), bench_(bench) {}
  void start() {
    asio::async_read_until(socket_, input_, '\n',
                           [self = shared_from_this()](error_code ec, std::size_t) {
                             if (!ec) self->answer();
                           });
  }

 private:
  void answer() {
    std::string line;
    std::istream stream(&input_);
    std::getline(stream, line);
    if (!line.empty() && line.back() == '\r') line.pop_back();
    answer_ = bench_.obey(line);
    asio::async_write(socket_, asio::buffer(answer_),
                      [self = shared_from_this()](error_code ec, std::size_t) {
                        if (!ec) self->start();
                      });
  }
  tcp::socket socket_;
  Bench& bench_;
  asio::streambuf input_{65536};
  std::string answer_;
};

void accept(tcp::acceptor& acceptor, Bench& bench) {
  acceptor.async_accept([&](error_code ec, tcp::socket socket) {
    if (!ec) std::make_shared<Control>(std::move(socket), bench)->start();
    if (ec != asio::error::operation_aborted) accept(acceptor, bench);
  });
}

std::string read_arguments(int argc, char** argv, Options& options) {
  for (int i = 1; i < argc; i += 2) {
    std::string key = argv[i];
    if (key.rfind("--", 0) != 0 || i + 1 >= argc) return "not an option with a value: " + key;
    if (auto problem = options.set(key.substr(2), argv[i + 1]); !problem.empty()) return problem;
  }
  return dialect_named(options.dialect) == nullptr ? "no such dialect: " + options.dialect : "";
}

int serve(Options options) {
  asio::io_context io(1);
  auto const port = static_cast<std::uint16_t>(options.control);
  Bench bench(io, std::move(options));
  tcp::acceptor acceptor(io, tcp::endpoint(asio::ip::address_v4::loopback(), port));
  accept(acceptor, bench);
  asio::signal_set signals(io, SIGTERM, SIGINT);
  signals.async_wait([&](error_code, int) { io.stop(); });
  std::printf("modem %s\ncontrol %d\n", bench.device().c_str(), acceptor.local_endpoint().port());
  std::fflush(stdout);
  io.run();
  return 0;
}

}  // namespace
}  // namespace siaga::simmodem

int main(int argc, char** argv) {
  using namespace siaga::simmodem;
  if (argc > 1 && (std::string(argv[1]) == "--help" || std::string(argv[1]) == "-h")) {
    std::fputs(help().c_str(), stdout);
    return 0;
  }
  Options options;
  if (auto const problem = read_arguments(argc, argv, options); !problem.empty()) {
    std::fprintf(stderr, "siaga_test_modem: %s (see --help)\n", problem.c_str());
    return 64;
  }
  try {
    return serve(std::move(options));
  } catch (std::exception const& error) {
    std::fprintf(stderr, "siaga_test_modem: %s\n", error.what());
    return 1;
  }
}
