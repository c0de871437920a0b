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

Ran run(test::StreamScript script) {
  auto routes = std::make_shared<Routes>();
  routes->push_back(route("GET", "/healthz", [] { return text(200, "ok"); }));
  auto const open = std::make_shared<std::int64_t>(0);
  boost::asio::io_context io;
  Settings settings;
  settings.request_limit = std::chrono::seconds(5);
  auto stream = std::make_unique<test::StreamDouble>(script);
  boost::asio::co_spawn(io, serve(std::move(stream), settings, routes, open),
                        [](std::exception_ptr failure) {
                          if (failure) std::rethrow_exception(failure);
                        });
  io.run();
  return {script.written, script.read_limits, *open};
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

TEST_CASE("a client that reads nothing ends its own session", "[http]") {
  test::StreamScript script;
  script.pieces = {get, get};
  script.writes_taken = 0;
  auto const ran = run(script);
  CHECK(ran.written.empty());
  CHECK(ran.sessions_after == 0);
}
