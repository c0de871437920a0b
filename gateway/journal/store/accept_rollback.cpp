#include "gateway/journal/store/accept_rollback.hpp"

#include <filesystem>

#include "gateway/journal/changes/rollback.hpp"
#include "gateway/journal/database/sqlite/migrate.hpp"
#include "gateway/journal/store/open.hpp"

namespace siaga::journal {

Result<std::string> accept_rollback(std::string const& data_dir) {
  auto const path = store_path(data_dir);
  std::error_code ec;
  if (!std::filesystem::exists(path, ec)) return Error(Errc::file_unreadable, path + ": no store");
  try {
    Database database(path, Database::Mode::write);
    require_known_shape(database);
    database.script("PRAGMA synchronous = FULL; BEGIN IMMEDIATE");
    auto noted = accept_noted(database);
    database.script(noted ? "COMMIT" : "ROLLBACK");
    return noted;
  } catch (SqlFailure const& failure) {
    return failure.error();
  }
}

}  // namespace siaga::journal
