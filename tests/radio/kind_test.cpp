#include "protocols/radio/kind.hpp"

#include "protocols/radio/settings.hpp"
#include "tests/radio/doubles.hpp"
#include "tests/support/catch.hpp"

namespace {
using namespace siaga;
using namespace siaga::radio;
namespace asio = boost::asio;

// What make() says of these settings; empty = it makes a channel.
std::string complaint(std::function<void(Settings&)> const& change) {
  asio::io_context io;
  siaga::test::FakeClock clock;
  siaga::radio::test::NoReceipts receipts;
  siaga::radio::test::NoReplies replies;
  auto const kind = voice_kind();
  auto settings = kind.default_settings();
  change(*static_cast<Settings*>(kind.settings_of(settings)));
  ChannelContext context{io.get_executor(), clock,   ChannelName("radio"),
                         receipts,          replies, "/srv/var"};
  auto const made = kind.make(settings, std::move(context));
  if (made) return {};
  CHECK(made.error().is(Errc::invalid_configuration));
  return made.error().detail;
}
}  // namespace

TEST_CASE("the defaults make a channel that speaks to all", "[radio]") {
  auto const kind = voice_kind();
  CHECK(kind.kind == "voice");
  CHECK(kind.address_key.empty());
  CHECK(complaint([](Settings&) {}).empty());
}

TEST_CASE("every sink and key that is offered can be configured", "[radio]") {
  CHECK(complaint([](Settings& s) { s.sink = "alsa:plughw:1,0"; }).empty());
  CHECK(complaint([](Settings& s) { s.sink = "rtp:239.23.0.1:5004"; }).empty());
  CHECK(complaint([](Settings& s) { s.sink = "rtp:[::1]:5004"; }).empty());
  CHECK(complaint([](Settings& s) { s.ptt = "rigctld:127.0.0.1:4532"; }).empty());
}

TEST_CASE("a wrong sink or key is refused with the key, its value and what is wanted", "[radio]") {
  CHECK_THAT(complaint([](Settings& s) { s.sink = "tape:1"; }),
             ContainsSubstring("sink = 'tape:1': wanted wav:DIRECTORY"));
  CHECK_THAT(complaint([](Settings& s) { s.sink = "wav:"; }), ContainsSubstring("wanted wav:"));
  CHECK_THAT(complaint([](Settings& s) { s.sink = "rtp:239.23.0.1"; }),
             ContainsSubstring("wanted rtp:ADDRESS:PORT"));
  CHECK_THAT(complaint([](Settings& s) { s.sink = "rtp:nowhere:5004"; }),
             ContainsSubstring("no IP address"));
  CHECK_THAT(complaint([](Settings& s) { s.sink = "rtp:239.23.0.1:70000"; }),
             ContainsSubstring("no port"));
  CHECK_THAT(complaint([](Settings& s) { s.ptt = "gpio:17"; }),
             ContainsSubstring("ptt = 'gpio:17': wanted none or rigctld:HOST:PORT"));
  CHECK_THAT(complaint([](Settings& s) { s.speech_command.clear(); }),
             ContainsSubstring("speech_command"));
}

TEST_CASE("every setting is described and has its default from the struct", "[radio]") {
  for (auto const& field : Settings::fields().all()) {
    INFO(field.key);
    CHECK_FALSE(field.sentence.empty());
  }
  auto const* tot = Settings::fields().find("tot");
  REQUIRE(tot != nullptr);
  CHECK(std::get<milliseconds>(tot->default_value) == milliseconds(50000));
}

TEST_CASE("the speech command gets the voice and the speed", "[radio]") {
  auto const argv = speech_argv(Settings().speech_command, "id", 140);
  CHECK(argv ==
        std::vector<std::string>{"espeak-ng", "-v", "id", "-s", "140", "--stdin", "--stdout"});
}
