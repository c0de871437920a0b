#include "gateway/flow/incident_book.hpp"

#include <set>

#include "tests/support/catch.hpp"

namespace siaga::test {
namespace {

using flow::IncidentBook;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr auto down = IncidentKind::channel_down;  // lasts
constexpr auto forged = IncidentKind::signature;   // is over when it is told

// A book, and the time its owner hands in; keeps and tells whatever there is, as the owner does.
struct Kept {
  IncidentBook book;
  Moment now{UtcTime(milliseconds(1'795'415'400'000)), SteadyTime(milliseconds(1'000'000))};
  std::vector<IncidentChange> changes;
  std::vector<flow::IncidentNotice> told;

  void advance(milliseconds by) {
    now.utc += by;
    now.steady += by;
  }
  void round() {
    book.sweep(now);
    auto const notices = book.untold(now.steady);
    auto const page = book.unkept();
    changes.insert(changes.end(), page.begin(), page.end());
    told.insert(told.end(), notices.begin(), notices.end());
    book.kept(page);
    book.told(notices, now.steady);
  }
  void rounds(milliseconds during, milliseconds every = seconds(1)) {
    for (milliseconds gone{0}; gone < during; gone += every) {
      advance(every);
      round();
    }
  }
  void raise(IncidentKind kind, std::string about) {
    book.raise(kind, std::move(about), "why", now);
    round();
  }
  void end(IncidentKind kind, std::string const& about) {
    book.end(kind, about, now.utc);
    round();
  }
};

TEST_CASE("an incident is kept at once and told when others had time to come with it", "[flow]") {
  Kept kept;
  kept.raise(down, "sms");
  REQUIRE(kept.changes.size() == 1);
  CHECK(kept.changes[0].times == 1);
  CHECK(kept.told.empty());
  kept.raise(down, "modem");
  kept.rounds(seconds(3));
  REQUIRE(kept.told.size() == 1);
  CHECK(kept.told[0].report.more == 1);
  CHECK(kept.told[0].abouts == std::vector<std::string>{"modem", "sms"});
}

TEST_CASE("a storm is one message in a quarter of an hour, the rest counted in the next",
          "[flow]") {
  Kept kept;
  for (int i = 0; i < 1000; ++i) {
    kept.raise(forged, "polres");
    kept.advance(milliseconds(10));
  }
  kept.rounds(minutes(14));
  REQUIRE(kept.told.size() == 1);
  CHECK(kept.told[0].report.count < 1000);
  kept.rounds(minutes(2));
  REQUIRE(kept.told.size() == 2);
  CHECK(kept.told[0].report.count + kept.told[1].report.count == 1000);
}

TEST_CASE("what does not last is over after a quarter of an hour without, and its end is not told",
          "[flow]") {
  Kept kept;
  kept.raise(forged, "polres");
  kept.rounds(minutes(14));
  CHECK_FALSE(kept.changes.back().ended);
  kept.rounds(minutes(2));
  CHECK(kept.changes.back().ended);
  CHECK(kept.told.size() == 1);
}

TEST_CASE("the end of what was told is told at once; of what was not, never", "[flow]") {
  Kept kept;
  kept.raise(down, "sms");
  kept.rounds(seconds(3));
  kept.end(down, "sms");
  REQUIRE(kept.told.size() == 2);
  CHECK(kept.told[1].report.ended == kept.now.utc);
  kept.raise(down, "sms");  // within the quarter of an hour: not told
  kept.rounds(seconds(5));
  kept.end(down, "sms");
  CHECK(kept.told.size() == 2);
  kept.advance(minutes(15));
  kept.raise(down, "sms");
  kept.rounds(seconds(3));
  REQUIRE(kept.told.size() == 3);
  CHECK(kept.told[2].report.count == 2);  // the one missed is counted
}

TEST_CASE("one that is over before it could be told is told nobody", "[flow]") {
  Kept kept;
  kept.raise(down, "sms");
  kept.end(down, "sms");
  kept.rounds(minutes(1));
  CHECK(kept.told.empty());
  CHECK(kept.book.lasting().empty());
}

KeptIncident open_one(IncidentKind kind, UtcTime since) {
  KeptIncident one;
  one.kind = kind;
  one.about = "sms";
  one.since = one.last = since;
  one.count = one.told = 1;
  one.told_at = since;
  return one;
}

TEST_CASE("one from before a restart that nobody raises again ends, and that is told", "[flow]") {
  Kept kept;
  kept.book.restore({open_one(down, kept.now.utc - minutes(5))}, kept.now);
  kept.rounds(seconds(89));
  CHECK(kept.book.lasting().size() == 1);
  kept.rounds(seconds(2));
  CHECK(kept.book.lasting().empty());
  REQUIRE(kept.told.size() == 1);
  CHECK(kept.told[0].report.ended.has_value());
}

TEST_CASE("one from before a restart that is raised again is the same one", "[flow]") {
  Kept kept;
  kept.book.restore({open_one(down, kept.now.utc - minutes(5))}, kept.now);
  kept.rounds(seconds(60));
  kept.raise(down, "sms");
  kept.rounds(minutes(30));
  CHECK(kept.book.lasting().size() == 1);
  CHECK(kept.told.empty());
  CHECK(kept.changes.empty());
}

TEST_CASE("after a restart the quarter of an hour goes on", "[flow]") {
  Kept kept;
  kept.book.restore({open_one(forged, kept.now.utc - minutes(5))}, kept.now);
  kept.raise(forged, "sms");
  kept.rounds(minutes(9));
  CHECK(kept.told.empty());
  kept.rounds(minutes(2));
  CHECK(kept.told.size() == 1);
}

TEST_CASE("names from outside cannot make incidents without number", "[flow]") {
  Kept kept;
  for (int i = 0; i < 1000; ++i)
    kept.raise(IncidentKind::publish_refused, "topic/" + std::to_string(i));
  CHECK(kept.book.unkept().empty());
  std::set<std::string> abouts;
  for (auto const& change : kept.changes) abouts.insert(change.about);
  CHECK(abouts.size() == IncidentBook::abouts_max + 1);
}

TEST_CASE("raised again while its end is being kept, it is another one", "[flow]") {
  Kept kept;
  kept.raise(down, "sms");
  kept.rounds(seconds(3));
  kept.book.end(down, "sms", kept.now.utc);
  auto const page = kept.book.unkept();
  auto const notices = kept.book.untold(kept.now.steady);
  kept.advance(milliseconds(5));
  kept.book.raise(down, "sms", "again", kept.now);
  kept.book.kept(page);
  kept.book.told(notices, kept.now.steady);
  auto const next = kept.book.unkept();
  REQUIRE(next.size() == 1);
  CHECK(next[0].times == 1);
  CHECK_FALSE(next[0].ended);
  CHECK(next[0].since == kept.now.utc);
}

}  // namespace
}  // namespace siaga::test
