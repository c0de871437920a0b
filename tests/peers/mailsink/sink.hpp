// Sink: the listening side: SMTP, SMTP over TLS and the control port on 127.0.0.1.
//
// Place:  main -> SINK -> conversation, report.
// Thread: one.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <functional>
#include <list>
#include <memory>

#include "tests/peers/mailsink/report.hpp"

namespace siaga::mailsink {

struct Options {
  std::uint16_t port = 0, control_port = 0, smtps_port = 0;
  bool control = true, smtps = false;
  std::string certificate, key;  // PEM files
  Detail detail = Detail::full;
  Offer offer;
};

class Sink {
 public:
  Sink(boost::asio::io_context& io, Options options);

  void listen();                                 // prints the ports; throws when one is taken
  std::string command(std::string const& line);  // the control port's answer, one line

 private:
  using tcp = boost::asio::ip::tcp;
  enum class Kind { smtp, smtps, control };
  struct Door {
    Kind kind;
    tcp::endpoint endpoint;
    std::unique_ptr<tcp::acceptor> acceptor;
  };

  void open(Door& door);
  boost::asio::awaitable<void> accept(Door& door);
  boost::asio::awaitable<void> serve_mail(tcp::socket socket, Kind kind);
  boost::asio::awaitable<void> serve_control(tcp::socket socket);
  template <class Socket>
  boost::asio::awaitable<Conversation::Next> converse(Socket& socket, Conversation& conversation,
                                                      Conversation::Next next, std::string out);
  std::string down();
  std::string up();

  boost::asio::io_context& io_;
  Options options_;
  Script script_;
  Report report_;
  std::shared_ptr<boost::asio::ssl::context> tls_;
  std::list<Door> doors_;
  std::list<std::function<void()>> closers_;  // one per open mail connection
};

// `--help`'s account of the control port.
extern char const* const control_help;

}  // namespace siaga::mailsink
