#include "protocols/sms/modem/tty_stream.hpp"

#include <sys/file.h>
#include <sys/ioctl.h>
#include <termios.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/serial_port.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "gateway/async/time_limit.hpp"

namespace siaga::sms {
namespace asio = boost::asio;
using asio::serial_port;

namespace {

class TtyStream final : public Stream {
 public:
  TtyStream(serial_port port, std::string device)
      : port_(std::move(port)),
        device_(std::move(device)),
        read_limit_(port_.get_executor(), [this] { cancel(); }),
        write_limit_(port_.get_executor(), [this] { cancel(); }) {}

  ~TtyStream() override { TtyStream::close(); }
  TtyStream(TtyStream const&) = delete;
  TtyStream& operator=(TtyStream const&) = delete;

  asio::awaitable<Result<std::size_t>> read_some(std::span<char> into, Limit limit) override {
    read_limit_.start(limit);
    auto const buffer = asio::buffer(into.data(), into.size());
    auto const [ec, bytes] =
        co_await port_.async_read_some(buffer, asio::as_tuple(asio::use_awaitable));
    bool const late = read_limit_.stop();
    if (ec) co_return failure(ec, late, "reading");
    co_return bytes;
  }

  asio::awaitable<Result<void>> write(std::string_view all, Limit limit) override {
    write_limit_.start(limit);
    auto const buffer = asio::buffer(all.data(), all.size());
    auto const [ec, bytes] =
        co_await asio::async_write(port_, buffer, asio::as_tuple(asio::use_awaitable));
    bool const late = write_limit_.stop();
    if (ec) co_return failure(ec, late, "writing");
    co_return Result<void>();
  }

  void close() noexcept override {
    boost::system::error_code ignored;
    if (!port_.is_open()) return;
    ::tcflush(port_.native_handle(), TCIOFLUSH);  // else closing may wait
    ::ioctl(port_.native_handle(), TIOCNXCL);
    port_.close(ignored);
  }
  std::string peer() const override { return device_; }

 private:
  void cancel() {
    boost::system::error_code ignored;
    port_.cancel(ignored);
  }
  Error failure(boost::system::error_code ec, bool late, char const* doing) const {
    auto const text = std::string(doing) + " " + device_ + ": ";
    if (late) return Error(Errc::timed_out, text + "no progress in time");
    return Error(Errc::connection_lost, text + ec.message());
  }

  serial_port port_;
  std::string device_;
  TimeLimit read_limit_;
  TimeLimit write_limit_;
};

constexpr char const* in_use = "(another program holds it: ModemManager, or a second gateway)";

std::string advice(boost::system::error_code ec) {
  if (ec == boost::system::errc::no_such_file_or_directory)
    return " (is the modem plugged in, and the udev rule installed?)";
  if (ec == boost::system::errc::permission_denied)
    return " (may this user open it? the group is usually dialout)";
  if (ec == boost::system::errc::device_or_resource_busy) return std::string(" ") + in_use;
  return {};
}

// Ours alone: for programs that ask (flock), and for those that do not (TIOCEXCL, which does not
// keep root out).
Result<void> take_alone(int fd, std::string const& device) {
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0)
    return Error(Errc::connect_failed, device + " is in use " + in_use);
  if (::ioctl(fd, TIOCEXCL) != 0)
    return Error(Errc::connect_failed, device + ": cannot be had alone");
  return {};
}

}  // namespace

Result<std::unique_ptr<Stream>> open_tty(asio::any_io_executor const& executor,
                                         std::string const& device, unsigned baud,
                                         bool hardware_flow) {
  serial_port port(executor);
  boost::system::error_code ec;
  port.open(device, ec);
  if (ec) return Error(Errc::connect_failed, device + ": " + ec.message() + advice(ec));
  if (auto const alone = take_alone(port.native_handle(), device); !alone) return alone.error();
  auto const flow =
      hardware_flow ? serial_port::flow_control::hardware : serial_port::flow_control::none;
  port.set_option(serial_port::baud_rate(baud), ec);
  if (!ec) port.set_option(serial_port::character_size(8), ec);
  if (!ec) port.set_option(serial_port::parity(serial_port::parity::none), ec);
  if (!ec) port.set_option(serial_port::stop_bits(serial_port::stop_bits::one), ec);
  if (!ec) port.set_option(serial_port::flow_control(flow), ec);
  if (ec) return Error(Errc::connect_failed, device + ": not a serial port: " + ec.message());
  ::tcflush(port.native_handle(), TCIOFLUSH);
  return std::unique_ptr<Stream>(std::make_unique<TtyStream>(std::move(port), device));
}

}  // namespace siaga::sms
