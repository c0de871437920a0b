#include "tests/journal/desk.hpp"

namespace siaga::test {
namespace {

struct LogWords {
  Desk desk;
  std::string detail(char const* kind) {
    return desk.ask<std::string>("SELECT detail FROM log WHERE kind = ? ORDER BY seq DESC", kind);
  }
};

}  // namespace

TEST_CASE("a row of the log holds nobody's words so that they are obeyed", "[journal]") {
  LogWords log;
  GatewayEvent const event("said", "by=\x1b[2J\u202E\u009B\r\nkind=\x7f\xff");
  log.desk.get(log.desk.journal().write_event(event, log.desk.now()));
  CHECK(log.detail("said") == "by=\\u001B[2J\\u202E\\u009B  kind=\\u007F\\xFF");
}

TEST_CASE("a network's words stand in the log without what a terminal obeys", "[journal]") {
  LogWords log;
  auto& desk = log.desk;
  desk.raise("a-1", plan_for(recipients(1, 1)));
  auto const claimed = desk.claim();
  REQUIRE(claimed.size() == 1);
  desk.record(claimed[0], Failed("550 \x1b]0;owned\x07 \u2066no\u2069"));
  CHECK_THAT(log.detail("attempted"), ContainsSubstring("550 \\u001B]0;owned\\u0007"));
  CHECK_THAT(log.detail("attempted"), !ContainsSubstring("\x1b"));
  CHECK_THAT(log.detail("attempted"), !ContainsSubstring("\u2066"));
}

}  // namespace siaga::test
