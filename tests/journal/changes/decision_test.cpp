#include <boost/json.hpp>

#include "tests/journal/desk.hpp"

namespace siaga::test {
namespace {

namespace json = boost::json;

json::object newest_receipt(Desk& desk) {
  return json::parse(desk.ask<std::string>("SELECT payload FROM outbox ORDER BY id DESC LIMIT 1"))
      .as_object();
}

// What flow says of bytes it would not take today.
Rejection no_longer_valid(Alert const& made) {
  Rejection why(Reason{"/info/0/expires", "policy.expired", "sudah lewat / has passed"});
  why.identifier = made.identifier;
  why.sender = made.sender;
  return why;
}

void reject(Desk& desk, std::string payload, Rejection why, AgencyId const& agency = polres) {
  auto const from = desk.keep(desk.raw(std::move(payload)));
  desk.get(desk.journal().reject(from, agency, std::move(why), desk.now()));
}

void same_but_for_decision(json::object first, json::object again) {
  CHECK(again.at("decision").as_string() == "duplicate");
  first["decision"] = "duplicate";
  CHECK(again == first);
}

TEST_CASE("the same bytes after their expiry still get the first receipt", "[journal]") {
  Desk desk;
  auto const made = desk.alert("a-1");
  desk.raise(made, plan_for(recipients(1, 2)));
  auto const first = newest_receipt(desk);
  desk.clock.advance(48h);
  desk.get(desk.journal().expire_due({}, desk.now()));
  reject(desk, "a-1", no_longer_valid(made));
  same_but_for_decision(first, newest_receipt(desk));
  CHECK(desk.count("SELECT count(*) FROM log WHERE kind = 'rejected'") == 0);
  CHECK(desk.count("SELECT count(*) FROM inbox WHERE state = 'duplicate'") == 1);
}

TEST_CASE("other bytes, or another agency's, are rejected for their own reasons", "[journal]") {
  Desk desk;
  auto const made = desk.alert("a-1");
  desk.raise(made, plan_for(recipients(1, 2)));
  reject(desk, "a-1 changed", no_longer_valid(made));
  CHECK(newest_receipt(desk).at("decision").as_string() == "rejected");
  reject(desk, "a-1", no_longer_valid(made), AgencyId("pmi"));
  CHECK(newest_receipt(desk).at("decision").as_string() == "rejected");
}

TEST_CASE("a repeated receipt keeps the reasons of the first", "[journal]") {
  Desk desk;
  auto const made = desk.alert("a-1");
  desk.raise(made, plan_for({}));
  auto const first = newest_receipt(desk);
  REQUIRE(first.at("reasons").as_array().size() == 1);
  desk.clock.advance(1min);
  CHECK(desk.raise(made, plan_for(recipients(1, 3))).recipients == 0);
  same_but_for_decision(first, newest_receipt(desk));
}

TEST_CASE("a kept receipt that was damaged fails its own message, and the store goes on",
          "[journal]") {
  Desk desk;
  auto const made = desk.alert("a-1");
  desk.raise(made, plan_for(recipients(1, 1)));
  desk.close();
  {
    journal::SqliteDatabase database(journal::store_path(desk.dir.path()),
                                     journal::SqliteDatabase::Mode::write);
    journal::run(database, "UPDATE identities SET receipt = '{'");
  }
  desk.open();
  auto const from = desk.keep(desk.raw("a-1"));
  auto const again =
      desk.await(desk.journal().reject(from, polres, no_longer_valid(made), desk.now()));
  REQUIRE_FALSE(again.has_value());
  CHECK(again.error().text().find("a-1 is damaged") != std::string::npos);
  desk.raise("a-2", plan_for(recipients(1, 1)));
}

TEST_CASE("a repeated cancel gets the cancel's receipt, not the alert's", "[journal]") {
  Desk desk;
  auto const made = desk.alert("a-1");
  desk.raise(made, plan_for(recipients(1, 3)));
  desk.record(desk.claim(sms, 1).front());
  auto const cancel = Desk::about(desk.alert("c-1", MsgType::cancel), made);
  desk.cancel(cancel);
  auto const first = newest_receipt(desk);
  auto const again = desk.cancel(cancel);
  CHECK(again.recipients == 1);
  CHECK(again.code.empty());
  same_but_for_decision(first, newest_receipt(desk));
}

TEST_CASE("a repeated note gets its receipt again", "[journal]") {
  Desk desk;
  auto const command = desk.authorised(NoteMessage{desk.alert("n-1", MsgType::ack)});
  desk.get(desk.journal().note(desk.keep(desk.raw("n-1")), command, desk.now()));
  auto const first = newest_receipt(desk);
  desk.get(desk.journal().note(desk.keep(desk.raw("n-1")), command, desk.now()));
  same_but_for_decision(first, newest_receipt(desk));
}

}  // namespace
}  // namespace siaga::test
