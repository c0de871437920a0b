#include "protocols/http/server.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <thread>

#include <fstream>

#include "gateway/async/spawn.hpp"
#include "tests/email/certificate.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

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
  settings.idle_limit = settings.request_limit = std::chrono::milliseconds(500);
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

TEST_CASE("one connection too many ends the one that has been silent longest", "[http]") {
  auto small = settings();
  small.connections_max = 2;
  small.idle_limit = std::chrono::minutes(1);
  Running running(small);
  Client first(running.server.port());
  first.say("GET /heal");
  Client second(running.server.port());
  second.say("GET /heal");
  Client third(running.server.port());
  CHECK(first.rest().empty());
  for (auto* client : {&second, &third}) client->say(client == &second ? "thz" : "GET /healthz");
  for (auto* client : {&second, &third}) {
    client->say(" HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    CHECK_THAT(client->rest(), ContainsSubstring("200 OK"));
  }
}

TEST_CASE("hundreds of silent connections keep nobody out", "[http]") {
  auto small = settings();
  small.connections_max = 64;
  small.idle_limit = std::chrono::minutes(1);
  Running running(small);
  std::vector<std::unique_ptr<Client>> silent;
  for (int i = 0; i < 300; ++i) silent.push_back(std::make_unique<Client>(running.server.port()));
  for (int i = 0; i < 20; ++i) {
    Client client(running.server.port());
    client.say("GET /healthz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    CHECK_THAT(client.rest(), ContainsSubstring("200 OK"));
  }
}

TEST_CASE("a connection that stays silent is closed after the idle limit", "[http]") {
  Running running(settings());
  Client silent(running.server.port());
  auto const began = std::chrono::steady_clock::now();
  CHECK(silent.rest().empty());
  CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(5));
}

// What a TLS client that trusts `ca_file` hears, or why it hears nothing.
asio::awaitable<void> ask_by_tls(std::uint16_t port, std::string ca_file, std::string& heard) {
  auto plain = co_await connect_tcp("127.0.0.1", port, std::chrono::seconds(5));
  if (!plain) co_return;
  TlsSettings tls;
  tls.ca_file = std::move(ca_file);
  tls.server_name = "127.0.0.1";
  auto stream = co_await start_tls(std::move(*plain), tls, std::chrono::seconds(5));
  if (!stream) heard = stream.error().text();
  if (!stream) co_return;
  std::string const request = "GET /healthz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
  (void)co_await (*stream)->write(request, std::chrono::seconds(5));
  std::array<char, 4096> buffer;
  for (;;) {
    auto const bytes = co_await (*stream)->read_some(buffer, std::chrono::seconds(5));
    if (!bytes) co_return;
    heard.append(buffer.data(), *bytes);
  }
}

std::string heard_by_tls(std::uint16_t port, std::string const& ca_file) {
  std::string heard;
  asio::io_context io;
  spawn(io.get_executor(), "client", ask_by_tls(port, ca_file, heard));
  io.run();
  return heard;
}

TEST_CASE("with a certificate the server speaks TLS, and takes a renewed one without a restart",
          "[http]") {
  test::TempDir dir;
  auto const made = email::test::make_certificate(dir.path(), "first", "IP:127.0.0.1");
  auto const renewed = email::test::make_certificate(dir.path(), "second", "IP:127.0.0.1");
  auto secure = settings();
  secure.idle_limit = std::chrono::seconds(5);
  secure.cert_file = dir.path() + "/live.pem";
  secure.key_file = dir.path() + "/live.key";
  auto const put = [&](email::test::CertificateFiles const& files) {
    auto const all = std::filesystem::copy_options::overwrite_existing;
    std::filesystem::copy_file(files.certificate, secure.cert_file, all);
    std::filesystem::copy_file(files.key, secure.key_file, all);
  };
  put(made);
  Running running(secure);
  auto const port = running.server.port();
  CHECK_THAT(heard_by_tls(port, made.certificate), ContainsSubstring("ok\n"));
  Client plain(port);
  plain.say("GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n");
  CHECK(plain.rest().find("ok\n") == std::string::npos);
  put(renewed);
  CHECK_THAT(heard_by_tls(port, renewed.certificate), ContainsSubstring("ok\n"));
  std::ofstream(secure.cert_file) << "half a certificate";
  CHECK_THAT(heard_by_tls(port, renewed.certificate), ContainsSubstring("ok\n"));
}

TEST_CASE("a handshake that does not come is ended by the idle limit", "[http]") {
  test::TempDir dir;
  auto const made = email::test::make_certificate(dir.path(), "own", "IP:127.0.0.1");
  auto secure = settings();
  secure.cert_file = made.certificate;
  secure.key_file = made.key;
  Running running(secure);
  Client silent(running.server.port());
  CHECK(silent.rest().empty());
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
