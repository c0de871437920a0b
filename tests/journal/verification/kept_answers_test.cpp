#include "gateway/journal/verification/verify.hpp"
#include "tests/journal/desk.hpp"

namespace siaga::test {
namespace {

// Answers of every kind behind a whole log; then a forger with the table people are shown.
class Answered {
 public:
  Answered() {
    auto const alert = desk.raise("a-1", plan_for(recipients(1, 3), 2)).alert;
    desk.send_all();
    desk.answer(alert, "officer-1");
    desk.answer(alert, "officer-2", Answer::declined);
    desk.answer(alert, "officer-2", Answer::declined);
    desk.close();
    forger = std::make_unique<journal::SqliteDatabase>(journal::store_path(desk.dir.path()),
                                                       journal::SqliteDatabase::Mode::write);
    first = journal::first<std::int64_t>(*forger, "SELECT min(seq) FROM acknowledgements").value();
  }
  journal::Verdict after(std::string const& sql) {
    forger->script("BEGIN");
    forger->script(sql.c_str());
    auto verdict = journal::verify(*forger);
    forger->script("ROLLBACK");
    return verdict;
  }

  Desk desk;
  std::unique_ptr<journal::SqliteDatabase> forger;
  std::int64_t first = 0;
};

TEST_CASE("any change of a kept answer is found, and its row is named", "[journal]") {
  Answered store;
  REQUIRE(store.after("SELECT 1").whole);
  for (std::string const change :
       {"answer = 'declined'", "answer = 'perhaps'", "officer = 'officer-9'", "via = 'radio'",
        "evidence = 'pin'", "at = at + 1", "counted = 0", "alert = 2", "note = 'tidak jadi'",
        "note = ''", "salt = x''"}) {
    auto const verdict = store.after("UPDATE acknowledgements SET " + change +
                                     " WHERE seq = " + std::to_string(store.first));
    INFO(change << ": " << verdict.why);
    CHECK_FALSE(verdict.whole);
    CHECK(verdict.first_bad_row == store.first);
  }
}

TEST_CASE("a kept answer taken away or invented is found", "[journal]") {
  Answered store;
  auto const gone =
      store.after("DELETE FROM acknowledgements WHERE seq = " + std::to_string(store.first));
  CHECK_FALSE(gone.whole);
  CHECK(gone.first_bad_row == store.first);
  for (auto const* seq : {"1", "100000"}) {
    auto const invented = store.after(std::string("INSERT INTO acknowledgements SELECT ") + seq +
                                      ", alert, officer, answer, via, evidence, at, counted, note,"
                                      " salt FROM acknowledgements LIMIT 1");
    CHECK_FALSE(invented.whole);
  }
}

TEST_CASE("a note erased with its salt leaves the log whole", "[journal]") {
  Answered store;
  CHECK(store.after("UPDATE acknowledgements SET note = '', salt = x''").whole);
}

TEST_CASE("a store whose tables cannot be read is reported as damaged", "[journal]") {
  Answered store;
  for (auto const* sql : {"DROP TABLE checkpoints", "DROP TABLE acknowledgements",
                          "DROP TABLE head", "DROP TABLE log"}) {
    store.forger->script("BEGIN");
    store.forger->script(sql);
    auto const verdict = journal::verify(*store.forger);
    INFO(sql << ": " << verdict.why);
    CHECK_FALSE(verdict.whole);
    CHECK(verdict.first_bad_row > 0);
    CHECK_THAT(verdict.why, ContainsSubstring("cannot be read"));
    store.forger->script("ROLLBACK");
  }
}

TEST_CASE("an agency's answer and its message end in one step", "[journal]") {
  Desk desk;
  auto const alert = desk.raise("a-1", plan_for(recipients(1, 1))).alert;
  auto message = desk.raw("{}");
  message.topic = "siaga/ack/polres";
  auto const from = desk.keep(message);
  Acknowledgement answer;
  answer.alert = alert;
  answer.officer = OfficerId("officer-1");
  answer.at = desk.clock.utc_now();
  CHECK(desk.get(desk.journal().acknowledge(answer, {}, desk.now(), from)).alert_ended);
  CHECK(desk.count("SELECT count(*) FROM inbox WHERE state = 'new'") == 0);
  auto const again = desk.await(desk.journal().acknowledge(answer, {}, desk.now(), from));
  CHECK(again.error().is(Errc::already_exists));
  CHECK(desk.count("SELECT count(*) FROM acknowledgements") == 1);
}

TEST_CASE("an answer to an unknown alert leaves its message undecided", "[journal]") {
  Desk desk;
  auto const from = desk.keep(desk.raw("{}"));
  Acknowledgement answer;
  answer.alert = AlertId(7);
  answer.officer = OfficerId("officer-1");
  CHECK(desk.await(desk.journal().acknowledge(answer, {}, desk.now(), from))
            .error()
            .is(Errc::not_found));
  CHECK(desk.count("SELECT count(*) FROM inbox WHERE state = 'new'") == 1);
}

}  // namespace
}  // namespace siaga::test
