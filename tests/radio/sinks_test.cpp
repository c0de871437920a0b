#include <array>
#include <boost/asio/ip/udp.hpp>
#include <boost/json.hpp>
#include <fstream>
#include <iterator>

#include "protocols/radio/audio/pcm.hpp"
#include "protocols/radio/sinks/aplay_sink.hpp"
#include "protocols/radio/sinks/rtp_sink.hpp"
#include "protocols/radio/sinks/wav_sink.hpp"
#include "tests/radio/doubles.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

namespace {
using namespace siaga;
using namespace siaga::radio;
namespace asio = boost::asio;
namespace fs = std::filesystem;

OnAir const always = [] { return true; };

Broadcast a_broadcast(int rate_hz, milliseconds voice_length = milliseconds(1000)) {
  Broadcast broadcast;
  broadcast.name = "7-1";
  broadcast.texts = {"Kebakaran"};
  broadcast.kind = "alert";
  auto const voice = siaga::radio::test::sine(400, voice_length, rate_hz);
  broadcast.plan = plan_transmission(PlanShape(), rate_hz, {utterance_of(voice)});
  for (auto const& keying : broadcast.plan.keyings)
    broadcast.sound.push_back(render(keying, {voice}, rate_hz));
  return broadcast;
}

// Runs to the end; time passes as it is waited for.
template <class T>
T run(asio::io_context& io, siaga::test::FakeClock& clock, asio::awaitable<T> work) {
  std::optional<T> result;
  auto const done = [&](std::exception_ptr failure, T value) {
    if (failure) std::rethrow_exception(failure);
    result.emplace(std::move(value));
  };
  asio::co_spawn(io, std::move(work), done);
  for (int i = 0; i < 100'000 && !result; ++i) {
    io.restart();
    if (io.poll() == 0 && !result) clock.advance(milliseconds(10));
  }
  REQUIRE(result.has_value());
  return std::move(*result);
}

std::string content_of(fs::path const& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<std::string> names_in(fs::path const& directory) {
  std::vector<std::string> names;
  for (auto const& entry : fs::directory_iterator(directory))
    names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}
}  // namespace

TEST_CASE("a WAV and its plan appear together, when all is aired", "[radio]") {
  siaga::test::TempDir const dir;
  asio::io_context io;
  siaga::test::FakeClock clock;
  auto const air = fs::path(dir.path()) / "var" / "air";
  WavSink sink(air, Pace::at_once, clock);
  auto broadcast = a_broadcast(sink.rate_hz());
  REQUIRE(run(io, clock, sink.ready(broadcast, 0)));
  REQUIRE(run(io, clock, sink.play(broadcast, 0, always)));
  for (auto const& name : names_in(air)) CHECK(name.starts_with("."));
  broadcast.aired.push_back({clock.utc_now(), clock.utc_now()});
  REQUIRE(run(io, clock, sink.finish(broadcast)));
  CHECK(names_in(air) == std::vector<std::string>{"7-1.json", "7-1.wav"});

  auto const sound = parse_wav(content_of(air / "7-1.wav"));
  REQUIRE(sound);
  CHECK(sound->length() == broadcast.plan.length());
  auto const plan = boost::json::parse(content_of(air / "7-1.json")).as_object();
  CHECK(plan.at("length_ms").as_int64() == broadcast.plan.length().count());
  CHECK(plan.at("texts").as_array().size() == 1);
  auto const& keying = plan.at("keyings").as_array().at(0).as_object();
  CHECK(keying.at("ptt_up").as_string() == "2026-11-23T06:30:00+00:00");
  auto const& voice = keying.at("segments").as_array().at(2).as_object();
  CHECK(voice.at("kind").as_string() == "voice");
  CHECK(voice.at("start_ms").as_int64() == 2500);
}

namespace {

// Aired whole.
void air(WavSink& sink, asio::io_context& io, siaga::test::FakeClock& clock) {
  auto broadcast = a_broadcast(sink.rate_hz());
  REQUIRE(run(io, clock, sink.ready(broadcast, 0)));
  REQUIRE(run(io, clock, sink.play(broadcast, 0, always)));
  broadcast.aired.push_back({clock.utc_now(), clock.utc_now()});
  REQUIRE(run(io, clock, sink.finish(broadcast)));
}

}  // namespace

TEST_CASE("a recording is never written over: the next takes the next free name", "[radio]") {
  siaga::test::TempDir const dir;
  asio::io_context io;
  siaga::test::FakeClock clock;
  auto const place = fs::path(dir.path());
  std::ofstream(place / "7-1.wav") << "kept";
  WavSink sink(place, Pace::at_once, clock);
  air(sink, io, clock);
  CHECK(content_of(place / "7-1.wav") == "kept");
  CHECK(names_in(place) == std::vector<std::string>{"7-1.2.json", "7-1.2.wav", "7-1.wav"});
  air(sink, io, clock);
  CHECK(names_in(place) ==
        std::vector<std::string>{"7-1.2.json", "7-1.2.wav", "7-1.3.json", "7-1.3.wav", "7-1.wav"});
}

TEST_CASE("a link in the recordings' folder leads nowhere", "[radio]") {
  siaga::test::TempDir const dir;
  asio::io_context io;
  siaga::test::FakeClock clock;
  auto const place = fs::path(dir.path()) / "air";
  auto const precious = fs::path(dir.path()) / "precious";
  fs::create_directory(place);
  std::ofstream(precious) << "precious";
  for (auto const* name : {".7-1.wav", ".7-1.json", "7-1.wav", "7-1.json"})
    fs::create_symlink(precious, place / name);
  WavSink sink(place, Pace::at_once, clock);
  air(sink, io, clock);
  CHECK(content_of(precious) == "precious");
  CHECK(parse_wav(content_of(place / "7-1.2.wav")));
  CHECK(fs::is_regular_file(fs::symlink_status(place / "7-1.2.json")));
}

TEST_CASE("what was not aired leaves nothing behind", "[radio]") {
  siaga::test::TempDir const dir;
  asio::io_context io;
  siaga::test::FakeClock clock;
  {
    WavSink sink(dir.path(), Pace::at_once, clock);
    auto broadcast = a_broadcast(sink.rate_hz());
    REQUIRE(run(io, clock, sink.ready(broadcast, 0)));
    broadcast.name = "7-2";
    REQUIRE(run(io, clock, sink.ready(broadcast, 0)));
    CHECK(names_in(dir.path()) == std::vector<std::string>{".7-2.wav"});
  }
  CHECK(names_in(dir.path()).empty());
}

TEST_CASE("a sink that cannot write says which directory and why", "[radio]") {
  siaga::test::TempDir const dir;
  asio::io_context io;
  siaga::test::FakeClock clock;
  auto const blocked = fs::path(dir.path()) / "file";
  std::ofstream(blocked) << "in the way";
  WavSink sink(blocked / "air", Pace::at_once, clock);
  auto const ready = run(io, clock, sink.ready(a_broadcast(16000), 0));
  REQUIRE_FALSE(ready);
  CHECK_THAT(ready.error().text(), ContainsSubstring(blocked.string()));
}

TEST_CASE("in real time a WAV takes as long as its sound, and ends early when taken off the air",
          "[radio]") {
  siaga::test::TempDir const dir;
  asio::io_context io;
  siaga::test::FakeClock clock;
  WavSink sink(dir.path(), Pace::real_time, clock);
  auto const broadcast = a_broadcast(sink.rate_hz());
  auto const start = clock.steady_now();
  REQUIRE(run(io, clock, sink.play(broadcast, 0, always)));
  CHECK(clock.steady_now() - start >= broadcast.sound[0].length());
  OnAir const one_second = [&, again = clock.steady_now()] {
    return clock.steady_now() - again < milliseconds(1000);
  };
  auto const second = clock.steady_now();
  CHECK(run(io, clock, sink.play(broadcast, 0, one_second)).error().is(Errc::cancelled));
  CHECK(clock.steady_now() - second < milliseconds(1300));
}

TEST_CASE("RTP arrives packet by packet, 20 ms apart, saying what the plan says", "[radio]") {
  asio::io_context io;
  siaga::test::FakeClock clock;
  using asio::ip::udp;
  udp::socket listener(io, udp::endpoint(asio::ip::address_v4::loopback(), 0));
  listener.set_option(asio::socket_base::receive_buffer_size(1 << 20));
  listener.non_blocking(true);
  RtpSink sink(io.get_executor(), {listener.local_endpoint(), 1, {}}, clock);
  auto const broadcast = a_broadcast(sink.rate_hz(), milliseconds(500));
  auto const start = clock.steady_now();
  REQUIRE(run(io, clock, sink.ready(broadcast, 0)));
  REQUIRE(run(io, clock, sink.play(broadcast, 0, always)));

  auto const wanted = (broadcast.sound[0].samples.size() + 159) / 160;
  CHECK(clock.steady_now() - start >= milliseconds(20) * wanted);
  CHECK(clock.steady_now() - start < milliseconds(20) * wanted + milliseconds(50));
  std::vector<std::string> packets;
  std::array<char, 2000> buffer;
  boost::system::error_code ec;
  for (;;) {
    auto const size = listener.receive(asio::buffer(buffer), 0, ec);
    if (ec) break;
    packets.emplace_back(buffer.data(), size);
  }
  REQUIRE(packets.size() == wanted);
  std::size_t at = 0;
  for (std::size_t i = 0; i < packets.size(); ++i) {
    REQUIRE(packets[i].size() == 172);
    CHECK((static_cast<unsigned char>(packets[i][1]) == (i == 0 ? 0x80 : 0x00)));
    if (i > 0) {
      auto const before = static_cast<unsigned char>(packets[i - 1][3]);
      CHECK(static_cast<unsigned char>(packets[i][3]) == ((before + 1) & 0xff));
    }
    for (std::size_t j = 12; j < 172 && at < broadcast.sound[0].samples.size(); ++j, ++at)
      REQUIRE(static_cast<unsigned char>(packets[i][j]) == mu_law(broadcast.sound[0].samples[at]));
  }
}

TEST_CASE("RTP stops within one packet when taken off the air", "[radio]") {
  asio::io_context io;
  siaga::test::FakeClock clock;
  using asio::ip::udp;
  udp::socket listener(io, udp::endpoint(asio::ip::address_v4::loopback(), 0));
  RtpSink sink(io.get_executor(), {listener.local_endpoint(), 1, {}}, clock);
  auto const broadcast = a_broadcast(sink.rate_hz());
  int asked = 0;
  OnAir const ten_packets = [&] { return ++asked <= 10; };
  REQUIRE(run(io, clock, sink.ready(broadcast, 0)));
  CHECK(run(io, clock, sink.play(broadcast, 0, ten_packets)).error().is(Errc::cancelled));
  CHECK(asked == 11);
}
