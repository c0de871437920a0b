#include "tests/sms/modem/test_modem.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace siaga::sms {
namespace asio = boost::asio;
namespace {

std::vector<std::string> command_line(std::string const& directory,
                                      std::vector<std::string> const& options) {
  std::vector<std::string> line{SIAGA_TEST_MODEM, "--link", directory + "/modem"};
  line.insert(line.end(), options.begin(), options.end());
  return line;
}

// All of this program's tests need a terminal.
[[noreturn]] void skip() {
  std::puts("skipped: no pseudo terminal to be had here (is /dev/pts mounted?)");
  std::fflush(stdout);
  std::_Exit(77);
}

}  // namespace

TestModem::TestModem(std::vector<std::string> const& options)
    : child_(command_line(directory_.path(), options)) {
  auto const line = child_.line_with("control ", seconds(10));
  if (!line && child_.output().find("no pseudo terminal") != std::string::npos) skip();
  if (!line) throw std::runtime_error("the test modem did not start: " + child_.output());
  control_ = static_cast<std::uint16_t>(std::stoi(line->substr(8)));
}

std::string TestModem::command(std::string const& line) {
  asio::io_context io;
  asio::ip::tcp::socket socket(io);
  socket.connect({asio::ip::address_v4::loopback(), control_});
  asio::write(socket, asio::buffer(line + "\n"));
  asio::streambuf answer;
  asio::read_until(socket, answer, '\n');
  return {asio::buffers_begin(answer.data()), asio::buffers_end(answer.data())};
}

}  // namespace siaga::sms
