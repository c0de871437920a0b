#include "gateway/journal/log/words.hpp"

#include "tests/journal/desk.hpp"

namespace siaga::test {
namespace {

using journal::logged_path;
using journal::logged_proof;
using journal::logged_topic;

TEST_CASE("a path in the log has CAP's names and positions, and no word of the sender",
          "[journal]") {
  CHECK(logged_path("/info/0/area/12/geocode") == "/info/0/area/12/geocode");
  CHECK(logged_path("/alert/info[2]/event (5:1)") == "/alert/info[2]/event (5:1)");
  CHECK(logged_path("/info/0/Budi Santoso 0812-3456-7890") == "/info/0/?");
  CHECK(logged_path("/alert/Budi (5:12)") == "/alert/? (5:12)");
  CHECK(logged_path("/081234567890") == "/?");
  CHECK(logged_path("/info[081234567890]/event") == "/?/event");
  CHECK(logged_path("/a~1b/Budi/event") == "/?/?/event");
  CHECK(logged_path("") == "");
}

TEST_CASE("a topic in the log has ids only", "[journal]") {
  CHECK(logged_topic("siaga/alert/polres-bontang") == "siaga/alert/polres-bontang");
  CHECK(logged_topic("siaga/alert/Budi Santoso") == "siaga/alert/?");
  CHECK(logged_topic("siaga/alert/081234567890") == "siaga/alert/?");
  CHECK(logged_topic("siaga/alert/\x1b[2J") == "siaga/alert/?");
}

TEST_CASE("a signature nobody checked is in the log without the name it gives itself",
          "[journal]") {
  CHECK(logged_proof("none") == "none");
  CHECK(logged_proof("verified ed25519 polres-2026") == "verified ed25519 polres-2026");
  CHECK(logged_proof("unverified ed25519 Budi Santoso") == "unverified ed25519");
  CHECK(logged_proof("unverified xmldsig") == "unverified xmldsig");
}

TEST_CASE("the log row of a rejected message has rule and position; the words stay with it",
          "[journal]") {
  Desk desk;
  auto const from = desk.keep(desk.raw("{}"));
  Rejection why(Reason{"/info/0/Budi Santoso 081234567890", "cap.element.unknown",
                       "'Budi Santoso 081234567890' tidak dikenal / unknown", "3:14"});
  why.incident = "signature";
  desk.get(desk.journal().reject(from, AgencyId("Budi Santoso"), why, desk.now()));
  auto const rejected = desk.ask<std::string>("SELECT detail FROM log WHERE kind = 'rejected'");
  CHECK(rejected == "inbox=1 agency=? rules=cap.element.unknown@/info/0/? (3:14)");
  CHECK(desk.count("SELECT count(*) FROM log WHERE detail LIKE '%Budi%'"
                   " OR detail LIKE '%0812%'") == 0);
  CHECK_THAT(desk.ask<std::string>("SELECT reason FROM inbox"), ContainsSubstring("Budi"));
}

TEST_CASE("the words of a peer in a channel's state are without addresses in the log",
          "[journal]") {
  Desk desk;
  GatewayEvent const event("channel-down", "email: 550 kabag@polres.example is unknown");
  desk.get(desk.journal().write_event(event, desk.now()));
  CHECK(desk.ask<std::string>("SELECT detail FROM log") == "email: 550 *** is unknown");
}

}  // namespace
}  // namespace siaga::test
