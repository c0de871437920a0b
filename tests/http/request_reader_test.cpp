#include "protocols/http/request_reader.hpp"

#include "tests/support/catch.hpp"

using namespace siaga;
using namespace siaga::http;
using Progress = RequestReader::Progress;

namespace {

Settings small() {
  Settings settings;
  settings.header_bytes_max = 512;
  settings.body_bytes_max = 512;
  return settings;
}

struct Read {
  Progress progress = Progress::more;
  Request request;
  int refusal = 0;
  bool keeps_alive = false;
  std::string left;
};

Read read(std::string bytes, Settings const& settings = small()) {
  RequestReader reader(settings);
  Read done;
  done.progress = reader.take(bytes);
  if (done.progress == Progress::whole) done.request = reader.request();
  done.refusal = reader.refusal();
  done.keeps_alive = reader.keeps_alive();
  done.left = bytes;
  return done;
}

std::string const form = "code=4821&answer=accepted";
std::string const post =
    "POST /a/tok?x=1 HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(form.size()) +
    "\r\n\r\n" + form;

}  // namespace

TEST_CASE("a request is read with its method, its path without the query, and its body", "[http]") {
  auto const done = read(post);
  REQUIRE(done.progress == Progress::whole);
  CHECK(done.request.method == "POST");
  CHECK(done.request.path == "/a/tok");
  CHECK(done.request.body == form);
  CHECK(done.keeps_alive);
}

