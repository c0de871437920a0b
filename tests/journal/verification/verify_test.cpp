// What verification sees beside the log itself: messages, alerts, deliveries and answers that are
// not as their rows say, and checkpoints that were kept elsewhere.
#include "gateway/journal/verification/verify.hpp"

#include <map>

#include "tests/journal/desk.hpp"

namespace siaga::test {
namespace {

using journal::Verdict;
using journal::VerifyAids;

journal::StoreSettings with_decoder() {
  journal::StoreSettings settings;
  settings.decoder = "test-1";
  return settings;
}

// A store with some of everything, and somebody with full access to its file who leaves the log
// alone.
class Intrusion {
 public:
  Intrusion() : desk(with_decoder()) {
    first = raise("a-1", plan_for(recipients(1, 4)));
    desk.send_all();
    desk.answer(first, "officer-1");
    desk.clock.advance(1min);
    second = raise("a-2", plan_for(recipients(5, 3)));
    for (auto const& delivery : desk.claim())
      desk.record(delivery, delivery.id.value % 2 == 0 ? SendOutcome(OutcomeUnknown("cut off"))
                                                       : SendOutcome(FailedTemporarily("busy")));
    auto const refused = desk.keep(desk.raw("nonsense"));
    Rejection const why(Reason{"", "cap.format", "no alert"});
    desk.get(desk.journal().reject(refused, polres, why, desk.now()));
    desk.get(desk.journal().checkpoint(desk.now()));
    GatewayEvent const started("started", "siaga");
    desk.get(desk.journal().write_event(started, desk.now()));
    aids.decoder = "test-1";
    aids.decode = [this](std::string_view, std::string_view payload) {
      auto const found = said.find(std::string(payload));
      return found == said.end() ? std::nullopt : std::optional<Alert>(found->second);
    };
  }
  AlertId raise(std::string const& name, Plan plan) {
    auto const made = desk.alert(name);
    said[name] = made;
    return desk.raise(made, std::move(plan)).alert;
  }
  void open_file() {
    desk.close();
    auto const path = journal::store_path(desk.dir.path());
    file = std::make_unique<journal::SqliteDatabase>(path, journal::SqliteDatabase::Mode::write);
  }
  // What verification says once these statements have run; they are undone afterwards.
  Verdict after(std::string const& sql) {
    if (!file) open_file();
    file->script("BEGIN");
    file->script(sql.c_str());
    auto verdict = journal::verify(*file, aids);
    file->script("ROLLBACK");
    return verdict;
  }
  void finds(std::string const& sql, std::string const& words) {
    INFO(sql);
    auto const verdict = after(sql);
    CHECK_FALSE(verdict.whole);
    CHECK(verdict.log_whole);
    CHECK(verdict.first_bad_row >= 1);
    CHECK_THAT(verdict.why, ContainsSubstring(words));
  }

