#include "gateway/journal/store/open.hpp"

#include <filesystem>

#include "tests/journal/desk.hpp"

namespace siaga::test {
namespace {

// A store, a copy of it that was made earlier, and the checkpoint published last.
struct Restored {
  Restored() {
    desk.raise("a-1", plan_for(recipients(1, 2)));
    desk.get(desk.journal().checkpoint(desk.now()));
    desk.close();
    std::filesystem::copy(path(), copy());
    desk.open();
    desk.raise("a-2", plan_for(recipients(3, 2)));
    newest = desk.get(desk.journal().checkpoint(desk.now()));
  }
  void put_back_copy() {
    desk.close();
    std::filesystem::copy_file(copy(), path(), std::filesystem::copy_options::overwrite_existing);
    desk.open();
  }
  std::string path() const { return journal::store_path(desk.dir.path()); }
  std::string copy() const { return desk.dir.path() + "/copy"; }
  PublishedCheckpoint published() const { return {newest.size, newest.root, newest.mac}; }
  LogStanding compare(PublishedCheckpoint const& noted) {
    return desk.get(desk.journal().compare_checkpoint(noted, desk.now()));
  }
  std::int64_t rows(std::string const& kind) {
    return desk.ask<std::int64_t>("SELECT count(*) FROM log WHERE kind = ?", kind);
  }

  Desk desk;
  Checkpoint newest;
};

TEST_CASE("the checkpoint published last agrees with the store that published it", "[journal]") {
  Restored store;
  auto const standing = store.compare(store.published());
  CHECK_FALSE(standing.rolled_back);
  CHECK_FALSE(standing.forged);
  CHECK(store.rows("rolled-back") == 0);
}

TEST_CASE("an older copy put back is known by the newer checkpoint, once, and over a restart",
          "[journal]") {
  Restored store;
  store.put_back_copy();
  auto const standing = store.compare(store.published());
  CHECK(standing.rolled_back);
  CHECK_FALSE(standing.forged);
  CHECK_THAT(standing.about, ContainsSubstring("noted=" + std::to_string(store.newest.size)));
  CHECK_THAT(standing.about, ContainsSubstring("noted_root=" + store.newest.root));
  CHECK(store.compare(store.published()).rolled_back);
  CHECK(store.rows("rolled-back") == 1);
  store.desk.close();
  store.desk.open();
  CHECK(store.desk.get(store.desk.journal().log_standing(store.desk.now())).rolled_back);
}

TEST_CASE("a copy that went on past the newer checkpoint is known by its root", "[journal]") {
  Restored store;
  store.put_back_copy();
  for (int i = 0; i < 5; ++i)
    store.desk.raise("b-" + std::to_string(i), plan_for(recipients(5, 2)));
  store.desk.get(store.desk.journal().checkpoint(store.desk.now()));
  CHECK(store.desk.count("SELECT count(*) FROM log") > store.newest.size);
  CHECK(store.compare(store.published()).rolled_back);
}

TEST_CASE("a rollback ends when a person accepts it, with a row, and is not found again",
          "[journal]") {
  Restored store;
  auto const nothing = journal::accept_rollback(store.desk.dir.path());
  REQUIRE(nothing.has_error());
  CHECK(nothing.error().is(Errc::not_found));
  store.put_back_copy();
  store.compare(store.published());
  auto const accepted = journal::accept_rollback(store.desk.dir.path());  // beside the gateway
  REQUIRE(accepted);
  CHECK(*accepted == std::to_string(store.newest.size) + ":" + store.newest.root);
  CHECK_FALSE(store.desk.get(store.desk.journal().log_standing(store.desk.now())).rolled_back);
  CHECK(store.rows("rollback-accepted") == 1);
  CHECK_FALSE(store.compare(store.published()).rolled_back);
  CHECK(store.desk.history()->verify()->whole);
}

TEST_CASE("a checkpoint without the store's code is forged, and nothing more", "[journal]") {
  Restored store;
  auto note = store.published();
  note.mac[0] = note.mac[0] == '0' ? '1' : '0';
  CHECK(store.compare(note).forged);
  CHECK_FALSE(store.compare({note.size + 100, note.root, note.mac}).rolled_back);
  CHECK(store.rows("rolled-back") == 0);
  // Of a version that made no codes: good when it agrees.
  CHECK_FALSE(store.compare({store.newest.size, store.newest.root, ""}).forged);
  CHECK(store.compare({store.newest.size + 1, store.newest.root, ""}).forged);
}

TEST_CASE("a fresh store cannot take an old store's checkpoint for its own", "[journal]") {
  Restored store;
  Desk fresh;
  auto const standing =
      fresh.get(fresh.journal().compare_checkpoint(store.published(), fresh.now()));
  CHECK(standing.forged);
  CHECK_FALSE(standing.rolled_back);
}

TEST_CASE("the checkpoint is mailed once a day, to everybody named", "[journal]") {
  Desk desk;
  CheckpointMail mail{email, {"a@polres.example", "b@pmi.example"}, "2026-11-23"};
  CHECK(desk.get(desk.journal().mail_checkpoint(mail, desk.now())).empty());  // nothing to tell of
  desk.raise("a-1", plan_for(recipients(1, 1)));
  auto const due = desk.get(desk.journal().mail_checkpoint(mail, desk.now()));
  CHECK(due == std::vector<ChannelName>{email});
  CHECK(desk.get(desk.journal().mail_checkpoint(mail, desk.now())).empty());
  auto const letters = desk.claim(email);
  REQUIRE(letters.size() == 2);
  CHECK(letters[0].address == "a@polres.example");
  CHECK(letters[1].address == "b@pmi.example");
  CHECK(letters[0].kind == MessageKind::notice);
  auto const taken = desk.ask<std::string>(
      "SELECT size || ':' || lower(hex(root)) FROM checkpoints ORDER BY size DESC");
  CHECK_THAT(letters[0].text, ContainsSubstring("siaga log verify --against " + taken));
  CHECK(desk.count("SELECT count(*) FROM log WHERE kind = 'checkpoint-mailed'") == 1);
  desk.close();
  desk.open();
  CHECK(desk.get(desk.journal().mail_checkpoint(mail, desk.now())).empty());
  mail.day = "2026-11-24";
  CHECK(desk.get(desk.journal().mail_checkpoint(mail, desk.now())).size() == 1);
  for (auto const& letter : letters) desk.record(letter);
  auto const verdict = desk.history()->verify();
  INFO(verdict->why);
  CHECK(verdict->whole);
}

}  // namespace
}  // namespace siaga::test
