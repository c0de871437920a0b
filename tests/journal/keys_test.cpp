#include "gateway/journal/keys.hpp"

#include "gateway/journal/migrate.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

namespace siaga::test {
namespace {

struct Keyring {
  TempDir dir;
  journal::Database database{dir.path() + "/siaga.db", journal::Database::Mode::write};
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

}  // namespace
}  // namespace siaga::test
