#include "protocols/http/session.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "tests/http/stream_double.hpp"
#include "tests/support/catch.hpp"

using namespace siaga;
using namespace siaga::http;

namespace {

struct Ran {
  std::string written;
  std::vector<Stream::Limit> read_limits;
  std::int64_t sessions_after = 0;
};

Settings patient() {
  Settings settings;
  settings.idle_limit = std::chrono::seconds(5);
  settings.request_limit = std::chrono::seconds(10);
  return settings;
}

Ran run(test::StreamScript script, Settings const& settings = patient()) {
  Routes routes;
  routes.push_back(route("GET", "/healthz", [] { return text(200, "ok"); }));
  routes.push_back(route("POST", "/who", [](Request const& request) {
    return text(200, request.client + " sent " + request.body);
  }));
  auto const serving = std::make_shared<Serving>(settings, std::move(routes));
  serving->trusted = *Networks::parse("trusted_proxy", settings.trusted_proxy);
  boost::asio::io_context io;
  auto stream = std::make_unique<test::StreamDouble>(script);
  auto place = place_for(*serving, *stream);
  boost::asio::co_spawn(io, serve(std::move(stream), std::move(place), serving),
                        [](std::exception_ptr failure) {
                          if (failure) std::rethrow_exception(failure);
                        });
  io.run();
  return {script.written, script.read_limits, serving->connections.open()};
}

Ran run_pieces(std::deque<std::string> pieces) {
  test::StreamScript script;
  script.pieces = std::move(pieces);
  return run(std::move(script));
}

std::size_t responses(std::string const& written) {
  std::size_t found = 0;
  for (auto at = written.find("HTTP/1.1 "); at != std::string::npos;
       at = written.find("HTTP/1.1 ", at + 1))
    ++found;
  return found;
}

std::string const get = "GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n";

}  // namespace

TEST_CASE("a request is answered and the connection kept for the next", "[http]") {
  auto const ran = run_pieces({get, get});
  CHECK(responses(ran.written) == 2);
  CHECK_THAT(ran.written, ContainsSubstring("HTTP/1.1 200 OK"));
  CHECK_THAT(ran.written, ContainsSubstring("Connection: keep-alive"));
  CHECK_THAT(ran.written, ContainsSubstring("\r\n\r\nok\n"));
  CHECK(ran.sessions_after == 0);
}

TEST_CASE("requests sent at once are answered in turn", "[http]") {
  CHECK(responses(run_pieces({get + get + get}).written) == 3);
}

TEST_CASE("HEAD gets the same headers and no body", "[http]") {
  auto const ran = run_pieces({"HEAD /healthz HTTP/1.1\r\nHost: h\r\n\r\n"});
  CHECK_THAT(ran.written, ContainsSubstring("Content-Length: 3"));
  CHECK(ran.written.ends_with("\r\n\r\n"));
}

TEST_CASE("a client that wants to go is let go", "[http]") {
  auto const ran =
      run_pieces({"GET /healthz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", get});
  CHECK(responses(ran.written) == 1);
  CHECK_THAT(ran.written, ContainsSubstring("Connection: close"));
}

TEST_CASE("what cannot be read is refused, and nothing after it is read", "[http]") {
  auto const ran = run_pieces({"rubbish\r\n\r\n" + get, get});
  CHECK(responses(ran.written) == 1);
  CHECK_THAT(ran.written, ContainsSubstring("HTTP/1.1 400 Bad Request"));
  CHECK_THAT(ran.written, ContainsSubstring("Connection: close"));
}

TEST_CASE("unknown paths and methods are told apart, with the methods there are", "[http]") {
  CHECK_THAT(run_pieces({"GET /x HTTP/1.1\r\nHost: h\r\n\r\n"}).written,
             ContainsSubstring("HTTP/1.1 404 Not Found"));
  auto const refused = run_pieces({"DELETE /healthz HTTP/1.1\r\nHost: h\r\n\r\n"}).written;
  CHECK_THAT(refused, ContainsSubstring("HTTP/1.1 405 Method Not Allowed"));
  CHECK_THAT(refused, ContainsSubstring("\r\nAllow: GET, HEAD\r\n"));
}

TEST_CASE("a request that does not arrive in time is told so", "[http]") {
  test::StreamScript script;
  script.pieces = {"GET /healthz HT"};
  script.after_pieces = Errc::timed_out;
  CHECK_THAT(run(script).written, ContainsSubstring("HTTP/1.1 408 Request Timeout"));
}

TEST_CASE("a connection that stays silent is closed without a word", "[http]") {
  test::StreamScript script;
  script.after_pieces = Errc::timed_out;
  auto const ran = run(script);
  CHECK(ran.written.empty());
  CHECK(ran.sessions_after == 0);
}

TEST_CASE("byte by byte does not buy more time", "[http]") {
  std::deque<std::string> bytes;
  for (char const c : get) bytes.emplace_back(1, c);
  auto const ran = run_pieces(std::move(bytes));
  CHECK(responses(ran.written) == 1);
  REQUIRE(ran.read_limits.size() > 10);
  for (std::size_t i = 1; i < get.size(); ++i) CHECK(ran.read_limits[i] <= ran.read_limits[i - 1]);
}

TEST_CASE("a header has the idle limit, what follows it the request limit", "[http]") {
  std::string const post = "POST /who HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\n";
  auto const ran = run_pieces({post.substr(0, 10), post.substr(10), "bo", "dy"});
  CHECK_THAT(ran.written, ContainsSubstring("sent body"));
  REQUIRE(ran.read_limits.size() >= 4);
  CHECK(ran.read_limits[1] <= std::chrono::seconds(5));
  CHECK(ran.read_limits[2] > std::chrono::seconds(5));
  CHECK(ran.read_limits[3] <= ran.read_limits[2]);
  CHECK(ran.read_limits[2] <= std::chrono::seconds(10));
}

TEST_CASE("a connection serves so many requests and no more", "[http]") {
  auto settings = patient();
  settings.requests_max = 3;
  test::StreamScript script;
  script.pieces = {get, get, get, get, get};
  auto const ran = run(std::move(script), settings);
  CHECK(responses(ran.written) == 3);
  auto const last = ran.written.substr(ran.written.rfind("HTTP/1.1 "));
  CHECK_THAT(last, ContainsSubstring("Connection: close"));
}

TEST_CASE("who a request counts for is told by its proxy, when that one is trusted", "[http]") {
  std::string const post =
      "POST /who HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 198.51.100.9, 203.0.113.7\r\n"
      "Content-Length: 2\r\n\r\nhi";
  test::StreamScript script;
  script.pieces = {post};
  CHECK_THAT(run(script).written, ContainsSubstring("192.0.2.1 sent hi"));
  auto settings = patient();
  settings.trusted_proxy = {"192.0.2.0/24"};
  CHECK_THAT(run(script, settings).written, ContainsSubstring("203.0.113.7 sent hi"));
}

TEST_CASE("a client that reads nothing ends its own session", "[http]") {
  test::StreamScript script;
  script.pieces = {get, get};
  script.writes_taken = 0;
  auto const ran = run(script);
  CHECK(ran.written.empty());
  CHECK(ran.sessions_after == 0);
}