TEST_CASE("a query is handed over beside the path it follows", "[http]") {
  auto const query_of = [](std::string const& target) {
    auto const done = read("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
    REQUIRE(done.progress == Progress::whole);
    CHECK(done.request.path == "/healthz");
    return done.request.query;
  };
  CHECK(query_of("/healthz").empty());
  CHECK(query_of("/healthz?").empty());
  CHECK(query_of("/healthz?strict") == "strict");
  CHECK(query_of("/healthz?a=1&b=?") == "a=1&b=?");
}

TEST_CASE("a request in any pieces is the same request", "[http]") {
  for (std::size_t piece = 1; piece < post.size(); ++piece) {
    RequestReader reader(small());
    std::string unread;
    auto progress = Progress::more;
    for (std::size_t at = 0; at < post.size(); at += piece) {
      CHECK(progress == Progress::more);
      unread += post.substr(at, piece);
      progress = reader.take(unread);
    }
    INFO("pieces of " << piece);
    REQUIRE(progress == Progress::whole);
    CHECK(reader.request().body == form);
    CHECK(unread.empty());
  }
}

TEST_CASE("what follows a whole request is left for the next", "[http]") {
  auto const done = read(post + "GET /healthz HTTP/1.1\r\n");
  REQUIRE(done.progress == Progress::whole);
  CHECK(done.left == "GET /healthz HTTP/1.1\r\n");
}

TEST_CASE("a chunked body is put together", "[http]") {
  auto const done = read(
      "POST /a/t HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5\r\ncode=\r\n4\r\n4821\r\n0\r\n\r\n");
  REQUIRE(done.progress == Progress::whole);
  CHECK(done.request.body == "code=4821");
}

TEST_CASE("a chunked body in any pieces is the same body", "[http]") {
  std::string const chunked =
      "POST /a/t HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5;x=y\r\ncode=\r\n1\r\n4\r\n3\r\n821\r\n0\r\nX: y\r\n\r\n";
  for (std::size_t piece = 1; piece < chunked.size(); ++piece) {
    RequestReader reader(small());
    std::string unread;
    auto progress = Progress::more;
    for (std::size_t at = 0; at < chunked.size(); at += piece) {
      CHECK(progress == Progress::more);
      unread += chunked.substr(at, piece);
      progress = reader.take(unread);
    }
    INFO("pieces of " << piece);
    REQUIRE(progress == Progress::whole);
    CHECK(reader.request().body == "code=4821");
    CHECK(unread.empty());
  }
}

TEST_CASE("a body beyond the limit is refused before it is read", "[http]") {
  auto const announced = read("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 513\r\n\r\n");
  CHECK(announced.progress == Progress::broken);
  CHECK(announced.refusal == 413);
  auto const chunked =
      read("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n201\r\n" +
           std::string(0x201, 'x') + "\r\n");
  CHECK(chunked.progress == Progress::broken);
  CHECK(chunked.refusal == 413);
}

TEST_CASE("a header beyond the limit is refused, in one piece and in many", "[http]") {
  auto const big = "GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(600, 'x') + "\r\n\r\n";
  CHECK(read(big).refusal == 431);
  RequestReader reader(small());
  std::string unread;
  auto progress = Progress::more;
  for (std::size_t at = 0; at < big.size() && progress == Progress::more; ++at) {
    unread += big[at];
    progress = reader.take(unread);
    REQUIRE(unread.size() <= 1024);
  }
  CHECK(progress == Progress::broken);
  CHECK(reader.refusal() == 431);
}

TEST_CASE("a header line that never ends is not gathered for ever", "[http]") {
  RequestReader reader(small());
  std::string unread;
  auto progress = Progress::more;
  std::size_t sent = 0;
  for (; progress == Progress::more && sent < 100'000; sent += 100) {
    unread += std::string(100, 'x');
    progress = reader.take(unread);
  }
  CHECK(progress == Progress::broken);
  CHECK(sent <= 2'000);
}

TEST_CASE("what is no HTTP is broken", "[http]") {
  for (std::string const bytes :
       {"\x16\x03\x01\x02\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
        "GET / FTP/1.1\r\n\r\n", "G@T / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nTransfer-Encoding: "
        "chunked\r\n\r\n0\r\n\r\n",
        "GET / HTTP/1.1\r\nNo colon\r\n\r\n"}) {
    INFO(bytes);
    auto const done = read(bytes);
    CHECK(done.progress == Progress::broken);
    CHECK(done.refusal == 400);
    CHECK_FALSE(done.keeps_alive);
  }
}

TEST_CASE("a body that two programs could take for two is refused", "[http]") {
  std::string const body = "\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
  for (std::string const framing :
       {"Transfer-Encoding: gzip", "Transfer-Encoding: identity", "Transfer-Encoding: ",
        "Transfer-Encoding: chunked, identity", "Transfer-Encoding: identity, chunked",
        "Transfer-Encoding: chunked, chunked", "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunked;q=1", "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: gzip\r\nContent-Length: 5", "Content-Length: 5, 5",
        "Content-Length: 5\r\nTransfer-Encoding: gzip", "Content-Length: 5\r\nContent-Length: 5",
        "Transfer-Encoding : chunked",
        "Transfer-Encoding:\x0b"
        "chunked"}) {
    INFO(framing);
    auto const done = read("POST / HTTP/1.1\r\nHost: h\r\n" + framing + body);
    CHECK(done.progress == Progress::broken);
    CHECK(done.refusal == 400);
    CHECK_FALSE(done.keeps_alive);
  }
  for (auto const* framing : {"Transfer-Encoding: chunked", "transfer-encoding: Chunked "}) {
    CHECK(read("POST / HTTP/1.0\r\n" + std::string(framing) + body).refusal == 400);
    CHECK(read("POST / HTTP/1.0\r\n" + std::string(framing) + body).progress == Progress::broken);
    CHECK(read("POST / HTTP/1.1\r\nHost: h\r\n" + std::string(framing) + body).request.body ==
          "hello");
  }
}

// Given byte by byte, it is refused before it has become much longer than the limit.
std::size_t taken_before_refusal(std::string const& head, std::string const& endless) {
  RequestReader reader(small());
  std::string unread = head;
  auto progress = reader.take(unread);
  std::size_t sent = head.size();
  for (std::size_t at = 0; progress == Progress::more && sent < 100'000; ++at, ++sent) {
    unread += endless[at % endless.size()];
    progress = reader.take(unread);
    REQUIRE(unread.size() <= 1024);
  }
  CHECK(progress == Progress::broken);
  CHECK((reader.refusal() == 431 || reader.refusal() == 413));
  return sent;
}

TEST_CASE("each part of a request counts into a limit while it is read", "[http]") {
  std::string const chunked = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  CHECK(taken_before_refusal("GET /", "x") <= 600);
  CHECK(taken_before_refusal("GET / HTTP/1.1\r\nHost: h\r\nX: ", "x") <= 600);
  CHECK(taken_before_refusal("GET / HTTP/1.1\r\nHost: h\r\n", "X: y\r\n") <= 600);
  CHECK(taken_before_refusal(chunked + "1;", "x") <= 600);
  CHECK(taken_before_refusal(chunked, "1;ext=abcdefgh\r\nx\r\n") <= 700);
  CHECK(taken_before_refusal(chunked + "0;", "x") <= 600);
  CHECK(taken_before_refusal(chunked + "0\r\n", "X: y\r\n") <= 600);
  CHECK(taken_before_refusal(chunked, "0000000000000000") <= 600);
}

TEST_CASE("a header has no more than 64 fields, its trailer among them", "[http]") {
  auto const fields = [](int count) {
    std::string all;
    for (int i = 0; i < count; ++i) all += "X:\r\n";
    return all;
  };
  CHECK(read("GET / HTTP/1.1\r\nHost: h\r\n" + fields(63) + "\r\n").progress == Progress::whole);
  CHECK(read("GET / HTTP/1.1\r\nHost: h\r\n" + fields(64) + "\r\n").refusal == 431);
  auto const trailed =
      read("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + fields(63) +
           "\r\n");
  CHECK(trailed.progress == Progress::broken);
  CHECK(trailed.refusal == 431);
}

TEST_CASE("what a trailer says of the client is not believed", "[http]") {
  RequestReader reader(small());
  std::string bytes =
      "POST / HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 192.0.2.1\r\nx-forwarded-for: 192.0.2.2\r\n"
      "Transfer-Encoding: chunked\r\n\r\n0\r\nX-Forwarded-For: 192.0.2.3\r\n\r\n";
  REQUIRE(reader.take(bytes) == Progress::whole);
  CHECK(reader.forwarded_for() == "192.0.2.1,192.0.2.2");
}

TEST_CASE("a request of HTTP/1.1 names its host exactly once", "[http]") {
  CHECK(read("GET / HTTP/1.1\r\n\r\n").progress == Progress::broken);
  CHECK(read("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n").progress == Progress::broken);
  CHECK(read("GET / HTTP/1.0\r\n\r\n").progress == Progress::whole);
}

TEST_CASE("an old client, or one that says so, is not kept", "[http]") {
  CHECK_FALSE(read("GET / HTTP/1.0\r\n\r\n").keeps_alive);
  CHECK_FALSE(read("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").keeps_alive);
}
