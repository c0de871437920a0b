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

void hold(flow::Gate& gate, flow::Gate::Ticket ticket, Alert const* alert) {
  gate.hold(std::move(ticket), slow, start, alert);
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
  hold(gate, {polres, InboxId(1)}, &minor);
  hold(gate, {polres, InboxId(2)}, nullptr);
  hold(gate, {polres, InboxId(3)}, &severe);
  hold(gate, {polres, InboxId(4)}, &severe);
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

TEST_CASE("of one agency no more than 32 MB wait, in memory and in the store together", "[flow]") {
  auto gate = drained(polres);
  auto const offered = [&](int id, std::size_t bytes) {
    return gate.hold({polres, InboxId(id)}, slow, start, nullptr, bytes);
  };
  for (int i = 1; i <= 32; ++i) CHECK(offered(i, 1'000'000));
  CHECK_FALSE(offered(33, 1));
  CHECK(gate.waiting() == 32);
  CHECK(released(gate, start + 1s) == 1);
  CHECK(offered(34, 1'000'000));
  CHECK(gate.hold({bpbd, InboxId(35)}, slow, start, nullptr, 1'000'000));
}

TEST_CASE("what stays in the store of an agency counts until it is read", "[flow]") {
  flow::Gate gate;
  Allowance const fast{100000, 100000};
  auto const most = static_cast<std::int64_t>(flow::Gate::waiting_max);
  for (std::int64_t i = 1; i <= most; ++i) gate.hold({polres, InboxId(i)}, fast, start, nullptr, 1);
  CHECK(gate.hold({polres, InboxId(most + 1)}, fast, start, nullptr, 31'900'000));
  CHECK_FALSE(gate.hold({polres, InboxId(most + 2)}, fast, start, nullptr, 100'000));
  for (std::int64_t i = 1; i <= most; ++i) REQUIRE(released(gate, start) == i);
  gate.read_up_to(polres, std::nullopt);  // it was decided elsewhere
  CHECK(gate.hold({polres, InboxId(most + 3)}, fast, start, nullptr, 31'900'000));
}

TEST_CASE("nobody passes those of his agency who wait", "[flow]") {
  auto gate = drained(polres);
  auto const minor = named("a");
  hold(gate, {polres, InboxId(1)}, &minor);
  CHECK_FALSE(gate.admit(polres, slow, start + 10s));
  CHECK(gate.admit(bpbd, slow, start + 10s));
}

TEST_CASE("an update never overtakes the alert it refers to", "[flow]") {
  auto gate = drained(polres);
  auto const minor = named("a"), other = named("b");
  auto update = named("c", Severity::extreme);
  update.msg_type = MsgType::update;
  update.references.push_back({"spkt", "b", {}});
  hold(gate, {polres, InboxId(1)}, &minor);
  hold(gate, {polres, InboxId(2)}, &other);
  hold(gate, {polres, InboxId(3)}, &update);
  CHECK(released(gate, start + 1s) == 2);
  CHECK(released(gate, start + 2s) == 3);
  CHECK(released(gate, start + 3s) == 1);
}

TEST_CASE("a cancellation is as pressing as anything can be", "[flow]") {
  auto gate = drained(polres);
  auto const severe = named("a", Severity::severe);
  auto cancel = named("b");
  cancel.msg_type = MsgType::cancel;
  hold(gate, {polres, InboxId(1)}, &severe);
  hold(gate, {polres, InboxId(2)}, &cancel);
  CHECK(released(gate, start + 1s) == 2);
}

TEST_CASE("of several agencies the most pressing message goes first", "[flow]") {
  auto gate = drained(polres);
  while (gate.admit(bpbd, slow, start)) {
  }
  auto const minor = named("a"), severe = named("b", Severity::severe);
  hold(gate, {bpbd, InboxId(1)}, &minor);
  hold(gate, {polres, InboxId(2)}, &severe);
  auto const first = gate.release(start + 1s);
  REQUIRE(first);
  CHECK(first->agency == polres);
  CHECK(released(gate, start + 1s) == 1);
}

TEST_CASE("of equals each agency has its turn, however many of another's wait", "[flow]") {
  flow::Gate gate;
  for (int i = 1; i <= 100; ++i) hold(gate, {polres, InboxId(i)}, nullptr);
  hold(gate, {bpbd, InboxId(101)}, nullptr);
  CHECK(released(gate, start) == 1);
  CHECK(released(gate, start) == 101);
  CHECK(released(gate, start) == 2);
}

TEST_CASE("what is held first meets a full bucket", "[flow]") {
  flow::Gate gate;
  for (int i = 1; i <= 3; ++i) hold(gate, {polres, InboxId(i)}, nullptr);
  CHECK(released(gate, start) == 1);
  CHECK(released(gate, start) == 2);
  CHECK(released(gate, start) == 0);
}

TEST_CASE("what is too much of one agency stays in the store and takes no other's place",
          "[flow]") {
  flow::Gate gate;
  auto const most = static_cast<std::int64_t>(flow::Gate::waiting_max);
  for (std::int64_t i = 1; i <= most + 2; ++i) hold(gate, {polres, InboxId(i)}, nullptr);
  CHECK(gate.waiting() == flow::Gate::waiting_max);
  CHECK_FALSE(gate.has_room());
  hold(gate, {bpbd, InboxId(most + 3)}, nullptr);
  CHECK(gate.waiting() == flow::Gate::waiting_max + 1);
}

TEST_CASE("what stayed in the store is taken up in order when there is room, and none is forgotten",
          "[flow]") {
  flow::Gate gate;
  Allowance const fast{100000, 100000};
  auto const most = static_cast<std::int64_t>(flow::Gate::waiting_max);
  for (std::int64_t i = 1; i <= most + 2; ++i)
    gate.hold({polres, InboxId(i)}, fast, start, nullptr);
  auto const gone = most / 2 + 10;
  for (std::int64_t i = 1; i <= gone; ++i) REQUIRE(released(gate, start) == i);
  auto const room = gate.has_room();
  REQUIRE(room);
  CHECK(room->agency == polres);
  CHECK(room->id == InboxId(most + 1));
  // One more comes while the two are read: it must not be forgotten.
  gate.hold({polres, InboxId(most + 3)}, fast, start, nullptr);
  for (auto const left : {most + 1, most + 2}) gate.take_up({polres, InboxId(left)}, nullptr);
  gate.read_up_to(polres, InboxId(most + 2));
  REQUIRE(gate.has_room());
  CHECK(gate.has_room()->id == InboxId(most + 3));
  gate.take_up({polres, InboxId(most + 3)}, nullptr);
  gate.read_up_to(polres, InboxId(most + 3));
  CHECK_FALSE(gate.has_room());
  for (std::int64_t i = gone + 1; i <= most + 3; ++i) REQUIRE(released(gate, start) == i);
}
