#include "gateway/flow/gate.hpp"

#include "tests/support/catch.hpp"

using namespace siaga;
using namespace std::chrono_literals;

namespace {

AgencyId const polres("polres"), bpbd("bpbd");
Allowance const slow{1, 2};  // two at once, then one a second
SteadyTime const start{};

Alert named(std::string identifier, Severity severity = Severity::minor) {
  Alert alert;
  alert.sender = "spkt";
  alert.identifier = std::move(identifier);
  alert.infos.emplace_back();
  alert.infos[0].severity = severity;
  return alert;
}

// Uses up an agency's burst.
flow::Gate drained(AgencyId const& agency) {
  flow::Gate gate;
  while (gate.admit(agency, slow, start)) {
  }
  return gate;
}

std::int64_t released(flow::Gate& gate, SteadyTime now) {
  auto const ticket = gate.release(now);
  return ticket ? ticket->id.value : 0;
}

}  // namespace

TEST_CASE("an agency's burst passes, what is more waits", "[flow]") {
  flow::Gate gate;
  CHECK(gate.admit(polres, slow, start));
  CHECK(gate.admit(polres, slow, start));
  CHECK_FALSE(gate.admit(polres, slow, start));
  CHECK(gate.admit(bpbd, slow, start));
}

TEST_CASE("a bucket fills again with time, and not above its burst", "[flow]") {
  auto gate = drained(polres);
  CHECK(gate.admit(polres, slow, start + 1s));
  CHECK_FALSE(gate.admit(polres, slow, start + 1s));
  for (int i = 0; i < 2; ++i) CHECK(gate.admit(polres, slow, start + 1h));
  CHECK_FALSE(gate.admit(polres, slow, start + 1h));
}

TEST_CASE("what waits goes on by priority, then by age", "[flow]") {
  auto gate = drained(polres);
  auto const minor = named("a"), severe = named("b", Severity::severe);
  gate.hold({polres, InboxId(1)}, &minor);
  gate.hold({polres, InboxId(2)}, nullptr);
  gate.hold({polres, InboxId(3)}, &severe);
  gate.hold({polres, InboxId(4)}, &severe);
  CHECK(gate.waiting() == 4);
  CHECK(released(gate, start) == 0);
  CHECK(gate.next_release(start) == start + 1s);
  CHECK(released(gate, start + 1s) == 3);
  CHECK(released(gate, start + 1s) == 0);
  CHECK(released(gate, start + 2s) == 4);
  CHECK(released(gate, start + 3s) == 1);
  CHECK(released(gate, start + 4s) == 2);
  CHECK(gate.waiting() == 0);
  CHECK_FALSE(gate.next_release(start + 5s).has_value());
}

TEST_CASE("of one agency no more may wait than 25,000 messages or 32 MB", "[flow]") {
  auto gate = drained(polres);
  for (int i = 1; i <= 32; ++i) CHECK(gate.hold({polres, InboxId(i)}, nullptr, 1'000'000));
  CHECK_FALSE(gate.hold({polres, InboxId(33)}, nullptr, 1));
  CHECK(gate.waiting() == 32);
  CHECK(released(gate, start + 1s) == 1);
  CHECK(gate.hold({polres, InboxId(34)}, nullptr, 1'000'000));
  auto many = drained(bpbd);
  for (int i = 1; i <= 25'000; ++i) CHECK(many.hold({bpbd, InboxId(i)}, nullptr, 1));
  CHECK_FALSE(many.hold({bpbd, InboxId(25'001)}, nullptr, 1));
  CHECK(many.hold({polres, InboxId(25'002)}, nullptr, 1));
}

TEST_CASE("nobody passes those of his agency who wait", "[flow]") {
  auto gate = drained(polres);
  auto const minor = named("a");
  gate.hold({polres, InboxId(1)}, &minor);
  CHECK_FALSE(gate.admit(polres, slow, start + 10s));
  CHECK(gate.admit(bpbd, slow, start + 10s));
}

TEST_CASE("an update never overtakes the alert it refers to", "[flow]") {
  auto gate = drained(polres);
  auto const minor = named("a"), other = named("b");
  auto update = named("c", Severity::extreme);
  update.msg_type = MsgType::update;
  update.references.push_back({"spkt", "b", {}});
  gate.hold({polres, InboxId(1)}, &minor);
  gate.hold({polres, InboxId(2)}, &other);
  gate.hold({polres, InboxId(3)}, &update);
  CHECK(released(gate, start + 1s) == 2);
  CHECK(released(gate, start + 2s) == 3);
  CHECK(released(gate, start + 3s) == 1);
}

TEST_CASE("a cancellation is as pressing as anything can be", "[flow]") {
  auto gate = drained(polres);
  auto const severe = named("a", Severity::severe);
  auto cancel = named("b");
  cancel.msg_type = MsgType::cancel;
  gate.hold({polres, InboxId(1)}, &severe);
  gate.hold({polres, InboxId(2)}, &cancel);
  CHECK(released(gate, start + 1s) == 2);
}

TEST_CASE("of several agencies the most pressing message goes first", "[flow]") {
  auto gate = drained(polres);
  while (gate.admit(bpbd, slow, start)) {
  }
  auto const minor = named("a"), severe = named("b", Severity::severe);
  gate.hold({bpbd, InboxId(1)}, &minor);
  gate.hold({polres, InboxId(2)}, &severe);
  auto const first = gate.release(start + 1s);
  REQUIRE(first);
  CHECK(first->agency == polres);
  CHECK(released(gate, start + 1s) == 1);
}
