#include "protocols/http/message.hpp"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include "protocols/http/ack_page.hpp"
#include "protocols/http/form.hpp"
#include "tests/http/ask.hpp"
#include "tests/support/catch.hpp"

using namespace siaga;
using namespace siaga::http;

namespace {

Routes sample() {
  Routes routes;
  routes.push_back(route("GET", "/healthz", [] { return text(200, "ok"); }));
  routes.push_back(route("GET", "/a/", [] { return text(200, "link"); }));
  return routes;
}

}  // namespace

TEST_CASE("a whole path fits itself alone", "[http]") {
  auto const routes = sample();
  CHECK(test::ask(routes, "GET", "/healthz").body == "ok\n");
  for (auto const* other : {"/healthz/", "/healthzz", "/health", "/", "", "//healthz", "/HEALTHZ"})
    CHECK(test::ask(routes, "GET", other).status == 404);
}

TEST_CASE("a route may read the query of its request", "[http]") {
  Routes routes;
  routes.push_back(route("GET", "/healthz", [](Request const& request) {
    return text(form_fields(request.query).contains("strict") ? 503 : 200, "degraded");
  }));
  CHECK(test::ask(routes, "GET", "/healthz").status == 200);
  CHECK(test::ask(routes, "GET", "/healthz?strict").status == 503);
  CHECK(test::ask(routes, "GET", "/healthz?strict=1").status == 503);
}

TEST_CASE("a prefix fits exactly one more segment", "[http]") {
  auto const routes = sample();
  CHECK(test::ask(routes, "GET", "/a/token").status == 200);
  for (auto const* other : {"/a", "/a/", "/a/x/y", "/a//", "/a/x/"})
    CHECK(test::ask(routes, "GET", other).status == 404);
}

TEST_CASE("HEAD is served by GET, another method is told it is not allowed", "[http]") {
  auto const routes = sample();
  CHECK(test::ask(routes, "HEAD", "/healthz").status == 200);
  CHECK(test::ask(routes, "POST", "/healthz").status == 405);
}

TEST_CASE("every response forbids storing, framing, scripts and telling where one came from",
          "[http]") {
  auto const head = head_of(text(200, "ok"), 3, "close");
  for (auto const* line :
       {"HTTP/1.1 200 OK\r\n", "\r\nContent-Length: 3\r\n", "\r\nCache-Control: no-store\r\n",
        "\r\nReferrer-Policy: no-referrer\r\n", "\r\nX-Content-Type-Options: nosniff\r\n",
        "\r\nContent-Security-Policy: default-src 'none'; ", "frame-ancestors 'none'",
        "base-uri 'none'", "form-action 'self'", "\r\nConnection: close\r\n"}) {
    INFO(line);
    CHECK_THAT(head, ContainsSubstring(line));
  }
  CHECK(head.ends_with("\r\n\r\n"));
  CHECK(head.find("unsafe-inline") == std::string::npos);
}

TEST_CASE("the policy allows exactly the page's own style", "[http]") {
  auto const page = outcome_page("x", "y");
  auto const from = page.find("<style>") + 7;
  auto const style = page.substr(from, page.find("</style>") - from);
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<unsigned char const*>(style.data()), style.size(), digest);
  unsigned char encoded[64];
  EVP_EncodeBlock(encoded, digest, sizeof digest);
  auto const wanted = "style-src 'sha256-" + std::string(reinterpret_cast<char*>(encoded)) + "'";
  CHECK_THAT(head_of(text(200, ""), 0, "close"), ContainsSubstring(wanted));
}

TEST_CASE("a status has its own phrase", "[http]") {
  for (int const status : {200, 400, 404, 405, 408, 410, 413, 429, 431, 503}) {
    INFO(status);
    CHECK(head_of(text(status, ""), 0, "close").find(" Error\r\n") == std::string::npos);
  }
}

TEST_CASE("a form's fields are decoded, broken escapes stand", "[http]") {
  auto fields = form_fields("code=48%32%31&note=a+b%26c&x=%4&y=%zz&z=%");
  CHECK(fields["code"] == "4821");
  CHECK(fields["note"] == "a b&c");
  CHECK(fields["x"] == "%4");
  CHECK(fields["y"] == "%zz");
  CHECK(fields["z"] == "%");
}

TEST_CASE("a repeated field keeps its first value and fields are bounded", "[http]") {
  CHECK(form_fields("a=1&a=2")["a"] == "1");
  std::string many;
  for (int i = 0; i < 1'000; ++i) many += "k" + std::to_string(i) + "=v&";
  CHECK(form_fields(many).size() == 16);
  CHECK(form_fields("").empty());
}

TEST_CASE("text for HTML has no character of markup left", "[http]") {
  CHECK(escaped(R"(<a href="x">&'</a>)") == "&lt;a href=&quot;x&quot;&gt;&amp;&#39;&lt;/a&gt;");
  CHECK(escaped("Peringatan · AWAS") == "Peringatan · AWAS");
}
