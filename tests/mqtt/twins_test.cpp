#include "protocols/mqtt/twins.hpp"

#include "tests/support/catch.hpp"

using namespace siaga;
using mqtt::Path;
using mqtt::Twins;

namespace {

constexpr auto polres = "siaga/alert/polres";
constexpr auto bpbd = "siaga/alert/bpbd";

RawMessage message(std::string payload, std::string topic = polres) {
  RawMessage made;
  made.topic = std::move(topic);
  made.payload = std::move(payload);
  return made;
}

// As intake does: kept, unless the other copy was.
bool keeps(Twins& twins, Path by, RawMessage const& raw) {
  auto const name = Twins::name_of(raw);
  if (twins.came_before(by, name)) return false;
  twins.kept(by, name, raw.topic);
  return true;
}

}  // namespace

TEST_CASE("of a message's two copies the first is kept, by whichever path it came", "[mqtt]") {
  Twins twins;
  twins.open(polres);
  CHECK(keeps(twins, Path::express, message("one")));
  CHECK_FALSE(keeps(twins, Path::session, message("one")));
  CHECK(keeps(twins, Path::session, message("two")));
  CHECK_FALSE(keeps(twins, Path::express, message("two")));
  CHECK(twins.waiting() == 0);
}

TEST_CASE("the same bytes published twice are kept twice, however their copies mingle", "[mqtt]") {
  Twins twins;
  twins.open(polres);
  CHECK(keeps(twins, Path::express, message("one")));
  CHECK(keeps(twins, Path::express, message("one")));
  CHECK_FALSE(keeps(twins, Path::session, message("one")));
  CHECK_FALSE(keeps(twins, Path::session, message("one")));
  CHECK(keeps(twins, Path::session, message("one")));
}

TEST_CASE("messages that differ in anything an agency sends are no twins", "[mqtt]") {
  auto const one = message("one");
  std::vector<RawMessage> others(7, one);
  others[0].topic = bpbd;
  others[1].payload = "One";
  others[2].content_type = "application/json";
  others[3].response_topic = "polres/answers";
  others[4].correlation_data = std::string("\0", 1);
  others[5].signature = "s";
  others[6].key_id = "s";
  std::set<Twins::Name> names{Twins::name_of(one)};
  for (auto const& other : others) names.insert(Twins::name_of(other));
  CHECK(names.size() == 8);
  auto moved = one;
  moved.payload = "on";
  moved.content_type = "e";
  CHECK(Twins::name_of(moved) != Twins::name_of(one));
  auto later = one;
  later.received_at = UtcTime(milliseconds(5));
  CHECK(Twins::name_of(later) == Twins::name_of(one));
}

TEST_CASE("no twin is waited for by a lane that is not open", "[mqtt]") {
  Twins twins;
  twins.open(bpbd);
  CHECK(keeps(twins, Path::session, message("one")));
  CHECK(twins.waiting() == 0);
  CHECK(keeps(twins, Path::session, message("one")));
  CHECK_FALSE(twins.expects(polres));
  CHECK(twins.expects(bpbd));
}

TEST_CASE("a lane that closes takes along what was to come by it, and no more", "[mqtt]") {
  Twins twins;
  twins.open(polres);
  twins.open(bpbd);
  CHECK(keeps(twins, Path::session, message("one")));
  CHECK(keeps(twins, Path::session, message("one", bpbd)));
  CHECK(keeps(twins, Path::express, message("two")));
  twins.close(polres);
  CHECK(twins.waiting() == 2);
  CHECK(keeps(twins, Path::session, message("one")));
  CHECK_FALSE(keeps(twins, Path::express, message("one", bpbd)));
  CHECK_FALSE(keeps(twins, Path::session, message("two")));
}

TEST_CASE("a lost session takes along what was to come by it", "[mqtt]") {
  Twins twins;
  twins.open(polres);
  CHECK(keeps(twins, Path::express, message("one")));
  CHECK(keeps(twins, Path::session, message("two")));
  twins.session_lost();
  CHECK(twins.waiting() == 1);
  CHECK(keeps(twins, Path::session, message("one")));
  CHECK_FALSE(keeps(twins, Path::express, message("two")));
}

TEST_CASE("beyond its bound the oldest copy is forgotten: kept twice, never lost", "[mqtt]") {
  Twins twins;
  twins.open(polres);
  for (std::size_t i = 0; i <= Twins::waiting_max; ++i)
    CHECK(keeps(twins, Path::express, message(std::to_string(i))));
  CHECK(twins.waiting() == Twins::waiting_max);
  CHECK(keeps(twins, Path::session, message("0")));
  CHECK_FALSE(keeps(twins, Path::session, message(std::to_string(Twins::waiting_max))));
}
