#include <fstream>

#include "gateway/journal/log/ledger.hpp"
#include "gateway/journal/verification/verify.hpp"
#include "tests/journal/desk.hpp"

namespace siaga::test {
namespace {

using journal::Verdict;

// A small log with some of everything, closed; then a forger with full access to the file.
class Forgery {
 public:
  Forgery() {
    desk.raise("a-1", plan_for(recipients(1, 3)));
    desk.send_all();
    desk.get(desk.journal().checkpoint(desk.now()));
    desk.clock.advance(1min);
    auto const alert = desk.raise("a-2", plan_for(recipients(4, 2))).alert;
    desk.send_all();
    desk.answer(alert, "officer-4");
    desk.get(desk.journal().checkpoint(desk.now()));
    GatewayEvent const event("clock-stepped", "by 3000 ms");
    desk.get(desk.journal().write_event(event, desk.now()));
    desk.close();
    rows = desk.count("SELECT count(*) FROM log");
    auto const path = journal::store_path(desk.dir.path());
    forger = std::make_unique<journal::SqliteDatabase>(path, journal::SqliteDatabase::Mode::write);
    forger->script(
        "DROP TRIGGER log_only_grows; DROP TRIGGER log_never_changes;"
        "DROP TRIGGER log_never_shrinks; DROP TRIGGER checkpoints_only_grow;"
        "DROP TRIGGER checkpoints_never_change; DROP TRIGGER checkpoints_never_shrink;");
  }
  // What verification says once the forger's statements have run; they are undone afterwards.
  Verdict after(std::string const& sql) {
    forger->script("BEGIN");
    forger->script(sql.c_str());
    auto verdict = journal::verify(*forger);
    forger->script("ROLLBACK");
    return verdict;
  }

