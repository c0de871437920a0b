#include "gateway/base/log.hpp"

#include <unistd.h>

#include <array>
#include <functional>

#include "tests/support/catch.hpp"

namespace {

// What was written to standard error meanwhile.
std::string heard(std::function<void()> const& say) {
  std::array<int, 2> pipe{};
  REQUIRE(::pipe(pipe.data()) == 0);
  int const before = ::dup(STDERR_FILENO);
  ::dup2(pipe[1], STDERR_FILENO);
  say();
  ::dup2(before, STDERR_FILENO);
  ::close(before);
  ::close(pipe[1]);
  std::string text(4096, 0);
  auto const count = ::read(pipe[0], text.data(), text.size());
  ::close(pipe[0]);
  text.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
  return text;
}

}  // namespace

TEST_CASE("a log line says event and values, quoted where they need it", "[base]") {
  auto const line = heard([] {
    siaga::log::warning("channel_down", {{"channel", "sms"}, {"reason", "it said \"no\""}});
  });
  CHECK(line == "<4>channel_down channel=sms reason=\"it said \\\"no\\\"\"\n");
}

TEST_CASE("nobody's words can drive a terminal that shows the log, or forge a line of it",
          "[base]") {
  auto const line = heard([] {
    siaga::log::error("publish_refused", {{"topic", "siaga/x\n<3>storage_lost"},
                                          {"error", "\x1b[2J\u009b\u202E\xff"}});
  });
  CHECK(line ==
        "<3>publish_refused topic=\"siaga/x <3>storage_lost\" "
        "error=\"\\\\u001B[2J\\\\u009B\\\\u202E\\\\xFF\"\n");
}
