#include "gateway/domain/directory.hpp"

#include "tests/support/catch.hpp"

using namespace siaga;

namespace {

Officer officer_of(std::string id, std::map<std::string, std::string> addresses) {
  Officer officer;
  officer.id = OfficerId(std::move(id));
  officer.addresses = std::move(addresses);
  return officer;
}

Directory const& directory() {
  static Directory const people(
      {officer_of("kabag", {{"sms", "0812-0000 0001"}, {"email", "Kabag@Polres.example"}}),
       officer_of("piket-1", {{"sms", "+6281200000002"}}),
       officer_of("piket-2", {{"sms", "+6281200000002"}, {"email", "piket@polres.example"}})},
      {Team{TeamId("piket"), {OfficerId("piket-1"), OfficerId("piket-2")}, false, false}});
  return people;
}

std::string who(std::string const& key, std::string const& address) {
  auto const* officer = directory().officer_at(key, address);
  return officer == nullptr ? "" : officer->id.value;
}

}  // namespace

TEST_CASE("officers and teams are found by id", "[domain]") {
  REQUIRE(directory().officer(OfficerId("kabag")) != nullptr);
  CHECK(directory().officer(OfficerId("nobody")) == nullptr);
  REQUIRE(directory().team(TeamId("piket")) != nullptr);
  CHECK(directory().team(TeamId("piket"))->members.size() == 2);
  CHECK(directory().team(TeamId("kabag")) == nullptr);
}

TEST_CASE("an address finds its officer however it is spelled", "[domain]") {
  CHECK(who("sms", "+6281200000001") == "kabag");
  CHECK(who("sms", "6281200000001") == "kabag");
  CHECK(who("email", "kabag@polres.EXAMPLE") == "kabag");
}

TEST_CASE("an address is one of its kind of channel only", "[domain]") {
  CHECK(who("email", "+6281200000001").empty());
  CHECK(who("sms", "piket@polres.example").empty());
}

TEST_CASE("an address two officers share identifies neither", "[domain]") {
  CHECK(who("sms", "+6281200000002").empty());
  CHECK(who("email", "piket@polres.example") == "piket-2");
}

TEST_CASE("a directory that is copied finds people in the copy", "[domain]") {
  Directory copy = directory();
  CHECK(copy.officer(OfficerId("kabag")) == &copy.officers()[0]);
  CHECK(copy.officer_at("email", "piket@polres.example") == &copy.officers()[2]);
}

TEST_CASE("areas meet when one lies within the other", "[domain]") {
  CHECK(areas_meet("64.74", "64.74.01.1003"));
  CHECK(areas_meet("64.74.01.1003", "64.74"));
  CHECK(areas_meet("64.74", "64.74"));
  CHECK_FALSE(areas_meet("64.74", "64.72"));
  CHECK_FALSE(areas_meet("64.7", "64.74"));
  CHECK_FALSE(areas_meet("64.74.01", "64.74.02"));
  CHECK_FALSE(areas_meet("", "64.74"));
}

TEST_CASE("an area covers what lies within it, not what is wider", "[domain]") {
  CHECK(area_covers("64.74", "64.74.01"));
  CHECK_FALSE(area_covers("64.74.01", "64.74"));
  CHECK_FALSE(area_covers("", "64.74"));
}
