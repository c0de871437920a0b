// Pty: the test modem's port: a pseudo terminal, raw, that can be unplugged.
//
// Place:  main.cpp. The other end is opened by whoever is tested, by device() or by the link.
#pragma once

#include <boost/asio/posix/stream_descriptor.hpp>
#include <optional>
#include <string>

namespace siaga::simmodem {

class Pty {
 public:
  Pty(boost::asio::io_context& io, std::string link) : io_(io), link_(std::move(link)) {}
  ~Pty() { unplug(); }
  Pty(Pty const&) = delete;
  Pty& operator=(Pty const&) = delete;

  void plug();  // throws std::runtime_error
  void unplug();
  bool is_plugged() const { return master_.has_value(); }
  boost::asio::posix::stream_descriptor& master() { return *master_; }
  std::string const& device() const { return device_; }

 private:
  boost::asio::io_context& io_;
  std::string link_;
  std::string device_;
  std::optional<boost::asio::posix::stream_descriptor> master_;
  int slave_ = -1;  // held open, so that the port outlives whoever opens it
};

}  // namespace siaga::simmodem
