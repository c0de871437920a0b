#include "protocols/http/server.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <thread>

#include "tests/support/catch.hpp"

using namespace siaga;
using namespace siaga::http;
using boost::asio::ip::tcp;
namespace asio = boost::asio;

namespace {

struct Running {
  asio::io_context io{1};
  Server server;
  std::thread thread;

  explicit Running(Settings settings) : server(io.get_executor(), std::move(settings), routes()) {
    REQUIRE(server.open());
    server.start();
    thread = std::thread([this] { io.run(); });
  }
  ~Running() {
    io.stop();
    thread.join();
  }
  static Routes routes() {
    Routes all;
    all.push_back(route("GET", "/healthz", [] { return text(200, "ok"); }));
    return all;
  }
};

Settings settings() {
  Settings settings;
  settings.listen = "127.0.0.1:0";
  settings.request_limit = std::chrono::milliseconds(500);
  return settings;
}

struct Client {
  asio::io_context io;
  tcp::socket socket{io};
  explicit Client(std::uint16_t port) { socket.connect({asio::ip::address_v4::loopback(), port}); }
  void say(std::string_view text) {
    boost::system::error_code ignored;
    asio::write(socket, asio::buffer(text), ignored);
  }
  std::string rest() {
    std::string all;
    boost::system::error_code end;
    asio::read(socket, asio::dynamic_buffer(all), end);
    return all;
  }
};

}  // namespace

TEST_CASE("the server answers on the port it was given", "[http]") {
  Running running(settings());
  Client client(running.server.port());
  client.say("GET /healthz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  CHECK_THAT(client.rest(), ContainsSubstring("ok\n"));
}

TEST_CASE("half a request is ended by its limit, others are served meanwhile", "[http]") {
  Running running(settings());
  Client slow(running.server.port());
  slow.say("GET /heal");
  Client quick(running.server.port());
  quick.say("GET /healthz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  CHECK_THAT(quick.rest(), ContainsSubstring("200 OK"));
  CHECK_THAT(slow.rest(), ContainsSubstring("408 Request Timeout"));
}

TEST_CASE("one connection too many is closed, and the place is free again later", "[http]") {
  auto small = settings();
  small.connections_max = 1;
  Running running(small);
  Client first(running.server.port());
  first.say("GET /heal");
  Client second(running.server.port());
  CHECK(second.rest().empty());
  CHECK_THAT(first.rest(), ContainsSubstring("408"));
  Client third(running.server.port());
  third.say("GET /healthz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  CHECK_THAT(third.rest(), ContainsSubstring("200 OK"));
}

TEST_CASE("an address that cannot be listened on is named with what to do", "[http]") {
  asio::io_context io;
  for (auto const* wrong : {"", "8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:http",
                            "127.0.0.1:99999", "localhost:8080", "127.0.0.1:80x"}) {
    auto one = settings();
    one.listen = wrong;
    Server server(io.get_executor(), one, {});
    auto const opened = server.open();
    INFO(wrong);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().is(Errc::invalid_configuration));
  }
  Running running(settings());
  auto taken = settings();
  taken.listen = "127.0.0.1:" + std::to_string(running.server.port());
  Server server(io.get_executor(), taken, {});
  auto const opened = server.open();
  REQUIRE_FALSE(opened);
  CHECK(opened.error().is(Errc::unavailable));
}
