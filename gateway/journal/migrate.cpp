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

// Shape 2: an Update can come before its Alert as a Cancel can.
constexpr char const* from_1_to_2 = R"(
  CREATE TABLE pending_ends (
    sender TEXT NOT NULL, identifier TEXT NOT NULL, agency TEXT NOT NULL, status TEXT NOT NULL,
    replaced_by INTEGER NOT NULL, own INTEGER NOT NULL, sent INTEGER NOT NULL,
    sent_text TEXT NOT NULL, inbox INTEGER NOT NULL,
    PRIMARY KEY (sender, identifier, agency, status, replaced_by)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO pending_ends
    SELECT sender, identifier, agency, status, 0, own, sent, sent_text, inbox FROM pending_cancels;
  DROP TABLE pending_cancels;
)";

}  // namespace

void migrate(Database& database) {
  auto const shape = shape_of(database);
  if (shape > schema_version) refuse(shape);
  if (shape == schema_version) return;
  database.script("BEGIN IMMEDIATE");
  database.script(shape == 0 ? schema_sql : from_1_to_2);
  auto const done = "PRAGMA user_version = " + std::to_string(schema_version);
  database.script(done.c_str());
  database.script("COMMIT");
}

void require_known_shape(Database& database) {
  auto const shape = shape_of(database);
  if (shape != schema_version) refuse(shape);
}

}  // namespace siaga::journal
