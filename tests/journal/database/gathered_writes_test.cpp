#include <filesystem>

#include "gateway/journal/database/query.hpp"
#include "gateway/journal/database/sqlite/sqlite.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

namespace siaga::test {
namespace {

using journal::SqliteDatabase;

// A store's file that is written through one connection and looked at through others.
struct Sheet {
  Sheet() : path(dir.path() + "/sheet.db"), writer(path, SqliteDatabase::Mode::write) {
    writer.script(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;"
        "PRAGMA temp_store = MEMORY;"  // else savepoints go to a file in /var/tmp
        "PRAGMA cache_size = 10; CREATE TABLE lines (id INTEGER PRIMARY KEY, text TEXT NOT NULL)");
  }
  void add(int count) {
    for (int i = 0; i < count; ++i)
      journal::run(writer, "INSERT INTO lines (text) VALUES (?)", std::string(3000, 'x'));
  }
  static std::int64_t lines_in(std::string const& file) {
    SqliteDatabase reader(file, SqliteDatabase::Mode::read);
    CHECK(journal::first<std::string>(reader, "PRAGMA integrity_check") == "ok");
    return journal::first<std::int64_t>(reader, "SELECT count(*) FROM lines").value();
  }
  // As a machine that stops now would leave it.
  std::int64_t lines_after_power_loss() const {
    auto const copy = dir.path() + "/copy.db";
    auto const options = std::filesystem::copy_options::overwrite_existing;
    std::filesystem::copy_file(path, copy, options);
    std::filesystem::copy_file(path + "-wal", copy + "-wal", options);
    std::filesystem::remove(copy + "-shm");
    SqliteDatabase reopened(copy, SqliteDatabase::Mode::write);
    return lines_in(copy);
  }

  TempDir dir;
  std::string path;
  SqliteDatabase writer;
};

TEST_CASE("a commit is whole in the file when it returns", "[journal]") {
  Sheet sheet;
  for (int i = 1; i <= 20; ++i) {
    sheet.writer.script("BEGIN");
    sheet.add(i);
    sheet.writer.script("COMMIT");
    CHECK(Sheet::lines_in(sheet.path) == i * (i + 1) / 2);
    CHECK(sheet.lines_after_power_loss() == i * (i + 1) / 2);
  }
}

TEST_CASE("a transaction larger than the cache reads back what it wrote, and can be undone",
          "[journal]") {
  Sheet sheet;
  sheet.add(3);
  sheet.writer.script("BEGIN");
  sheet.add(500);
  CHECK(journal::first<std::int64_t>(sheet.writer, "SELECT sum(length(text)) FROM lines") ==
        503 * 3000);
  CHECK(Sheet::lines_in(sheet.path) == 3);
  CHECK(sheet.lines_after_power_loss() == 3);
  sheet.writer.script("SAVEPOINT half");
  sheet.add(200);
  sheet.writer.script("ROLLBACK TO half");
  journal::run(sheet.writer, "UPDATE lines SET text = ? WHERE id % 2 = 0", std::string(2000, 'y'));
  sheet.writer.script("ROLLBACK");
  CHECK(Sheet::lines_in(sheet.path) == 3);
  sheet.writer.script("BEGIN");
  sheet.add(300);
  sheet.writer.script("SAVEPOINT half");
  sheet.add(200);
  sheet.writer.script("ROLLBACK TO half; COMMIT");
  CHECK(Sheet::lines_in(sheet.path) == 303);
  CHECK(sheet.lines_after_power_loss() == 303);
}

TEST_CASE("the write-ahead log starts again from its beginning after it was moved into the store",
          "[journal]") {
  Sheet sheet;
  for (int i = 1; i <= 5; ++i) {
    sheet.writer.script("BEGIN");
    sheet.add(40);
    sheet.writer.script("COMMIT");
    auto const size = std::filesystem::file_size(sheet.path + "-wal");
    sheet.writer.move_wal();
    sheet.add(1);
    CHECK(std::filesystem::file_size(sheet.path + "-wal") <= size);
    CHECK(sheet.lines_after_power_loss() == 41 * i);
  }
}

}  // namespace
}  // namespace siaga::test
