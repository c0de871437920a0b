#include "gateway/flow/suspicion.hpp"

#include "tests/support/catch.hpp"

using namespace siaga;
using namespace std::chrono_literals;

namespace {

// What was raised and not ended, and how often either was said.
struct NotedIncidents final : IncidentSink {
  void raise(IncidentKind kind, std::string about, std::string) override {
    CHECK(kind == IncidentKind::message_set_aside);
    CHECK(about == "sms");
    ++raised;
  }
  void end(IncidentKind, std::string) override { ++ended; }
  int raised = 0, ended = 0;
};

// A channel's peer, moved on by hand; every event comes ten seconds after the one before.
struct Peer {
  NotedIncidents incidents;
  flow::Suspicion suspicion{ChannelName("sms"), incidents};
  SteadyTime now{};
  UtcTime utc{};

  static Delivery delivery(int id, AlertId alert = AlertId(1)) {
    Delivery one;
    one.id = DeliveryId(id);
    one.alert = alert;
    one.expires = UtcTime(1h);
    return one;
  }
  void takes(int id) { now += 10s, suspicion.passed(DeliveryId(id), now); }
  // Ends the link with these unanswered.
  void ends_at(std::vector<int> const& ids) {
    now += 10s;
    for (int id : ids) suspicion.link_ended(delivery(id), now);
  }
  void waits(milliseconds time) { now += time, suspicion.tick({utc, now}); }
  bool has_set_aside(int id) const { return suspicion.has_set_aside(DeliveryId(id)); }
  bool suspects(int id) const { return suspicion.suspects(DeliveryId(id)); }
  // As its second proof: another one passed between its tries, and after.
  void proves(int id) {
    ends_at({id});
    takes(1000);
    ends_at({id});
    takes(1001);
  }
};

}  // namespace

TEST_CASE("a message is set aside when others passed between and after its ends of the link",
          "[flow]") {
  Peer peer;
  peer.ends_at({7});
  peer.takes(1);
  peer.ends_at({7});
  CHECK_FALSE(peer.has_set_aside(7));
  peer.takes(2);
  CHECK(peer.has_set_aside(7));
  CHECK(peer.incidents.raised == 1);
}

TEST_CASE(
    "a message at which the link ended three times in a row goes at the next, when one passed",
    "[flow]") {
  Peer peer;
  for (int i = 0; i < 3; ++i) peer.ends_at({7});
  CHECK_FALSE(peer.has_set_aside(7));
  peer.takes(1);
  CHECK_FALSE(peer.has_set_aside(7));
  peer.ends_at({7});
  peer.waits(2s);
  CHECK(peer.has_set_aside(7));
}

TEST_CASE("of several that were unanswered together each is suspect and none is blamed", "[flow]") {
  Peer peer;
  for (int i = 0; i < 5; ++i) {
    peer.ends_at({7, 8, 9});
    peer.takes(1);
  }
  for (int id : {7, 8, 9}) {
    CHECK(peer.suspects(id));
    CHECK_FALSE(peer.has_set_aside(id));
  }
}

TEST_CASE("one of a crowd is found when it goes alone, and the others are free once they passed",
          "[flow]") {
  Peer peer;
  peer.ends_at({7, 8, 9});
  peer.takes(8);
  peer.ends_at({7});
  peer.takes(9);
  peer.ends_at({7});
  peer.takes(1);
  CHECK(peer.has_set_aside(7));
  CHECK_FALSE(peer.suspects(8));
  CHECK_FALSE(peer.suspects(9));
}

TEST_CASE("a peer that ends every link sets nothing aside", "[flow]") {
  Peer peer;
  peer.takes(1000);
  for (int round = 0; round < 6; ++round)
    for (int id = 1; id <= 3; ++id) peer.ends_at({id});
  for (int id = 1; id <= 3; ++id) peer.takes(id);
  CHECK(peer.incidents.raised == 0);
  CHECK_FALSE(peer.suspects(1));
}

TEST_CASE("one message alone with a peer that ends every link for a while is not set aside",
          "[flow]") {
  Peer peer;
  for (int i = 0; i < 6; ++i) peer.ends_at({7});
  peer.takes(1);  // it is well again
  peer.takes(7);
  peer.waits(2s);
  CHECK(peer.incidents.raised == 0);
}

TEST_CASE("two bad messages are both found while others pass", "[flow]") {
  Peer peer;
  for (int i = 0; i < 2; ++i) {
    peer.ends_at({7});
    peer.takes(1);
    peer.ends_at({8});
    peer.takes(2);
  }
  CHECK(peer.has_set_aside(7));
  CHECK(peer.has_set_aside(8));
}

TEST_CASE("two bad messages that are always tried together are found by the third round",
          "[flow]") {
  Peer peer;
  for (int i = 0; i < 3; ++i) {
    CHECK(peer.incidents.raised == 0);
    peer.ends_at({7});
    peer.ends_at({8});
    peer.takes(1);
  }
  CHECK(peer.has_set_aside(7));
  CHECK(peer.has_set_aside(8));
}

TEST_CASE("what is set aside waits one, five, then thirty minutes", "[flow]") {
  Peer peer;
  peer.proves(7);
  auto const wait = [&] { return *peer.suspicion.kept_back_until(DeliveryId(7)) - peer.now; };
  CHECK(wait() == 1min);
  peer.ends_at({7});
  CHECK(wait() == 5min);
  peer.ends_at({7});
  CHECK(wait() == 30min);
  peer.ends_at({7});
  CHECK(wait() == 30min);
  CHECK(peer.incidents.ended == 0);
}

TEST_CASE("the incident ends when nothing is set aside any more", "[flow]") {
  Peer peer;
  peer.proves(7);
  peer.proves(8);
  peer.takes(7);
  CHECK(peer.incidents.ended == 0);
  SECTION("the last one passed") {
    peer.takes(8);
  }
  SECTION("its alert ended") {
    peer.suspicion.ended({AlertId(1)});
  }
  SECTION("it expired") {
    peer.utc = UtcTime(2h);
    peer.waits(1s);
  }
  CHECK(peer.incidents.ended == 1);
  CHECK_FALSE(peer.suspects(8));
}

TEST_CASE("who is newly set aside is told once", "[flow]") {
  Peer peer;
  peer.proves(7);
  auto const blamed = peer.suspicion.take_blamed();
  REQUIRE(blamed.size() == 1);
  CHECK(blamed[0].id == DeliveryId(7));
  CHECK(peer.suspicion.take_blamed().empty());
}
