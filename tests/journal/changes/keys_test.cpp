#include "gateway/journal/changes/keys.hpp"

#include <sys/stat.h>

#include <fstream>

#include "gateway/journal/database/sqlite/migrate.hpp"
#include "tests/journal/desk.hpp"

namespace siaga::test {
namespace {

struct Keyring {
  TempDir dir;
  journal::SqliteDatabase database{dir.path() + "/siaga.db", journal::SqliteDatabase::Mode::write};
  Keyring() { journal::migrate(database); }
};

TEST_CASE("a key is made once, of 32 bytes nobody can guess, and is the same ever after",
          "[journal]") {
  Keyring ours, other;
  auto const first = journal::key(ours.database, journal::key_of_links);
  CHECK(first.size() == 32);
  CHECK(journal::key(ours.database, journal::key_of_links) == first);
  CHECK(journal::key(ours.database, journal::key_of_store) != first);
  CHECK(journal::key(other.database, journal::key_of_links) != first);
}

TEST_CASE("a key that is undone with its transaction was never made", "[journal]") {
  Keyring ours;
  ours.database.script("BEGIN");
  auto const undone = journal::key(ours.database, journal::key_of_checkpoints);
  ours.database.script("ROLLBACK");
  CHECK_FALSE(journal::key_if_made(ours.database, journal::key_of_checkpoints));
  CHECK(journal::key(ours.database, journal::key_of_checkpoints) != undone);
}

std::string const older_key(32, 'o');

void write_key_file(Desk const& desk, std::string const& bytes) {
  std::ofstream(desk.dir.path() + "/link.key", std::ios::binary) << bytes;
}

bool has_key_file(Desk const& desk) {
  return std::filesystem::exists(desk.dir.path() + "/link.key");
}

// As the program before left it: without keys.
void forget_keys(Desk& desk) {
  desk.close();
  journal::SqliteDatabase(journal::store_path(desk.dir.path()),
                          journal::SqliteDatabase::Mode::write)
      .script("DELETE FROM keys");
}

TEST_CASE("a store has an id and a key for links, and keeps them", "[journal]") {
  Desk desk, other;
  auto const keys = desk.store->link_keys();
  CHECK(keys.store.size() == 32);
  CHECK(keys.key.size() == 32);
  CHECK(keys.older_key.empty());
  CHECK(keys.store != other.store->link_keys().store);
  CHECK(keys.key != other.store->link_keys().key);
  desk.close();
  desk.open();
  CHECK(desk.store->link_keys().store == keys.store);
  CHECK(desk.store->link_keys().key == keys.key);
}

TEST_CASE("the key file of the program before is taken into the store, up to its last delivery",
          "[journal]") {
  Desk desk;
  desk.raise("a-1", plan_for(recipients(1, 3)));
  auto const last = desk.count("SELECT max(id) FROM deliveries");
  forget_keys(desk);
  write_key_file(desk, older_key);
  for (int start = 0; start < 2; ++start) {
    desk.open();
    auto const keys = desk.store->link_keys();
    CHECK(keys.older_key == older_key);
    CHECK(keys.older_last.value == last);
    CHECK(keys.key != older_key);
    CHECK_FALSE(has_key_file(desk));
    desk.raise("b-" + std::to_string(start), plan_for(recipients(1, 3)));
    desk.close();
  }
}

TEST_CASE("a start that died before the key file was removed removes it at the next", "[journal]") {
  Desk desk;
  desk.raise("a-1", plan_for(recipients(1, 3)));
  forget_keys(desk);
  write_key_file(desk, older_key);
  desk.open();
  desk.close();
  write_key_file(desk, older_key);
  desk.open();
  CHECK(desk.store->link_keys().older_key == older_key);
  CHECK_FALSE(has_key_file(desk));
}

TEST_CASE("a key file beside a new store is another store's: left alone and not believed",
          "[journal]") {
  Desk desk;
  forget_keys(desk);
  write_key_file(desk, older_key);
  desk.open();
  CHECK(desk.store->link_keys().older_key.empty());
  CHECK(has_key_file(desk));
  desk.raise("a-1", plan_for(recipients(1, 3)));
  desk.close();
  desk.open();
  CHECK(desk.store->link_keys().older_key.empty());
}

TEST_CASE("a key file that is none is refused by name, and nothing is made without it",
          "[journal]") {
  Desk desk;
  desk.raise("a-1", plan_for(recipients(1, 3)));
  forget_keys(desk);
  for (auto const& bytes : {std::string("short"), std::string(33, 'x')}) {
    write_key_file(desk, bytes);
    auto const opened = journal::open_store(desk.core.get_executor(), desk.settings);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().is(Errc::file_unreadable));
    CHECK_THAT(opened.error().detail, ContainsSubstring("link.key"));
  }
  write_key_file(desk, older_key);
  desk.open();
  CHECK(desk.store->link_keys().older_key == older_key);
}

TEST_CASE("a lock of a link is kept until it is ended, with a row for each", "[journal]") {
  Desk desk;
  desk.raise("a-1", plan_for(recipients(1, 2)));
  auto const claimed = desk.claim();
  LinkLock lock{claimed[0].id, claimed[0].alert, claimed[0].officer, desk.now().utc + 15min, 5};
  desk.get(desk.journal().lock_link(lock, desk.now()));
  desk.close();
  desk.open();
  auto const locks = desk.get(desk.journal().locked_links());
  REQUIRE(locks.size() == 1);
  CHECK(locks[0].delivery == lock.delivery);
  CHECK(locks[0].alert == lock.alert);
  CHECK(locks[0].officer == lock.officer);
  CHECK(locks[0].until == lock.until);
  CHECK(locks[0].wrong == 5);
  lock.wrong = 24'885;
  for (int i = 0; i < 2; ++i) desk.get(desk.journal().unlock_link(lock, desk.now()));
  CHECK(desk.get(desk.journal().locked_links()).empty());
  CHECK(desk.count("SELECT count(*) FROM log WHERE kind = 'link-locked'") == 1);
  CHECK(desk.count("SELECT count(*) FROM log WHERE kind = 'link-unlocked'") == 1);
  CHECK(desk.ask<std::string>("SELECT detail FROM log WHERE kind = 'link-unlocked'") ==
        "wrong=24885");
  CHECK(desk.history()->verify()->whole);
}

TEST_CASE("the bytes of a signed answer are remembered longer than a signature lives",
          "[journal]") {
  Desk desk;
  auto message = desk.raw("{}");
  message.topic = "siaga/ack/polres";
  message.signature = "2026-11-26T10:00:00+08:00;c2ln";
  auto const came_before = [&] {
    auto const from = desk.keep(message);
    return desk.get(desk.journal().answered_before(from, desk.now())).settled;
  };
  CHECK_FALSE(came_before());
  desk.clock.advance(25h);
  CHECK(came_before());
  message.signature += "!";
  CHECK_FALSE(came_before());
  desk.clock.advance(49h);
  CHECK_FALSE(came_before());
  CHECK(desk.count("SELECT count(*) FROM signed_answers") == 1);
  CHECK(desk.history()->verify()->whole);
}

}  // namespace
}  // namespace siaga::test
