#include <filesystem>
#include <thread>

#include "tests/journal/desk.hpp"

namespace siaga::test {
namespace {

constexpr std::uintmax_t mebibyte = 1u << 20;

std::uintmax_t wal_size(Desk const& desk) {
  return std::filesystem::file_size(journal::store_path(desk.dir.path()) + "-wal");
}

// So much that it would fill a write-ahead log of `bytes`.
std::uintmax_t write(Desk& desk, std::uintmax_t bytes) {
  std::uintmax_t largest = 0;
  std::string const detail(20'000, 'x');
  for (std::uintmax_t written = 0; written < bytes; written += detail.size()) {
    GatewayEvent event("noise", detail);
    desk.get(desk.journal().write_event(std::move(event), desk.now()));
    largest = std::max(largest, wal_size(desk));
  }
  return largest;
}

TEST_CASE("the write-ahead log stays below 16 MB however much is written", "[journal]") {
  Desk desk;
  CHECK(write(desk, 60 * mebibyte) < 16 * mebibyte);
  desk.close();
  CHECK(desk.history()->verify()->whole);
}

TEST_CASE("a reader that stays holds the write-ahead log only for as long", "[journal]") {
  Desk desk;
  write(desk, mebibyte);
  journal::SqliteDatabase reader(journal::store_path(desk.dir.path()),
                                 journal::SqliteDatabase::Mode::read);
  reader.script("BEGIN; SELECT count(*) FROM log");
  CHECK(write(desk, 30 * mebibyte) > 16 * mebibyte);
  reader.script("COMMIT");
  // Its pages are moved, it begins anew, and the file is cut.
  for (int i = 0; i < 200 && wal_size(desk) > 16 * mebibyte; ++i) {
    std::this_thread::sleep_for(5ms);
    write(desk, 100'000);
  }
  CHECK(wal_size(desk) < 16 * mebibyte);
}

TEST_CASE("a large write-ahead log of an older version is taken up when the store opens",
          "[journal]") {
  Desk desk;
  desk.close();
  auto const path = journal::store_path(desk.dir.path());
  std::filesystem::path const kept = desk.dir.path() + "/kept";
  std::filesystem::create_directory(kept);
  {
    journal::SqliteDatabase old(path, journal::SqliteDatabase::Mode::write);
    old.script("PRAGMA wal_autocheckpoint = 0; CREATE TABLE noise (text TEXT)");
    for (int i = 0; i < 2000; ++i)
      journal::run(old, "INSERT INTO noise VALUES (?)", std::string(10'000, 'x'));
    // As a crash leaves it.
    for (auto const* name : {"/siaga.db", "/siaga.db-wal"})
      std::filesystem::copy(desk.dir.path() + name, kept.string() + name);
  }
  for (auto const* name : {"/siaga.db", "/siaga.db-wal"})
    std::filesystem::copy(kept.string() + name, desk.dir.path() + name,
                          std::filesystem::copy_options::overwrite_existing);
  REQUIRE(wal_size(desk) > 20 * mebibyte);
  desk.open();
  CHECK(wal_size(desk) < mebibyte);
  CHECK(desk.count("SELECT count(*) FROM noise") == 2000);
}

}  // namespace
}  // namespace siaga::test
