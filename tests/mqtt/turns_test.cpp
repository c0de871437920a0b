#include "protocols/mqtt/turns.hpp"

#include "protocols/mqtt/settings.hpp"
#include "protocols/mqtt/stability.hpp"
#include "tests/support/catch.hpp"

using namespace siaga;
using namespace siaga::mqtt;
using namespace std::chrono_literals;

namespace {

Error const refused(Errc::connect_failed, "closed before CONNACK");
Error const unauthorised(Errc::refused_by_peer, "Not authorized");

Turns begun() {
  Turns turns;
  turns.intake_is(true);
  return turns;
}

}  // namespace

TEST_CASE("no express link tries before intake is up, nor while it is away", "[mqtt]") {
  Turns turns;
  CHECK_FALSE(turns.may_try("a"));
  turns.intake_is(true);
  CHECK(turns.may_try("a"));
  turns.intake_is(false);
  CHECK_FALSE(turns.may_try("a"));
}

TEST_CASE("a refused link rests, and tries again in its turn when intake connects again",
          "[mqtt]") {
  auto turns = begun();
  CHECK(turns.failed("a", refused));
  CHECK(turns.failed("b", refused));
  CHECK_FALSE(turns.may_try("a"));
  CHECK_FALSE(turns.give_next());
  turns.intake_is(false);
  turns.intake_is(true);
  CHECK(turns.give_next());
  CHECK(turns.may_try("a"));
  CHECK_FALSE(turns.may_try("b"));
  CHECK(turns.failed("a", refused));
  CHECK(turns.give_next());
  CHECK(turns.may_try("b"));
  CHECK_FALSE(turns.give_next());
}

TEST_CASE("a reload gives each link at rest one more turn", "[mqtt]") {
  auto turns = begun();
  turns.failed("a", refused);
  turns.look_again();
  CHECK(turns.give_next());
  CHECK(turns.may_try("a"));
}

TEST_CASE("what fails while intake is away, or for another reason, is no refusal", "[mqtt]") {
  Turns turns;
  CHECK_FALSE(turns.failed("a", refused));
  turns.intake_is(true);
  CHECK_FALSE(turns.failed("a", unauthorised));
  CHECK(turns.may_try("a"));
}

TEST_CASE("the refusal is over when the last refused link is up, or no longer wanted", "[mqtt]") {
  auto turns = begun();
  turns.failed("a", refused);
  turns.failed("b", refused);
  CHECK_FALSE(turns.settled("c"));
  CHECK_FALSE(turns.settled("a"));
  CHECK(turns.settled("b"));
  CHECK_FALSE(turns.settled("b"));
}

TEST_CASE("more than three losses within ten seconds of connecting are a trouble", "[mqtt]") {
  using Trouble = Stability::Trouble;
  Stability stability;
  for (int i = 0; i < 3; ++i) CHECK(stability.lost(1s, false) == Trouble::none);
  CHECK(stability.lost(20s, false) == Trouble::none);
  CHECK(stability.lost(9s, false) == Trouble::unstable);
  stability.proven();
  CHECK(stability.lost(1s, false) == Trouble::none);
}

TEST_CASE("a session taken over is a trouble at once", "[mqtt]") {
  Stability stability;
  CHECK(stability.lost(5min, true) == Stability::Trouble::taken);
}

TEST_CASE("a broker's limit below what the agencies want is told with what to do", "[mqtt]") {
  Settings settings;
  CHECK(connections_advice(settings, 64).empty());
  settings.connections_max = 16;
  CHECK(connections_advice(settings, 13).empty());
  CHECK_THAT(connections_advice(settings, 14), ContainsSubstring("raise max_connections"));
  settings.express_max = 0;
  CHECK(connections_advice(settings, 14).empty());
}

TEST_CASE("a response topic that cannot be meant is refused with what to write", "[mqtt]") {
  Settings settings;
  settings.response_topics = {"polres/answers/#", "a/+"};
  CHECK(judge(settings));
  for (std::string const wrong : {"a/#/b", "", "siaga/receipt/#", "$SYS/#", "1/2/3/4/5/6/7/8/9"}) {
    INFO(wrong);
    settings.response_topics = {wrong};
    auto const judged = judge(settings);
    REQUIRE_FALSE(judged);
    CHECK_THAT(judged.error().detail, ContainsSubstring("response_topics"));
  }
}