  Desk desk;
  std::int64_t rows = 0;
  std::unique_ptr<journal::SqliteDatabase> forger;  // with the guards taken away
};

TEST_CASE("an untouched log verifies, with every checkpoint", "[journal]") {
  Forgery log;
  auto const verdict = log.after("SELECT 1");
  CHECK(verdict.whole);
  CHECK(verdict.rows == log.rows);
  CHECK(verdict.checkpoints == 2);
  CHECK(verdict.first_bad_row == 0);
  CHECK(verdict.root.size() == 64);
}

TEST_CASE("an empty log verifies", "[journal]") {
  Desk desk;
  CHECK(desk.history()->verify()->whole);
}

TEST_CASE("a log verifies while the gateway goes on writing", "[journal]") {
  Desk desk;
  desk.raise("a-1", plan_for(recipients(1, 3)));
  auto const history = desk.history();
  CHECK(history->verify()->whole);
  desk.send_all();
  auto const verdict = history->verify();
  CHECK(verdict->whole);
  CHECK(verdict->rows == desk.count("SELECT count(*) FROM log"));
}

TEST_CASE("any byte changed in any text or leaf of any row is found, and the row is named",
          "[journal]") {
  Forgery log;
  std::size_t flips = 0;
  for (std::string const column : {"kind", "officer", "detail", "leaf"}) {
    auto const type = column == "leaf" ? "BLOB" : "TEXT";
    auto const bytes_of = "CAST(" + column + " AS BLOB)";
    for (std::int64_t row = 1; row <= log.rows; ++row) {
      auto const where = " WHERE seq = " + std::to_string(row);
      auto const sql = "SELECT length(" + bytes_of + ") FROM log" + where;
      auto const length = journal::first<std::int64_t>(*log.forger, sql.c_str()).value();
      for (std::int64_t at = 0; at < length; ++at, ++flips) {
        auto const place = std::to_string(at + 1);
        auto const byte = "substr(" + bytes_of + "," + place + ",1)";
        auto const verdict = log.after("UPDATE log SET " + column + " = CAST(substr(" + bytes_of +
                                       ",1," + std::to_string(at) + ") || CASE " + byte +
                                       " WHEN x'41' THEN x'42' ELSE x'41' END ||" + " substr(" +
                                       bytes_of + "," + place + " + 1) AS " + type + ")" + where);
        INFO(column << " of row " << row << " byte " << at << ": " << verdict.why);
        REQUIRE_FALSE(verdict.whole);
        REQUIRE(verdict.first_bad_row == row);
      }
    }
  }
  CHECK(flips > 1000);
}

TEST_CASE("a row whose leaf was made anew to match is found by the next checkpoint", "[journal]") {
  Forgery log;
  auto const first_covered =
      journal::first<std::int64_t>(*log.forger, "SELECT min(size) FROM checkpoints").value();
  for (auto const row : {std::int64_t{2}, first_covered + 1, log.rows}) {
    journal::StoredEntry stored;
    std::string bytes;
    {
      journal::Query query(*log.forger, "SELECT " SIAGA_LOG_COLUMNS " FROM log WHERE seq = ?", row);
      REQUIRE(query.next());
      REQUIRE(journal::read_entry(query, stored));
      stored.entry.detail = "forged";
      journal::encode(stored.entry, bytes);
    }
    siaga::Sha256 sha;
    auto const leaf = siaga::to_hex(siaga::bytes_of(journal::leaf_hash(sha, bytes)));
    auto const verdict = log.after("UPDATE log SET detail = 'forged', leaf = x'" + leaf +
                                   "' WHERE seq = " + std::to_string(row));
    CHECK_FALSE(verdict.whole);
    CHECK(verdict.first_bad_row <= row);
    if (row <= first_covered) CHECK(verdict.first_bad_row == 1);
    if (row == first_covered + 1) CHECK(verdict.first_bad_row == row);
  }
}

TEST_CASE("any bit changed in any number of any row is found, and the row is named", "[journal]") {
  Forgery log;
  for (auto const* column : {"at", "alert", "delivery"})
    for (std::int64_t row = 1; row <= log.rows; ++row)
      for (int bit : {0, 7, 20, 62}) {
        auto const mask = std::to_string(std::int64_t{1} << bit);
        auto const verdict =
            log.after(std::string("UPDATE log SET ") + column + " = (" + column + " | " + mask +
                      ") - (" + column + " & " + mask + ") WHERE seq = " + std::to_string(row));
        REQUIRE(verdict.first_bad_row == row);
      }
}

TEST_CASE("a row taken out is named", "[journal]") {
  Forgery log;
  for (std::int64_t row = 1; row <= log.rows; ++row) {
    auto const verdict = log.after("DELETE FROM log WHERE seq = " + std::to_string(row));
    CHECK_FALSE(verdict.whole);
    CHECK(verdict.first_bad_row == row);
  }
}

TEST_CASE("a row taken out with the others moved up is found where it was", "[journal]") {
  Forgery log;
  auto const verdict = log.after(
      "DELETE FROM log WHERE seq = 4; UPDATE log SET seq = -seq WHERE seq > 4;"
      "UPDATE log SET seq = -seq - 1 WHERE seq < 0;");
  CHECK(verdict.first_bad_row == 4);
}

TEST_CASE("two rows swapped are found at the first of them", "[journal]") {
  Forgery log;
  auto const verdict = log.after(
      "UPDATE log SET seq = -1 WHERE seq = 3; UPDATE log SET seq = 3 WHERE seq = 7;"
      "UPDATE log SET seq = 7 WHERE seq = -1;");
  CHECK(verdict.first_bad_row == 3);
}

TEST_CASE("a row put in between or at the end is found", "[journal]") {
  Forgery log;
  auto const between = log.after(
      "UPDATE log SET seq = -seq WHERE seq >= 5; UPDATE log SET seq = 1 - seq WHERE seq < 0;"
      "INSERT INTO log SELECT 5, at, kind, alert, delivery, officer, detail, leaf FROM log"
      " WHERE seq = 4;");
  CHECK(between.first_bad_row == 5);
  auto const last = std::to_string(log.rows);
  auto const end = log.after(
      "INSERT INTO log SELECT seq + 1, at, kind, alert, delivery, officer, detail, leaf FROM log"
      " WHERE seq = " +
      last);
  CHECK_FALSE(end.whole);
  CHECK(end.first_bad_row == log.rows + 1);
}

TEST_CASE("a tail cut off is found, with the head set back or not", "[journal]") {
  Forgery log;
  auto const cut = "DELETE FROM log WHERE seq > " + std::to_string(log.rows - 2) + ";";
  auto const verdict = log.after(cut);
  CHECK(verdict.first_bad_row == log.rows - 1);
  CHECK(verdict.rows == log.rows);  // as many as there were
  CHECK_FALSE(log.after(cut + "UPDATE head SET size = size - 2").whole);
}

TEST_CASE("a changed checkpoint is found, and one forged with its seal too", "[journal]") {
  Forgery log;
  CHECK_FALSE(log.after("UPDATE checkpoints SET at = at + 1 WHERE size ="
                        " (SELECT min(size) FROM checkpoints)")
                  .whole);
  CHECK_FALSE(log.after("UPDATE checkpoints SET root = zeroblob(32)").whole);
  CHECK_FALSE(
      log.after("DELETE FROM checkpoints WHERE size = (SELECT min(size) FROM checkpoints)").whole);
  CHECK_FALSE(log.after("UPDATE checkpoints SET size = size - 1 WHERE size ="
                        " (SELECT min(size) FROM checkpoints)")
                  .whole);
  CHECK_FALSE(log.after("INSERT INTO checkpoints SELECT size + 50, root, at, seal FROM checkpoints"
                        " LIMIT 1")
                  .whole);
}

TEST_CASE("a changed head is found", "[journal]") {
  Forgery log;
  CHECK_FALSE(log.after("UPDATE head SET root = zeroblob(32)").whole);
  CHECK_FALSE(log.after("UPDATE head SET size = size + 1").whole);
  CHECK_FALSE(log.after("DELETE FROM head").whole);
}

TEST_CASE("a byte changed in the file itself, wherever the log lies, is found", "[journal]") {
  Forgery log;
  log.forger.reset();
  auto const path = journal::store_path(log.desk.dir.path());
  std::string bytes;
  {
    std::ifstream file(path, std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(file), {});
  }
  std::size_t found = 0;
  // Every place where the text of a row stands.
  for (auto at = bytes.find("outcome=sent"); at != std::string::npos;
       at = bytes.find("outcome=sent", at + 1)) {
    auto changed = bytes;
    changed[at + 3] ^= 0x04;
    std::ofstream(path, std::ios::binary)
        .write(changed.data(), static_cast<std::streamsize>(changed.size()));
    auto const verdict = log.desk.history()->verify();
    REQUIRE(verdict);
    CHECK_FALSE(verdict->whole);
    ++found;
  }
  CHECK(found == 5);
}

TEST_CASE("the gateway does not start on a log whose end was touched", "[journal]") {
  for (auto const* forged :
       {"DROP TRIGGER log_never_changes; UPDATE log SET detail = 'x' WHERE seq ="
        " (SELECT max(seq) FROM log)",
        "DROP TRIGGER log_never_shrinks; DELETE FROM log WHERE seq = (SELECT max(seq) FROM log)",
        "UPDATE head SET size = size + 1", "UPDATE head SET frontier = zeroblob(32)"}) {
    Desk desk;
    desk.raise("a-1", plan_for(recipients(1, 3)));
    desk.close();
    {
      journal::SqliteDatabase forger(journal::store_path(desk.dir.path()),
                                     journal::SqliteDatabase::Mode::write);
      forger.script(forged);
    }
    auto const opened = journal::open_store(desk.core.get_executor(), desk.settings);
    REQUIRE(opened.has_error());
    CHECK(opened.error().is(Errc::storage_corrupt));
    CHECK_THAT(opened.error().text(), ContainsSubstring("siaga log verify"));
  }
}

TEST_CASE("the database itself refuses to change or drop what is in the log", "[journal]") {
  Desk desk;
  desk.raise("a-1", plan_for(recipients(1, 1)));
  desk.get(desk.journal().checkpoint(desk.now()));
  desk.close();
  journal::SqliteDatabase database(journal::store_path(desk.dir.path()),
                                   journal::SqliteDatabase::Mode::write);
  for (auto const* sql :
       {"UPDATE log SET detail = ''", "DELETE FROM log", "UPDATE checkpoints SET at = 0",
        "DELETE FROM checkpoints", "INSERT OR REPLACE INTO log SELECT * FROM log",
        "INSERT OR REPLACE INTO checkpoints SELECT * FROM checkpoints"}) {
    INFO(sql);
    CHECK_THROWS_WITH(database.script(sql), ContainsSubstring("append-only"));
  }
  database.forbid_rewriting();
  for (auto const* sql :
       {"UPDATE log SET detail = ''", "DELETE FROM checkpoints", "DROP TRIGGER log_never_changes",
        "DROP TABLE log", "ALTER TABLE log RENAME TO gone"}) {
    INFO(sql);
    CHECK_THROWS_WITH(database.script(sql), ContainsSubstring("not authorized"));
  }
}

TEST_CASE("a checkpoint is taken only when something was logged since", "[journal]") {
  Desk desk;
  CHECK_FALSE(desk.get(desk.journal().checkpoint(desk.now())).is_new);
  desk.raise("a-1", plan_for(recipients(1, 1)));
  auto const first = desk.get(desk.journal().checkpoint(desk.now()));
  CHECK(first.is_new);
  CHECK(first.size == desk.count("SELECT count(*) FROM log"));
  CHECK(first.root == desk.history()->verify()->root);
  desk.clock.advance(1min);
  auto const again = desk.get(desk.journal().checkpoint(desk.now()));
  CHECK_FALSE(again.is_new);
  CHECK(again.size == first.size);
  CHECK(again.at == first.at);
}

}  // namespace
}  // namespace siaga::test
