#include "protocols/radio/ptt/watch.hpp"

#include "tests/support/catch.hpp"

namespace {
using namespace siaga;
using namespace siaga::radio;
using Act = PttWatch::Act;

// A rig that does as told, a clock moved by hand, and what the guard said.
struct Bench {
  SteadyTime now{milliseconds(1'000'000)};
  WatchLimits limits;
  PttWatch watch{limits, now};
  bool obeys = true;
  bool reachable = true;
  bool ptt_up = true;  // unknown at start: assume the worst
  std::string said;

  Result<bool> carry_out(Act act) {
    if (!reachable) return Error(Errc::connect_failed, "no rig");
    if (obeys && act != Act::probe) ptt_up = act == Act::key;
    return ptt_up;
  }
  // Runs until the guard waits or leaves.
  Act settle() {
    for (;;) {
      auto const act = watch.next(now);
      said += watch.take_said();
      if (act == Act::wait || act == Act::leave) return act;
      watch.done(act, carry_out(act), now);
      said += watch.take_said();
    }
  }
  Act pass(milliseconds time) {
    now += time;
    return settle();
  }
  // Time passes with the daemon alive.
  void pass_beating(milliseconds time) {
    for (auto const end = now + time; now < end;) {
      watch.heard(".\n", now);
      pass(milliseconds(100));
    }
  }
  Act order(std::string const& line) {
    said.clear();
    watch.heard(line + '\n', now);
    return settle();
  }
};
}  // namespace

TEST_CASE("the guard unkeys before it does anything else", "[radio]") {
  Bench bench;
  CHECK(bench.watch.next(bench.now) == Act::unkey);
  bench.settle();
  CHECK_FALSE(bench.ptt_up);
  CHECK(bench.said == "ready\n");
}

TEST_CASE("an order to key is answered only when the rig reports PTT on", "[radio]") {
  Bench bench;
  bench.settle();
  bench.order("key 7");
  CHECK(bench.ptt_up);
  CHECK(bench.said == "up 7\n");
  bench.order("unkey 8");
  CHECK_FALSE(bench.ptt_up);
  CHECK(bench.said == "down 8\n");
}

TEST_CASE("a rig that takes the order but stays off is a refusal", "[radio]") {
  Bench bench;
  bench.settle();
  bench.obeys = false;
  bench.order("key 7");
  CHECK_THAT(bench.said, ContainsSubstring("refused 7 the rig took the order but reports PTT off"));
  CHECK_THAT(bench.said, ContainsSubstring("ready"));
}

TEST_CASE("a daemon silent for half a second loses the key", "[radio]") {
  Bench bench;
  bench.settle();
  bench.order("key 1");
  bench.pass_beating(milliseconds(3000));
  CHECK(bench.ptt_up);
  bench.watch.heard(".\n", bench.now);
  bench.said.clear();
  bench.pass(milliseconds(450));
  CHECK(bench.ptt_up);
  CHECK(bench.watch.wake_at(bench.now) <= bench.now + milliseconds(101));
  bench.pass(milliseconds(101));
  CHECK_FALSE(bench.ptt_up);
  CHECK(bench.said == "dropped the daemon went silent\nready\n");
}

TEST_CASE("the end of the daemon unkeys at once, and the guard leaves", "[radio]") {
  Bench bench;
  bench.settle();
  bench.order("key 1");
  bench.watch.daemon_gone(bench.now);
  CHECK(bench.settle() == Act::leave);
  CHECK_FALSE(bench.ptt_up);
  CHECK(bench.watch.exit_code() == 0);
}

TEST_CASE("nobody is keyed for longer than the guard allows", "[radio]") {
  Bench bench;
  bench.settle();
  bench.order("key 1");
  bench.pass_beating(bench.limits.keyed_max - milliseconds(200));
  CHECK(bench.ptt_up);
  bench.pass_beating(milliseconds(500));
  CHECK_FALSE(bench.ptt_up);
  CHECK_THAT(bench.said, ContainsSubstring("dropped keyed for too long"));
}

TEST_CASE("a radio that lets go by itself is noticed within a second", "[radio]") {
  Bench bench;
  bench.settle();
  bench.order("key 1");
  bench.pass_beating(milliseconds(500));
  bench.ptt_up = false;
  bench.pass_beating(milliseconds(1000));
  CHECK_THAT(bench.said, ContainsSubstring("dropped the rig switched PTT off by itself"));
}

