#include "protocols/radio/voice_channel.hpp"

#include <boost/asio/co_spawn.hpp>

#include "tests/radio/doubles.hpp"
#include "tests/support/catch.hpp"

namespace {
using namespace siaga;
using namespace siaga::radio;
namespace asio = boost::asio;
using siaga::radio::test::an_alert;
using siaga::radio::test::Story;
using siaga::radio::test::Studio;

FailedTemporarily const& temporary(SendOutcome const& outcome) {
  REQUIRE(std::holds_alternative<FailedTemporarily>(outcome));
  return std::get<FailedTemporarily>(outcome);
}
}  // namespace

TEST_CASE("the key is pressed when the sound is ready and let go before it counts as sent",
          "[radio]") {
  Studio studio;
  auto const outcome = studio.send(an_alert());
  REQUIRE(std::holds_alternative<Sent>(outcome));
  CHECK(std::get<Sent>(outcome).references == std::vector<std::string>{"7-1"});
  CHECK(studio.story == Story{"ready", "key", "play", "unkey", "finish"});
  CHECK(studio.sink->last.aired.size() == 1);
}

TEST_CASE("what is previewed is what is spoken", "[radio]") {
  Studio studio;
  auto const shown = studio.channel->preview(an_alert());
  (void)studio.send(an_alert());
  REQUIRE(studio.speech->texts.size() == 2);
  CHECK(shown == studio.speech->texts[0] + '\n' + studio.speech->texts[1]);
}

TEST_CASE("an expired alert is never keyed", "[radio]") {
  Studio studio;
  auto message = an_alert();
  message.expires = studio.clock.utc_now();
  auto const outcome = studio.send(message);
  REQUIRE(std::holds_alternative<Failed>(outcome));
  CHECK(std::get<Failed>(outcome).reason == "expired");
  CHECK(studio.story.empty());
}

TEST_CASE("an alert that ends while it is spoken into sound is never keyed", "[radio]") {
  Studio studio;
  auto const message = an_alert();
  message.permission.hold();
  auto const outcome = studio.send(message);
  CHECK(temporary(outcome).whole_channel);
  CHECK(message.permission.refused());
  CHECK(studio.story.empty());
}

TEST_CASE("an alert that expires between two keyings is not said again", "[radio]") {
  Studio studio;
  studio.sink->real_time = true;
  studio.speech->length = milliseconds(30000);
  auto message = an_alert();
  message.expires = studio.clock.utc_now() + milliseconds(33500);
  auto const outcome = studio.send(message);
  CHECK(std::holds_alternative<Sent>(outcome));
  CHECK(studio.story == Story{"ready", "key", "play", "unkey", "finish"});
}

TEST_CASE("a long alert is keyed twice, with a pause for others between", "[radio]") {
  Studio studio;
  studio.sink->real_time = true;
  studio.speech->length = milliseconds(30000);
  auto const before = studio.clock.steady_now();
  CHECK(std::holds_alternative<Sent>(studio.send(an_alert())));
  CHECK(studio.story ==
        Story{"ready", "key", "play", "unkey", "ready", "key", "play", "unkey", "finish"});
  CHECK(studio.clock.steady_now() - before >= milliseconds(66000));
}

TEST_CASE("without a voice nothing is keyed and the whole channel waits", "[radio]") {
  Studio studio;
  studio.speech->failure = Error(Errc::unavailable, "program 'espeak-ng' is not installed");
  auto const outcome = studio.send(an_alert());
  CHECK(temporary(outcome).whole_channel);
  CHECK_THAT(temporary(outcome).reason, ContainsSubstring("espeak-ng"));
  CHECK(studio.story.empty());
  CHECK(studio.channel->state() == LinkState::down);
  CHECK_THAT(studio.channel->state_reason(), ContainsSubstring("espeak-ng"));
}

TEST_CASE("a text that cannot be spoken holds up no other", "[radio]") {
  Studio studio;
  studio.speech->failure = Error(Errc::child_failed, "'espeak-ng' ended with code 1");
  CHECK_FALSE(temporary(studio.send(an_alert())).whole_channel);
  studio.speech->failure.reset();
  CHECK(std::holds_alternative<Sent>(studio.send(an_alert())));
}

TEST_CASE("while the rig is down nothing is spoken into the void", "[radio]") {
  Studio studio;
  studio.ptt->link = LinkState::down;
  auto const outcome = studio.send(an_alert());
  CHECK(temporary(outcome).whole_channel);
  CHECK(temporary(outcome).reason == "PTT trouble");
  CHECK(studio.speech->texts.empty());
  CHECK(studio.story.empty());
}

