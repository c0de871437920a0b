// Control: lines on the control port that change the test SMSC while it runs.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/streambuf.hpp>
#include <memory>

#include "tests/peers/smsc/smsc.hpp"

namespace siaga::smsc {

class Control : public std::enable_shared_from_this<Control> {
 public:
  Control(boost::asio::ip::tcp::socket socket, Smsc& smsc)
      : socket_(std::move(socket)), smsc_(smsc) {}
  void start();

 private:
  std::string obey(std::string const& line);  // the answer, with its newline

  boost::asio::ip::tcp::socket socket_;
  Smsc& smsc_;
  boost::asio::streambuf input_{65536};
  std::string answer_;
};

}  // namespace siaga::smsc
