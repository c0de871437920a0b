#include "gateway/journal/migrate.hpp"

#include "gateway/journal/query.hpp"

namespace siaga::journal {
namespace {

std::int64_t shape_of(Database& database) {
  return first<std::int64_t>(database, "PRAGMA user_version").value();
}

[[noreturn]] void refuse(std::int64_t shape) {
  throw SqlFailure(Error(Errc::storage_failed, "the store has shape " + std::to_string(shape) +
                                                   ", this program knows up to " +
                                                   std::to_string(schema_version) +
                                                   "; start the program that wrote it"));
}

}  // namespace

void migrate(Database& database) {
  auto const shape = shape_of(database);
  if (shape > schema_version) refuse(shape);
  if (shape == schema_version) return;
  database.script("BEGIN IMMEDIATE");
  database.script(schema_sql);
  database.script("PRAGMA user_version = 1");
  database.script("COMMIT");
}

void require_known_shape(Database& database) {
  auto const shape = shape_of(database);
  if (shape != schema_version) refuse(shape);
}

}  // namespace siaga::journal
