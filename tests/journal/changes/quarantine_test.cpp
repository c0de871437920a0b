#include <algorithm>

#include "gateway/base/digest.hpp"
#include "tests/journal/desk.hpp"

// What is kept of which message, and for how long.
namespace siaga::test {
namespace {

InboxRules rules() {
  InboxRules made;
  made.agencies = {AgencyId("bpbd"), polres};
  made.alert_bytes_max = 3000;
  made.answer_bytes_max = 2000;
  return made;
}

RawMessage sent_by(Desk const& desk, std::string const& topic, std::string payload) {
  auto message = desk.raw(std::move(payload));
  message.topic = topic;
  return message;
}

Rejection why() {
  return Rejection(Reason{"/info", "cap.info.form", "salah / wrong"});
}

InboxId refuse(Desk& desk, std::string payload, std::string const& agency = "polres") {
  auto const from = desk.keep(sent_by(desk, "siaga/alert/" + agency, std::move(payload)));
  CHECK(desk.get(desk.journal().reject(from, AgencyId(agency), why(), desk.now())).decision ==
        Decision::rejected);
  return from;
}

std::string payload_of(Desk& desk, InboxId id) {
  return desk.ask<std::string>("SELECT CAST(payload AS TEXT) FROM inbox WHERE id = ?", id);
}

std::string kept_of(Desk& desk, InboxId id) {
  return desk.ask<std::string>("SELECT kept FROM inbox WHERE id = ?", id);
}

std::string hash_of(Desk& desk, InboxId id) {
  return desk.ask<std::string>("SELECT lower(hex(digest)) FROM inbox WHERE id = ?", id);
}

std::string sha256(std::string const& text) {
  return siaga::to_hex(siaga::bytes_of(siaga::Sha256().of(text)));
}

// Of what the store thread does when there is time.
void until(Desk& desk, char const* count, std::int64_t wanted) {
  auto const deadline = std::chrono::steady_clock::now() + 10s;
  while (desk.count(count) != wanted && std::chrono::steady_clock::now() < deadline)
    desk.get(desk.journal().probe());
  CHECK(desk.count(count) == wanted);
}

journal::StoreSettings small(std::int64_t quarantine_bytes) {
  journal::StoreSettings settings;
  settings.quarantine_bytes = quarantine_bytes;
  return settings;
}

}  // namespace

TEST_CASE("of an alert that is too long the first KiB is kept, with its length and hash",
          "[journal]") {
  Desk desk;
  desk.store->inbox().judge_by(rules());
  std::string const fits(3000, 'a'), longer(3001, 'b');
  auto const whole = desk.keep(sent_by(desk, "siaga/alert/polres", fits));
  CHECK(desk.store->inbox().keep(sent_by(desk, "siaga/alert/polres", longer)));
  auto const cut = desk.await(desk.journal().next_inbound());
  CHECK(cut.kept == Kept::cut);
  CHECK(cut.bytes == 3001);
  CHECK(cut.raw.payload == std::string(1024, 'b'));
  CHECK(payload_of(desk, whole) == fits);
  CHECK(payload_of(desk, cut.id) == std::string(1024, 'b'));
  CHECK(hash_of(desk, cut.id) == sha256(longer));
  auto const again = desk.get(desk.journal().inbound(cut.id));
  CHECK(again.kept == Kept::cut);
  CHECK(again.bytes == 3001);
  auto const log = *desk.history()->log({});
  CHECK(log.back().detail.find("bytes=3001 sha256=" + sha256(longer) + " kept=cut") !=
        std::string::npos);
}

TEST_CASE("an answer has a limit of its own", "[journal]") {
  Desk desk;
  desk.store->inbox().judge_by(rules());
  auto const fits = desk.keep(sent_by(desk, "siaga/ack/polres", std::string(2000, 'a')));
  auto const cut = desk.keep(sent_by(desk, "siaga/ack/polres", std::string(2001, 'a')));
  CHECK(kept_of(desk, fits) == "whole");
  CHECK(kept_of(desk, cut) == "cut");
}

TEST_CASE("of an agency that is not in the configuration only the hash is kept", "[journal]") {
  Desk desk;
  desk.store->inbox().judge_by(rules());
  auto message = sent_by(desk, "siaga/alert/nobody", "a secret");
  message.correlation_data = "c-1";
  message.response_topic = "siaga/receipt/nobody/answers";
  auto const from = desk.keep(message);
  CHECK(desk.get(desk.journal().inbound(from)).raw.payload == "");
  CHECK(hash_of(desk, from) == sha256("a secret"));
  desk.get(desk.journal().reject(from, AgencyId("nobody"), why(), desk.now()));
  CHECK(desk.count("SELECT count(*) FROM outbox WHERE topic = 'siaga/receipt/nobody/answers'") ==
        1);
  CHECK(desk.count("SELECT sum(length(correlation)) FROM inbox") == 0);
  CHECK(desk.count("SELECT count(*) FROM quarantine") == 0);
  auto known = rules();
  known.agencies.insert(known.agencies.begin() + 1, AgencyId("nobody"));
  desk.store->inbox().judge_by(known);
  CHECK(kept_of(desk, desk.keep(message)) == "whole");
}

TEST_CASE("properties nobody needs do not fill the store", "[journal]") {
  Desk desk;
  auto message = sent_by(desk, "siaga/alert/polres", "<alert/>");
  message.correlation_data = std::string(60000, 'c');
  message.content_type = std::string(60000, 't');
  message.response_topic = std::string(60000, 'r');
  desk.keep(message);
  CHECK(desk.count("SELECT length(correlation) + length(content_type) + length(response_topic)"
                   " FROM inbox") == 2048);
}

TEST_CASE("beyond an eighth an agency's oldest refused payload goes; hash, reasons and a row stay",
          "[journal]") {
  Desk desk(small(8000));
  auto const first = refuse(desk, std::string(400, 'a'));
  auto const second = refuse(desk, std::string(400, 'b'));
  auto const others = refuse(desk, std::string(400, 'o'), "bpbd");
  CHECK(kept_of(desk, first) == "whole");
  auto const third = refuse(desk, std::string(400, 'c'));
  CHECK(kept_of(desk, first) == "dropped");
  CHECK(payload_of(desk, first) == "");
  CHECK(hash_of(desk, first) == sha256(std::string(400, 'a')));
  for (auto const id : {second, third, others}) CHECK(kept_of(desk, id) == "whole");
  auto const refused = *desk.history()->refused({});
  REQUIRE(refused.back().inbox == first);
  CHECK(refused.back().kept == Kept::dropped);
  CHECK(refused.back().bytes == 400);
  CHECK(refused.back().reasons.front().rule == "cap.info.form");
  auto const log = *desk.history()->log({});
  auto const row = std::ranges::find(log, "payload-dropped", &journal::LogRow::kind);
  REQUIRE(row != log.end());
  CHECK(row->detail == "inbox=" + std::to_string(first.value) +
                           " bytes=400 sha256=" + sha256(std::string(400, 'a')));
  CHECK(desk.history()->verify()->whole);
  desk.close();
  desk.open();
  refuse(desk, std::string(400, 'd'));
  CHECK(kept_of(desk, second) == "dropped");
  CHECK(desk.count("SELECT bytes FROM quarantine WHERE agency = 'polres'") == 800);
}

TEST_CASE("answers that were refused count with their agency's alerts", "[journal]") {
  Desk desk(small(8000));
  auto const answer = desk.keep(sent_by(desk, "siaga/ack/polres", std::string(600, 'a')));
  desk.get(desk.journal().reject(answer, polres, why(), desk.now()));
  auto const alert = refuse(desk, std::string(600, 'b'));
  CHECK(kept_of(desk, answer) == "dropped");
  CHECK(kept_of(desk, alert) == "whole");
}

TEST_CASE("when all have too much together, the oldest of all goes", "[journal]") {
  Desk desk(small(8000));
  std::vector<InboxId> kept;
  for (int i = 0; i < 10; ++i)
    kept.push_back(refuse(desk, std::string(900, 'a'), "agency-" + std::to_string(i)));
  CHECK(kept_of(desk, kept[0]) == "dropped");
  CHECK(kept_of(desk, kept[1]) == "dropped");
  for (std::size_t i = 2; i < kept.size(); ++i) CHECK(kept_of(desk, kept[i]) == "whole");
}

TEST_CASE("a payload that is new, held or accepted is never dropped", "[journal]") {
  Desk desk(small(8000));
  auto const fresh = desk.keep(desk.raw(std::string(900, 'n')));
  auto const held = desk.keep(desk.raw(std::string(900, 'h')));
  desk.get(desk.journal().hold(held, polres, why(), desk.now()));
  desk.raise("a-1", plan_for(recipients(1, 1)));
  for (int i = 0; i < 20; ++i) refuse(desk, std::string(900, 'r'));
  CHECK(payload_of(desk, fresh) == std::string(900, 'n'));
  CHECK(payload_of(desk, held) == std::string(900, 'h'));
  CHECK(desk.ask<std::string>("SELECT CAST(payload AS TEXT) FROM inbox WHERE state = 'accepted'") ==
        "a-1");
  CHECK(desk.count("SELECT sum(length(payload)) FROM inbox WHERE state = 'rejected'") == 900);
}

TEST_CASE("of an accepted message that comes again no second copy is kept", "[journal]") {
  Desk desk;
  desk.raise("a-1", plan_for(recipients(1, 1)));
  CHECK(desk.raise("a-1", plan_for(recipients(1, 1))).decision == Decision::duplicate);
  CHECK(desk.count("SELECT sum(length(payload)) FROM inbox") == 3);
  CHECK(desk.count("SELECT count(DISTINCT digest) FROM inbox") == 1);
  CHECK(desk.raise("a-1", plan_for(recipients(1, 1))).decision == Decision::duplicate);
}

TEST_CASE("what an older program kept too much of is swept at start, a few at a time",
          "[journal]") {
  Desk desk;
  for (int i = 0; i < 300; ++i) refuse(desk, std::string(100, 'a'));
  desk.close();
  {
    journal::SqliteDatabase database(journal::store_path(desk.dir.path()),
                                     journal::SqliteDatabase::Mode::write);
    database.script("UPDATE inbox SET digest = NULL, bytes = NULL");
  }
  int commits = 0;
  desk.settings.quarantine_bytes = 8000;
  desk.settings.probe = [&](std::string_view point) { commits += point == "after-commit" ? 1 : 0; };
  desk.open();
  until(desk, "SELECT count(*) FROM inbox WHERE kept = 'dropped'", 290);
  CHECK(desk.count("SELECT count(*) FROM log WHERE kind = 'payload-dropped'") == 290);
  CHECK(desk.count("SELECT min(id) FROM inbox WHERE kept = 'whole'") == 291);
  CHECK(hash_of(desk, InboxId(1)) == sha256(std::string(100, 'a')));
  desk.close();
  CHECK(commits >= 5);
}

TEST_CASE("one long payload after many short ones does not make a transaction long", "[journal]") {
  Desk desk(small(80000));
  for (int i = 0; i < 100; ++i) refuse(desk, std::string(99, 'a'));
  refuse(desk, std::string(9000, 'b'));
  until(desk, "SELECT count(*) FROM inbox WHERE kept = 'dropped'", 90);
}

TEST_CASE("of the last room answers have less than what has happened, and more than new alerts",
          "[journal]") {
  Desk desk;
  desk.close();
  desk.settings.free_bytes_min = std::uint64_t{1} << 60;
  desk.open();
  CHECK(desk.store->inbox().keep(desk.raw("new")).error().is(Errc::storage_full));
  CHECK(desk.store->inbox().keep(sent_by(desk, "siaga/ack/polres", "{}")));
}

}  // namespace siaga::test