  Desk desk;
  AlertId first, second;
  std::map<std::string, Alert> said;
  VerifyAids aids;
  std::unique_ptr<journal::SqliteDatabase> file;
};

TEST_CASE("a store nobody touched agrees with its log, and verification says what it held",
          "[journal]") {
  Intrusion store;
  auto const verdict = store.after("SELECT 1");
  INFO(verdict.why);
  CHECK(verdict.whole);
  CHECK(verdict.alerts == 2);
  CHECK(verdict.deliveries == 10);  // three hear that it is handled
  CHECK(verdict.messages == 3);
  CHECK(verdict.not_comparable == 0);
  CHECK(verdict.texts_compared_from == 1);
}

TEST_CASE("a changed delivery state is found, whichever way it was changed", "[journal]") {
  Intrusion store;
  store.finds("UPDATE deliveries SET state = 'delivered' WHERE id = 2",
              "delivery 2 is 'delivered' in the store and 'sent' by the log");
  store.finds("UPDATE deliveries SET state = 'failed' WHERE id = 1", "'failed' in the store");
  store.finds("UPDATE deliveries SET state = 'sent' WHERE id = 6", "'planned' by the log");
  store.finds("UPDATE deliveries SET state = 'claimed' WHERE id = 2", "'sent' by the log");
  store.finds("UPDATE deliveries SET officer = 'officer-9' WHERE id = 2",
              "another alert or officer");
  store.finds("UPDATE deliveries SET possible_duplicate = 0 WHERE id = 6", "arrived twice");
  store.finds("DELETE FROM deliveries WHERE id = 2", "numbers than it has deliveries");
  store.finds(
      "DELETE FROM deliveries WHERE id = 2; UPDATE tallies SET count = count - 1 WHERE"
      " alert = 1 AND state = 'sent'",
      "delivery 2 is missing");
  store.finds(
      "DELETE FROM deliveries WHERE id = 10; UPDATE tallies SET count = count - 1 WHERE"
      " alert = 2 AND count > 0",
      "tells of what is not in the store");
}

TEST_CASE("numbers people are shown that are not those of the deliveries are found", "[journal]") {
  Intrusion store;
  store.finds("UPDATE tallies SET count = count + 5 WHERE state = 'sent'", "other numbers");
}

TEST_CASE("a changed alert is found: its state, who sent it, what it says", "[journal]") {
  Intrusion store;
  store.finds("UPDATE alerts SET state = 'cancelled' WHERE id = 1",
              "alert 1 is 'cancelled' in the store and 'acknowledged' by the log");
  store.finds("UPDATE alerts SET state = 'acknowledged' WHERE id = 2", "'open' by the log");
  store.finds("UPDATE alerts SET agency = 'pmi' WHERE id = 1", "accepted otherwise");
  store.finds("UPDATE alerts SET priority = 99 WHERE id = 1", "accepted otherwise");
  store.finds("UPDATE alerts SET accepted_at = accepted_at - 60000 WHERE id = 1",
              "accepted otherwise");
  for (auto const* change :
       {"headline = 'Aman'", "event = 'Latihan'", "severity = 'Minor'", "status = 'Test'",
        "identifier = 'a-9'", "sender = 'x'", "body = replace(body, 'Massa', 'Warga')",
        "body = replace(body, '64.74.01.1003', '64.74.01.1004')", "body = '{'"})
    store.finds(std::string("UPDATE alerts SET ") + change + " WHERE id = 2",
                "the text of alert 2 was changed");
  store.finds("DELETE FROM alerts WHERE id = 1", "alert 1 is missing");
  store.finds("DELETE FROM alerts WHERE id = 2", "tells of what is not in the store");
  store.finds(
      "INSERT INTO alerts SELECT 3, family, sender, 'a-3', sent, sent_text, agency, code,"
      " state, status, msg_type, severity, event, headline, place, priority, accepted_at,"
      " expires, ended_at, recipients, inbox, announced, proof, body FROM alerts"
      " WHERE id = 2",
      "alert 3 was never accepted");
}

TEST_CASE("changed evidence is found: a payload, its topic, one taken out, one put in",
          "[journal]") {
  Intrusion store;
  store.finds("UPDATE inbox SET payload = CAST('a-3' AS BLOB) WHERE id = 1",
              "the text of message 1, received with row 1, was changed");
  store.finds("UPDATE inbox SET topic = 'siaga/alert/pmi' WHERE id = 1", "the topic of message 1");
  store.finds("UPDATE inbox SET payload = x'' WHERE id = 3", "no row says that it was dropped");
  store.finds("DELETE FROM inbox WHERE id = 3", "message 3, received with row");
  store.finds("DELETE FROM inbox WHERE id = 2", "message 2, received with row");
  store.finds("UPDATE inbox SET id = 4 WHERE id = 3", "message 3, received with row");
}

TEST_CASE("a message that came twice may have lost its second copy", "[journal]") {
  Intrusion store;
  auto const again = store.desk.keep(store.desk.raw("a-1"));
  auto command = store.desk.authorised(RaiseAlert{store.said["a-1"]});
  store.desk.get(
      store.desk.journal().accept(again, std::move(command), Plan(), {}, store.desk.now()));
  auto const id = std::to_string(again.value);
  CHECK(store.after("UPDATE inbox SET payload = x'' WHERE id = " + id).whole);
}

TEST_CASE("an alert read by another version is counted and not compared", "[journal]") {
  Intrusion store;
  store.aids.decoder = "test-2";
  auto const verdict = store.after("UPDATE alerts SET headline = 'Aman'");
  CHECK(verdict.whole);
  CHECK(verdict.not_comparable == 2);
  CHECK(verdict.texts_compared_from == 1);
}

TEST_CASE("rows of an older version do not say who read the message, and the verdict says so",
          "[journal]") {
  Desk old;
  old.raise("a-1", plan_for(recipients(1, 1)));
  auto const verdict = old.history()->verify();
  CHECK(verdict->whole);
  CHECK(verdict->not_comparable == 1);
  CHECK(verdict->texts_compared_from == 0);
}

TEST_CASE("what a network said cannot pass for a state", "[journal]") {
  Desk desk;
  desk.raise("a-1", plan_for(recipients(1, 1)));
  auto const delivery = desk.claim().front();
  desk.record(delivery, OutcomeUnknown("cut off state=delivered"));
  LateOutcome late;
  late.delivery = delivery.id;
  late.channel = sms;
  late.outcome = Failed("no such user state=delivered said=x");
  late.at = desk.clock.utc_now();
  desk.get(desk.journal().resolve(late));
  auto const verdict = desk.history()->verify();
  INFO(verdict->why);
  CHECK(verdict->whole);
}

TEST_CASE("a store that moves on while it is verified is whole", "[journal]") {
  Desk desk(with_decoder());
  desk.raise("a-1", plan_for(recipients(1, 5)));
  auto const history = desk.history();
  bool sent = false;
  VerifyAids aids;
  aids.decoder = "test-1";
  // Asked in the middle of it: the gateway goes on meanwhile.
  aids.decode = [&](std::string_view, std::string_view) -> std::optional<Alert> {
    if (!std::exchange(sent, true)) {
      desk.send_all();
      desk.answer(AlertId(1), "officer-1");
    }
    return std::nullopt;
  };
  auto const verdict = history->verify(aids);
  INFO(verdict->why);
  CHECK(sent);
  CHECK(verdict->whole);
}

TEST_CASE("a checkpoint kept elsewhere is held against the log", "[journal]") {
  Intrusion store;
  auto const whole = store.after("SELECT 1");
  auto const rows = whole.rows;
  store.aids.against = {{rows, whole.root}};
  CHECK(store.after("SELECT 1").whole);
  store.aids.against = {{rows, std::string(64, 'a')}};
  auto const other = store.after("SELECT 1");
  CHECK_FALSE(other.log_whole);
  CHECK_THAT(other.why, ContainsSubstring("kept elsewhere"));
  store.aids.against = {{rows + 5, whole.root}};
  auto const older = store.after("SELECT 1");
  CHECK(older.first_bad_row == rows + 1);
  CHECK_THAT(older.why, ContainsSubstring("an older copy of the store was put back"));
}

TEST_CASE("checkpoints taken out with their count are missed by the next start", "[journal]") {
  Intrusion store;
  store.open_file();
  store.file->script("DROP TRIGGER checkpoints_never_shrink");
  auto const verdict = store.after("DELETE FROM checkpoints; UPDATE head SET checkpoints = 0");
  CHECK_FALSE(verdict.log_whole);
  CHECK_THAT(verdict.why, ContainsSubstring("it counts 1, there are 0"));
}

}  // namespace
}  // namespace siaga::test