TEST_CASE("a key that does not come up is called stuck after three tries, and tried again for ever",
          "[radio]") {
  Bench bench;
  bench.settle();
  bench.order("key 1");
  bench.obeys = false;
  bench.order("unkey 2");
  CHECK(bench.said.empty());
  bench.pass(milliseconds(50));
  CHECK(bench.said.empty());
  bench.pass(milliseconds(50));
  CHECK(bench.said == "stuck the rig still reports PTT on\n");
  bench.pass_beating(milliseconds(10000));
  CHECK(bench.said == "stuck the rig still reports PTT on\n");
  bench.obeys = true;
  bench.pass_beating(bench.limits.retry + milliseconds(100));
  CHECK_THAT(bench.said, ContainsSubstring("down 2\nready\n"));
}

TEST_CASE("a rig lost between the order and its read-back may be keyed", "[radio]") {
  Bench bench;
  bench.settle();
  bench.watch.heard("key 1\n", bench.now);
  REQUIRE(bench.watch.next(bench.now) == Act::key);
  bench.watch.done(Act::key, Error(Errc::connection_lost, "connection closed"), bench.now);
  bench.reachable = false;
  bench.said.clear();
  bench.settle();
  bench.pass(milliseconds(50));
  bench.pass(milliseconds(50));
  CHECK(bench.said == "refused 1 connection closed\nstuck no rig\n");
}

TEST_CASE("a stuck key is not keyed again", "[radio]") {
  Bench bench;
  bench.settle();
  bench.order("key 1");
  bench.obeys = false;
  bench.order("unkey 2");
  bench.order("key 3");
  CHECK_THAT(bench.said, ContainsSubstring("refused 3 PTT is not known to be down"));
}

TEST_CASE("a rig that is not there is not ready, not stuck, and found when it comes", "[radio]") {
  Bench bench;
  bench.reachable = false;
  bench.settle();
  bench.pass(milliseconds(50));
  bench.pass(milliseconds(50));
  CHECK(bench.said == "unready no rig\n");
  bench.reachable = true;
  bench.pass(bench.limits.retry);
  CHECK(bench.said == "unready no rig\nready\n");
}

TEST_CASE("a rig lost while idle is noticed, and so is its return", "[radio]") {
  Bench bench;
  bench.settle();
  bench.said.clear();
  bench.reachable = false;
  bench.pass(bench.limits.probe_idle);
  bench.pass(bench.limits.retry);
  CHECK(bench.said == "unready no rig\n");
  bench.reachable = true;
  bench.pass(bench.limits.retry);
  CHECK(bench.said == "unready no rig\nready\n");
}

TEST_CASE("after the daemon's end the guard goes on unkeying for a minute", "[radio]") {
  Bench bench;
  bench.settle();
  bench.order("key 1");
  bench.reachable = false;
  bench.watch.daemon_gone(bench.now);
  CHECK(bench.settle() == Act::wait);
  CHECK(bench.pass(milliseconds(30000)) == Act::wait);
  bench.reachable = true;
  CHECK(bench.pass(milliseconds(500)) == Act::leave);
  CHECK_FALSE(bench.ptt_up);
}

TEST_CASE("after that minute the guard leaves and says that PTT may be up", "[radio]") {
  Bench bench;
  bench.settle();
  bench.order("key 1");
  bench.reachable = false;
  bench.watch.daemon_gone(bench.now);
  bench.settle();
  CHECK(bench.pass(bench.limits.patience + milliseconds(1)) == Act::leave);
  CHECK(bench.watch.exit_code() == 1);
}

TEST_CASE("orders arrive in any pieces, and noise is no order", "[radio]") {
  Bench bench;
  bench.settle();
  bench.watch.heard("ke", bench.now);
  bench.settle();
  CHECK_FALSE(bench.ptt_up);
  bench.order("y 5");
  CHECK(bench.said == "up 5\n");
  bench.order("unkey 6");
  bench.order("KEY 9");
  bench.order(std::string(500, 'k'));
  CHECK_FALSE(bench.ptt_up);
}
