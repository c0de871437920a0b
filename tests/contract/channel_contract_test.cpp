#include <algorithm>
#include <cctype>
#include <set>

#include "gateway/app/registry.hpp"
#include "tests/contract/channel_fixtures.hpp"
#include "tests/support/catch.hpp"

namespace siaga::contract {
namespace {

using std::chrono::seconds;

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

// Runs `check` for every kind the registry knows, and names the kind when it fails.
template <class Check>
void each_kind(Check const& check) {
  for (auto const& kind : channel_kinds()) {
    INFO("kind " << kind.kind);
    check(kind);
  }
}

}  // namespace

TEST_CASE("every kind of channel in the registry has a fixture here", "[contract]") {
  std::set<std::string> registered, known;
  for (auto const& kind : channel_kinds()) registered.insert(kind.kind);
  for (auto const& [kind, settings] : fixtures()) known.insert(kind);
  CHECK(registered == known);
}

TEST_CASE("every setting of a channel says what it does and takes its own default", "[contract]") {
  each_kind([](ChannelKind const& kind) {
    auto settings = kind.default_settings();
    std::set<std::string> keys;
    for (auto const& field : kind.fields->all()) {
      INFO("setting " << field.key);
      CHECK(keys.insert(field.key).second);
      CHECK(field.sentence.size() > 10);
      CHECK_NOTHROW(field.set(kind.settings_of(settings), field.default_value));
    }
  });
}

TEST_CASE("a channel previews before it runs, the same each time, its mark first", "[contract]") {
  each_kind([](ChannelKind const& kind) {
    Bench bench(kind);
    auto const message = an_exercise(kind);
    auto const shown = bench.channel().preview(message);
    CHECK(shown == bench.channel().preview(message));
    auto const text = lower(shown);
    INFO(shown);
    for (auto const* part : {"latihan", "siaga", "unjuk rasa", "lok tuan", "titik kumpul"})
      CHECK_THAT(text, ContainsSubstring(part));
    CHECK(text.find("latihan") < text.find("siaga"));
    CHECK(text.find("latihan") < text.find("unjuk rasa"));
  });
}

TEST_CASE("a channel carries at least one message at a time and is down before it runs",
          "[contract]") {
  each_kind([](ChannelKind const& kind) {
    Bench bench(kind);
    CHECK(bench.channel().width() >= 1);
    CHECK(bench.channel().state() != LinkState::up);
    CHECK_FALSE(bench.channel().tried_once());
  });
}

TEST_CASE("a peer that is away is said to be, with the reason, after the first try", "[contract]") {
  each_kind([](ChannelKind const& kind) {
    Bench bench(kind);
    bench.start();
    REQUIRE(bench.until([&] { return bench.channel().tried_once(); }, seconds(10)));
    CHECK(bench.until([&] { return bench.channel().state() == LinkState::down; }, seconds(10)));
    CHECK_THAT(bench.channel().state_reason(), ContainsSubstring("127.0.0.1"));
  });
}

TEST_CASE("a send to a peer that is away ends in time, for all the channel, not for the message",
          "[contract]") {
  each_kind([](ChannelKind const& kind) {
    Bench bench(kind);
    bench.start();
    REQUIRE(bench.until([&] { return bench.channel().tried_once(); }, seconds(10)));
    bench.begin_send(an_exercise(kind), seconds(15));
    REQUIRE(bench.until([&] { return bench.outcome().has_value(); }, seconds(20)));
    REQUIRE(std::holds_alternative<FailedTemporarily>(*bench.outcome()));
    auto const& failed = std::get<FailedTemporarily>(*bench.outcome());
    CHECK(failed.whole_channel);
    CHECK_FALSE(failed.reason.empty());
  });
}

TEST_CASE("stop ends a channel within seconds although its peer is away", "[contract]") {
  each_kind([](ChannelKind const& kind) {
    Bench bench(kind);
    bench.start();
    REQUIRE(bench.until([&] { return bench.channel().tried_once(); }, seconds(10)));
    bench.begin_send(an_exercise(kind), seconds(60));
    bench.channel().stop();
    CHECK(bench.until([&] { return bench.ended() && bench.outcome().has_value(); }, seconds(10)));
    if (bench.outcome()) CHECK_FALSE(std::holds_alternative<Sent>(*bench.outcome()));
  });
}

}  // namespace siaga::contract
