#include "gateway/journal/database/sqlite/open.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <filesystem>

#include "gateway/journal/database/sqlite/migrate.hpp"
#include "gateway/journal/database/sqlite/writer.hpp"

namespace siaga::journal {
namespace {

void make_dir(std::string const& path) {
  std::error_code ec;
  if (std::filesystem::is_directory(path, ec)) return;
  auto const parent = std::filesystem::path(path).parent_path();
  if (!parent.empty()) std::filesystem::create_directories(parent, ec);
  if (::mkdir(path.c_str(), 0700) == 0 || errno == EEXIST) return;
  throw SqlFailure(Error(Errc::storage_failed, "cannot create " + path));
}

// A store in a directory we may not write, with no daemon running, opens only as a file that stands
// still.
std::string immutable_uri(std::string const& path) {
  std::string uri = "file:";
  for (char const c : path) {
    if (c == '?' || c == '#' || c == '%') {
      uri += c == '?' ? "%3f" : c == '#' ? "%23" : "%25";
    } else {
      uri += c;
    }
  }
  return uri + "?immutable=1";
}

std::unique_ptr<Database> reader_of(std::string const& path) {
  auto database = std::make_unique<SqliteDatabase>(path, SqliteDatabase::Mode::read);
  require_known_shape(*database);
  return database;
}

}  // namespace

std::string store_path(std::string const& data_dir) {
  return data_dir + "/siaga.db";
}

std::unique_ptr<Database> open_to_write(std::string const& data_dir, std::uint64_t free_bytes_min) {
  make_dir(data_dir);
  return std::make_unique<SqliteWriter>(std::make_unique<StoreLock>(data_dir), data_dir,
                                        free_bytes_min);
}

std::unique_ptr<Database> open_to_read(std::string const& data_dir) {
  auto const path = store_path(data_dir);
  std::error_code ec;
  if (!std::filesystem::exists(path, ec))
    throw SqlFailure(Error(Errc::file_unreadable,
                           path + ": no store yet; start `siaga run` once, or check data_dir"));
  try {
    return reader_of(path);
  } catch (SqlFailure const& failure) {
    if (!failure.error().is(Errc::file_unreadable) || std::filesystem::exists(path + "-wal", ec))
      throw;
  }
  return reader_of(immutable_uri(path));
}

std::unique_ptr<Database> open_beside(std::string const& data_dir) {
  auto const path = store_path(data_dir);
  std::error_code ec;
  if (!std::filesystem::exists(path, ec))
    throw SqlFailure(Error(Errc::file_unreadable, path + ": no store"));
  auto database = std::make_unique<SqliteDatabase>(path, SqliteDatabase::Mode::write);
  require_known_shape(*database);
  database->script("PRAGMA synchronous = FULL");
  return database;
}

}  // namespace siaga::journal