TEST_CASE("a sink that is not ready is found before the key is pressed", "[radio]") {
  Studio studio;
  studio.sink->not_ready = Error(Errc::unavailable, "cannot write /air");
  CHECK(temporary(studio.send(an_alert())).whole_channel);
  CHECK(studio.story == Story{"ready"});
  CHECK_THAT(studio.channel->state_reason(), ContainsSubstring("/air"));
}

TEST_CASE("a rig that refuses is reported and nothing is played", "[radio]") {
  Studio studio;
  studio.ptt->key_failure = Error(Errc::refused_by_peer, "rig refused PTT on (RPRT -1)");
  auto const outcome = studio.send(an_alert());
  CHECK(temporary(outcome).whole_channel);
  CHECK_THAT(temporary(outcome).reason, ContainsSubstring("rig refused PTT"));
  CHECK(studio.story == Story{"ready", "key"});
}

TEST_CASE("losing the key in mid-speech ends the transmission and counts as a try", "[radio]") {
  Studio studio;
  studio.sink->while_playing = [&] { studio.ptt->up = false; };
  studio.ptt->unkey_failure =
      Error(Errc::connection_lost, "PTT was dropped during the transmission");
  auto const outcome = studio.send(an_alert());
  CHECK_FALSE(temporary(outcome).whole_channel);
  CHECK(studio.story == Story{"ready", "key", "play", "unkey"});
}

TEST_CASE("a transmission whose key is not known to be up again is no success", "[radio]") {
  Studio studio;
  studio.ptt->unkey_failure = Error(Errc::unavailable, "PTT may be stuck");
  studio.sink->while_playing = [&] { studio.ptt->link = LinkState::degraded; };
  CHECK_THAT(temporary(studio.send(an_alert())).reason, ContainsSubstring("PTT may be stuck"));
  CHECK(studio.channel->state() == LinkState::degraded);
}

TEST_CASE("an exception in the sink lets go of the key", "[radio]") {
  Studio studio;
  studio.sink->while_playing = [] { throw std::runtime_error("sound card on fire"); };
  CHECK_THROWS(studio.send(an_alert()));
  CHECK(studio.story.back() == "drop");
}

TEST_CASE("a transmission destroyed in mid-speech lets go of the key", "[radio]") {
  Studio studio;
  studio.sink->real_time = true;
  Story seen;
  {
    asio::io_context other;
    auto const message = an_alert();
    auto const done = [](std::exception_ptr, SendOutcome) {};
    asio::co_spawn(other, studio.channel->send(message, milliseconds(60000)), done);
    other.poll();
    CHECK(studio.ptt->up);
  }
  CHECK(studio.story.back() == "drop");
  CHECK_FALSE(studio.ptt->up);
}

TEST_CASE("stopping takes the message off the air, to be sent another time", "[radio]") {
  Studio studio;
  studio.sink->while_playing = [&] { studio.channel->stop(); };
  auto const outcome = studio.send(an_alert());
  CHECK(temporary(outcome).whole_channel);
  CHECK(temporary(outcome).reason == "stopping");
  CHECK(studio.story == Story{"ready", "key", "play", "unkey"});
}

TEST_CASE("closings and notices get short attention tones", "[radio]") {
  Studio studio;
  auto message = an_alert();
  message.kind = MessageKind::closing;
  message.text = "Sudah ditangani oleh Kabag Ops.";
  (void)studio.send(message);
  auto const& keying = studio.sink->last.plan.keyings.at(0);
  CHECK(keying.at(1).kind == SegmentKind::attention);
  CHECK(keying.at(1).samples == samples_in(milliseconds(500), 16000));
}

TEST_CASE("the channel is up once its voice has been heard and its key answers", "[radio]") {
  Studio studio;
  CHECK_FALSE(studio.channel->tried_once());
  bool ended = false;
  auto const done = [&](std::exception_ptr) { ended = true; };
  asio::co_spawn(studio.io, studio.channel->run(), done);
  studio.io.poll();
  CHECK(studio.channel->tried_once());
  CHECK(studio.channel->state() == LinkState::up);
  CHECK(ended);
}

TEST_CASE("a sink that fails says so of the message it failed at, and the next one goes",
          "[radio]") {
  Studio studio;
  studio.sink->not_ready = Error(Errc::unavailable, "the sound card is gone");
  CHECK(link_ended(studio.send(an_alert())));
  studio.sink->not_ready.reset();
  studio.sink->not_finished = Error(Errc::unavailable, "the disk is full");
  CHECK(link_ended(studio.send(an_alert())));
  studio.sink->not_finished.reset();
  auto const next = studio.send(an_alert());
  CHECK(std::holds_alternative<Sent>(next));
  CHECK_FALSE(link_ended(next));
}
