#include "protocols/radio/child.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <fstream>

#include "protocols/radio/audio/pcm.hpp"
#include "protocols/radio/sinks/aplay_sink.hpp"
#include "protocols/radio/speech/speech.hpp"
#include "tests/radio/core.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

namespace {
using namespace siaga;
using namespace siaga::radio;
namespace asio = boost::asio;
using siaga::radio::test::await;

std::vector<std::string> shell(std::string script) {
  return {"sh", "-c", std::move(script)};
}

Result<Pcm> say(std::vector<std::string> argv, milliseconds limit = milliseconds(20000)) {
  asio::io_context io;
  CommandSpeech speech(std::move(argv));
  return await(io, speech.say("awas", limit));
}
}  // namespace

TEST_CASE("a missing speech program is named", "[radio]") {
  auto const said = say({"no-such-speech-program"});
  REQUIRE_FALSE(said);
  CHECK_THAT(said.error().text(), ContainsSubstring("'no-such-speech-program' is not installed"));
}

TEST_CASE("a speech program that fails is quoted", "[radio]") {
  auto const said = say(shell("cat >/dev/null; echo 'no such voice' >&2; exit 3"));
  REQUIRE_FALSE(said);
  CHECK_THAT(said.error().text(), ContainsSubstring("code 3: no such voice"));
}

TEST_CASE("a speech program that hangs is killed in time", "[radio]") {
  auto const before = std::chrono::steady_clock::now();
  auto const said = say(shell("exec sleep 600"), milliseconds(200));
  REQUIRE_FALSE(said);
  CHECK(said.error().is(Errc::timed_out));
  CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(15));
}

TEST_CASE("a speech program that talks for ever is stopped", "[radio]") {
  auto const said = say(shell("cat >/dev/null; exec cat /dev/zero"));
  REQUIRE_FALSE(said);
  CHECK_THAT(said.error().text(), ContainsSubstring("does not stop talking"));
}

TEST_CASE("a speech program is held to two minutes at any sample rate", "[radio]") {
  siaga::test::TempDir const dir;
  auto const file = dir.path() + "/long.wav";
  Pcm sound{8000, {}};
  sound.samples.assign(8000 * 121, 1000);
  std::ofstream(file, std::ios::binary) << wav_of(sound);
  auto const said = say(shell("cat >/dev/null; exec cat " + file));
  REQUIRE_FALSE(said);
  CHECK_THAT(said.error().text(), ContainsSubstring("talks for too long"));
}

TEST_CASE("a speech program that chatters on its error output is not held up by it", "[radio]") {
  auto const said = say(shell("cat >/dev/null; head -c 1000000 /dev/zero >&2; exit 4"));
  REQUIRE_FALSE(said);
  CHECK_THAT(said.error().text(), ContainsSubstring("code 4"));
}

TEST_CASE("what is no sound is refused", "[radio]") {
  CHECK(say(shell("cat")).error().is(Errc::invalid_message));
  CHECK(say(shell("cat >/dev/null")).error().is(Errc::invalid_message));
}

TEST_CASE("a child gets none of our files and none of our blocked signals", "[radio]") {
  int const leaked = ::open("/dev/null", O_RDONLY);  // no O_CLOEXEC
  REQUIRE(leaked > 2);
  sigset_t blocked, before;
  ::sigemptyset(&blocked);
  ::sigaddset(&blocked, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &blocked, &before);
  auto const said = say(shell(
      "cat >/dev/null; ls /proc/self/fd | wc -l >&2; grep SigBlk /proc/self/status >&2; exit 9"));
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  ::close(leaked);
  REQUIRE_FALSE(said);
  CHECK_THAT(said.error().text(),
             ContainsSubstring("code 9: 4"));  // 0, 1, 2 and the one ls itself opens
  CHECK_THAT(said.error().text(), ContainsSubstring("SigBlk:\t0000000000000000"));
}

TEST_CASE("a worker dies with its owner", "[radio]") {
  asio::io_context io;
  auto started = Child::start(io.get_executor(), {"sleep", "600"}, ChildKind::worker);
  REQUIRE(started);
  auto const pid = (*started)->id();
  CHECK(::kill(pid, 0) == 0);
  started->reset();
  CHECK(::kill(pid, 0) == -1);
}

TEST_CASE("a guard is left to finish when its owner goes", "[radio]") {
  asio::io_context io;
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  auto const path = "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(ends[1]);
  auto started =
      Child::start(io.get_executor(), shell("cat >/dev/null; sleep 0.2; echo unkeyed >" + path),
                   ChildKind::guard);
  REQUIRE(started);
  started->reset();
  std::array<char, 16> block{};
  CHECK(::read(ends[0], block.data(), block.size()) == 8);
  CHECK(std::string(block.data()) == "unkeyed\n");
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST_CASE("the sound card's player is found wanting before the key is pressed", "[radio]") {
  asio::io_context io;
  Broadcast broadcast;
  AplaySink missing(io.get_executor(), {"no-such-player"});
  CHECK_THAT(await(io, missing.ready(broadcast, 0)).error().text(),
             ContainsSubstring("not installed"));
  AplaySink refused(io.get_executor(),
                    shell("echo 'audio open error: No such device' >&2; exit 1"));
  CHECK_THAT(await(io, refused.ready(broadcast, 0)).error().text(),
             ContainsSubstring("No such device"));
}

TEST_CASE("the sound card's player gets every sample", "[radio]") {
  asio::io_context io;
  Broadcast broadcast;
  broadcast.sound.push_back({16000, std::vector<std::int16_t>(20000, 77)});
  OnAir const always = [] { return true; };
  AplaySink whole(io.get_executor(), shell("test $(wc -c) = 40000"));
  REQUIRE(await(io, whole.ready(broadcast, 0)));
  CHECK(await(io, whole.play(broadcast, 0, always)));
  AplaySink failing(io.get_executor(), shell("test $(wc -c) = 40001"));
  REQUIRE(await(io, failing.ready(broadcast, 0)));
  CHECK(await(io, failing.play(broadcast, 0, always)).error().is(Errc::child_failed));
}

TEST_CASE("stopping kills a speech program that is at it", "[radio]") {
  asio::io_context io;
  CommandSpeech speech(shell("exec sleep 600"));
  std::optional<Result<Pcm>> said;
  auto const done = [&](std::exception_ptr, Result<Pcm> result) {
    said.emplace(std::move(result));
  };
  asio::co_spawn(io, speech.say("awas", milliseconds(600'000)), done);
  io.poll();
  CHECK_FALSE(said.has_value());
  speech.stop();
  io.restart();
  io.run_for(std::chrono::seconds(30));
  REQUIRE(said.has_value());
  CHECK_THAT(said->error().text(), ContainsSubstring("code 137"));
}
