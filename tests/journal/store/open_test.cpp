#include <sys/stat.h>

#include <atomic>
#include <fstream>
#include <future>

#include "gateway/journal/database/sqlite/migrate.hpp"
#include "tests/journal/desk.hpp"

namespace siaga::test {
namespace {

TEST_CASE("the store's directory is made, and only its owner may look in", "[journal]") {
  TempDir dir;
  boost::asio::io_context core;
  journal::StoreSettings settings;
  settings.data_dir = dir.path() + "/deep/var";
  REQUIRE(journal::open_store(core.get_executor(), settings));
  struct stat found {};
  REQUIRE(::stat(settings.data_dir.c_str(), &found) == 0);
  CHECK((found.st_mode & 0777) == 0700);
}

TEST_CASE("a store in use cannot be opened a second time", "[journal]") {
  Desk desk;
  auto const second = journal::open_store(desk.core.get_executor(), desk.settings);
  REQUIRE(second.has_error());
  CHECK_THAT(second.error().text(), ContainsSubstring("in use by another siaga"));
}

TEST_CASE("a file that is no store is refused as damaged", "[journal]") {
  TempDir dir;
  std::ofstream(journal::store_path(dir.path())) << std::string(8192, 'x');
  boost::asio::io_context core;
  journal::StoreSettings settings;
  settings.data_dir = dir.path();
  auto const opened = journal::open_store(core.get_executor(), settings);
  REQUIRE(opened.has_error());
  CHECK(opened.error().is(Errc::storage_corrupt));
}

TEST_CASE("a store of a newer program is left alone", "[journal]") {
  Desk desk;
  desk.close();
  {
    journal::SqliteDatabase database(journal::store_path(desk.dir.path()),
                                     journal::SqliteDatabase::Mode::write);
    database.script("PRAGMA user_version = 99");
  }
  auto const opened = journal::open_store(desk.core.get_executor(), desk.settings);
  REQUIRE(opened.has_error());
  CHECK_THAT(opened.error().text(), ContainsSubstring("shape 99"));
  CHECK(journal::open_history(desk.dir.path()).has_error());
}

TEST_CASE("a store of the program before is brought to today's shape, and nothing is forgotten",
          "[journal]") {
  Desk desk;
  auto const made = desk.alert("a-1");
  desk.cancel(Desk::about(desk.alert("c-1", MsgType::cancel), made));
  desk.close();
  {
    journal::SqliteDatabase database(journal::store_path(desk.dir.path()),
                                     journal::SqliteDatabase::Mode::write);
    database.script(
        "CREATE TABLE pending_cancels (sender TEXT NOT NULL, identifier TEXT NOT NULL,"
        " agency TEXT NOT NULL, status TEXT NOT NULL, own INTEGER NOT NULL, sent INTEGER NOT NULL,"
        " sent_text TEXT NOT NULL, inbox INTEGER NOT NULL,"
        " PRIMARY KEY (sender, identifier, agency, status)) STRICT, WITHOUT ROWID;"
        "INSERT INTO pending_cancels SELECT sender, identifier, agency, status, own, sent,"
        " sent_text, inbox FROM pending_ends;"
        "DROP TABLE keys; DROP TABLE incidents; DROP TABLE link_locks; DROP TABLE signed_answers;"
        "DROP TABLE quarantine; DROP INDEX inbox_quarantine; ALTER TABLE inbox DROP COLUMN digest;"
        "ALTER TABLE inbox DROP COLUMN bytes; ALTER TABLE inbox DROP COLUMN kept;"
        "ALTER TABLE outbox DROP COLUMN at;"
        "DROP TABLE pending_ends; DROP TABLE partly_told; DROP INDEX codes_resting;"
        "DROP INDEX codes_short; PRAGMA user_version = 1");
  }
  desk.open();
  CHECK(desk.raise(made, plan_for(recipients(1, 3))).recipients == 0);
  CHECK(desk.count("PRAGMA user_version") == journal::schema_version);
  Desk fresh;
  auto const* const shape =
      "SELECT group_concat(name) FROM (SELECT name FROM sqlite_master ORDER BY name)";
  CHECK(desk.ask<std::string>(shape) == fresh.ask<std::string>(shape));
}

TEST_CASE("of a store from before, messages told of in part have their time too", "[journal]") {
  Desk desk;
  desk.raise("a-1", plan_for(recipients(1, 3)));
  auto const claimed = desk.claim();
  for (std::size_t i = 0; i < 3; ++i) {
    auto const name = "p" + std::to_string(i);
    desk.record(claimed[i], Sent({name + "a", name + "b"}));
  }
  for (auto const* reference : {"p0a", "p0b", "p1a"})
    desk.get(desk.journal().record(
        Receipt(sms, reference, DeliveryState::delivered, "", desk.clock.utc_now())));
  desk.close();
  {
    journal::SqliteDatabase database(journal::store_path(desk.dir.path()),
                                     journal::SqliteDatabase::Mode::write);
    database.script(
        "DROP TABLE keys; DROP TABLE incidents; DROP TABLE link_locks; DROP TABLE signed_answers;"
        "DROP TABLE quarantine; DROP INDEX inbox_quarantine; ALTER TABLE inbox DROP COLUMN digest;"
        "ALTER TABLE inbox DROP COLUMN bytes; ALTER TABLE inbox DROP COLUMN kept;"
        "ALTER TABLE outbox DROP COLUMN at;"
        "DROP TABLE partly_told; DROP INDEX codes_resting; DROP INDEX codes_short;"
        "PRAGMA user_version = 2");
  }
  desk.open();
  desk.clock.advance(10min);
  CHECK(desk.get(desk.journal().assume_delivered(10min, desk.now())).size() == 1);
  CHECK(desk.state(claimed[1].id) == DeliveryState::delivered);
  CHECK(desk.state(claimed[2].id) == DeliveryState::sent);
}

TEST_CASE("a commit that fails keeps nothing of its batch, and the next one works", "[journal]") {
  journal::StoreSettings settings;
  std::atomic<bool> broken = false;  // the store thread reads it
  settings.probe = [&broken](std::string_view point) {
    if (broken && point == "before-commit")
      throw journal::SqlFailure(Error(Errc::storage_failed, "disk I/O error"));
  };
  Desk desk(settings);
  auto const before = desk.count("SELECT count(*) FROM log");
  broken = true;
  CHECK(desk.store->inbox().keep(desk.raw("lost")).error().is(Errc::storage_failed));
  broken = false;
  CHECK(desk.count("SELECT count(*) FROM inbox") == 0);
  CHECK(desk.count("SELECT count(*) FROM log") == before);
  desk.raise("a-1", plan_for(recipients(1, 2)));
  CHECK(desk.history()->verify()->whole);
}

TEST_CASE("a full disk refuses what is new, takes what must be said, and recovers by itself",
          "[journal]") {
  journal::StoreSettings settings;
  std::atomic<bool> full = false;  // the store thread reads it
  int failed_commits = 0;
  settings.probe = [&](std::string_view point) {
    if (!full || point != "before-commit" || failed_commits > 0) return;
    ++failed_commits;
    throw journal::SqlFailure(Error(Errc::storage_full, "database or disk is full"));
  };
  Desk desk(settings);
  desk.raise("a-1", plan_for(recipients(1, 2)));
  auto const claimed = desk.claim();
  full = true;
  CHECK(desk.store->inbox().keep(desk.raw("new")).error().is(Errc::storage_full));
  failed_commits = 0;
  CHECK(desk.record(claimed[0]).state == DeliveryState::sent);
  CHECK(failed_commits == 1);
  full = false;
  CHECK(desk.store->inbox().keep(desk.raw("new")));
}

TEST_CASE("with too little space left new alerts are refused while answers are kept", "[journal]") {
  Desk desk;
  auto const alert = desk.raise("a-1", plan_for(recipients(1, 1))).alert;
  auto const from = desk.keep(desk.raw("a-2"));
  desk.close();
  desk.settings.free_bytes_min = std::uint64_t{1} << 60;
  desk.open();
  CHECK(desk.store->inbox().keep(desk.raw("new")).error().is(Errc::storage_full));
  auto const command = desk.authorised(RaiseAlert{desk.alert("a-2")});
  auto const plan = plan_for(recipients(1, 1));
  auto const refused = desk.await(desk.journal().accept(from, command, plan, {}, desk.now()));
  CHECK(refused.error().is(Errc::storage_full));
  auto answer = desk.raw("{}");
  answer.topic = "siaga/ack/polres";
  CHECK(desk.store->inbox().keep(answer));
  CHECK(desk.answer(alert, "officer-1").alert_ended);
  desk.close();
  desk.settings.free_bytes_min = 0;
  desk.open();
  CHECK(desk.get(desk.journal().accept(from, command, plan, {}, desk.now())).decision ==
        Decision::accepted);
}

TEST_CASE("the reserve is laid in when there is room and given up when the disk is full",
          "[journal]") {
  journal::StoreSettings settings;
  std::atomic<bool> full = false;  // the store thread reads it
  settings.probe = [&](std::string_view point) {
    if (full && point == "before-commit")
      throw journal::SqlFailure(Error(Errc::storage_full, "database or disk is full"));
  };
  Desk desk(settings);
  desk.close();
  desk.settings.free_bytes_min = 65536;
  desk.open();
  auto const reserve = desk.dir.path() + "/reserve";
  REQUIRE(desk.store->inbox().keep(desk.raw("one")));
  CHECK(std::filesystem::file_size(reserve) == 65536);
  full = true;
  CHECK(desk.await(desk.journal().status_cleared(AlertId(1))).error().is(Errc::storage_full));
  CHECK_FALSE(std::filesystem::exists(reserve));
  full = false;
  CHECK(desk.store->inbox().keep(desk.raw("two")));
  CHECK(std::filesystem::exists(reserve));
}

TEST_CASE("jobs of one batch that fail do not take the others with them", "[journal]") {
  Desk desk;
  desk.raise("a-1", plan_for(recipients(1, 2)));
  auto const claimed = desk.claim();
  int recorded = 0;
  int refused = 0;
  auto const count = [&](std::exception_ptr, Result<Recorded> result) {
    ++(result ? recorded : refused);
  };
  for (int i = 0; i < 20; ++i) {
    auto attempt = desk.attempt(claimed[0], Sent());
    attempt.delivery = DeliveryId(1000 + i);
    boost::asio::co_spawn(desk.core, desk.journal().record(attempt), count);
  }
  for (auto const& delivery : claimed) {
    auto const attempt = desk.attempt(delivery, Sent());
    boost::asio::co_spawn(desk.core, desk.journal().record(attempt), count);
  }
  desk.core.restart();
  desk.core.run();
  CHECK(recorded == 2);
  CHECK(refused == 20);
  CHECK(desk.history()->verify()->whole);
}

TEST_CASE("what was asked before the store closes is done", "[journal]") {
  Desk desk;
  for (int i = 0; i < 50; ++i) {
    GatewayEvent const event("test", std::to_string(i));
    boost::asio::co_spawn(desk.core, desk.journal().write_event(event, desk.now()),
                          [](std::exception_ptr, Result<void>) {});
  }
  desk.core.restart();
  desk.core.poll();
  desk.close();
  CHECK(desk.count("SELECT count(*) FROM log WHERE kind = 'test'") == 50);
  desk.core.restart();
  desk.core.run();
}

TEST_CASE("what lets a message begin is not held up by a line of what is only recorded",
          "[journal]") {
  std::promise<void> asked;
  bool held = true;
  journal::StoreSettings settings;
  settings.probe = [&](std::string_view point) {
    if (point == "begin" && std::exchange(held, false)) asked.get_future().wait();
  };
  Desk desk(settings);
  int recorded = 0;
  int recorded_before_claim = -1;
  for (int i = 0; i < 1000; ++i) {
    GatewayEvent const event("test", std::to_string(i));
    boost::asio::co_spawn(desk.core, desk.journal().write_event(event, desk.now()),
                          [&](std::exception_ptr, Result<void>) { ++recorded; });
  }
  boost::asio::co_spawn(
      desk.core, desk.journal().claim_due(sms, 1, desk.now()),
      [&](std::exception_ptr, Result<Claimed>) { recorded_before_claim = recorded; });
  desk.core.restart();
  desk.core.poll();
  asked.set_value();
  desk.core.restart();
  desk.core.run();
  CHECK(recorded == 1000);
  CHECK(recorded_before_claim >= 0);
  CHECK(recorded_before_claim <= 250);
}

// A desk that is always under load, and would wait for ever.
journal::StoreSettings busy_for_ever(std::atomic<int>& commits) {
  journal::StoreSettings settings;
  settings.busy_after = 0;
  settings.company_within = std::chrono::hours(1);
  settings.probe = [&commits](std::string_view point) {
    if (point == "after-commit") ++commits;
  };
  return settings;
}

void record_all(Desk& desk, std::vector<Delivery> const& claimed, std::size_t& recorded) {
  for (auto const& delivery : claimed)
    boost::asio::co_spawn(desk.core, desk.journal().record(desk.attempt(delivery, Sent())),
                          [&](std::exception_ptr, Result<Recorded>) { ++recorded; });
  desk.core.restart();
  desk.core.poll();
}

TEST_CASE("under load what has happened is recorded with the commit of what presses next",
          "[journal]") {
  std::atomic<int> commits = 0;
  Desk desk(busy_for_ever(commits));
  desk.raise("a-1", plan_for(recipients(1, 3)));
  auto const claimed = desk.claim(sms, 2);
  commits = 0;
  std::size_t recorded = 0;
  record_all(desk, claimed, recorded);
  CHECK(desk.claim(sms, 1).size() == 1);
  CHECK(recorded == 2);
  CHECK(commits == 1);
}

TEST_CASE("under load many recordings wait for nobody", "[journal]") {
  std::atomic<int> commits = 0;
  Desk desk(busy_for_ever(commits));
  desk.raise("a-1", plan_for(recipients(1, 8)));
  auto const claimed = desk.claim(sms, 8);
  std::size_t recorded = 0;
  record_all(desk, claimed, recorded);
  while (recorded < 8) desk.core.run_one();
  CHECK(commits > 0);
}

TEST_CASE("small jobs are not held up by a line of large ones", "[journal]") {
  journal::StoreSettings settings;
  settings.chunk_deliveries_max = 100;
  Desk desk(settings);
  auto const alert = desk.raise("a-1", plan_for(recipients(1, 2000))).alert;
  int expanded = 0;
  int expanded_before_probe = -1;
  for (int i = 0; i < 15; ++i)
    boost::asio::co_spawn(desk.core, desk.journal().expand(alert, desk.now()),
                          [&](std::exception_ptr, Result<Expansion>) { ++expanded; });
  boost::asio::co_spawn(desk.core, desk.journal().probe(), [&](std::exception_ptr, Result<void>) {
    expanded_before_probe = expanded;
  });
  desk.core.restart();
  desk.core.run();
  CHECK(expanded == 15);
  CHECK(expanded_before_probe >= 0);
  CHECK(expanded_before_probe <= 2);
}

}  // namespace
}  // namespace siaga::test
