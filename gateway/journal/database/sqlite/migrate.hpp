// migrate: brings the store's tables to this version's shape.
//
// Place:  open_store, before anything else reads.
// Thread: the opening one.
// Errors: SqlFailure: storage_failed when the store was made by a newer program.
// Durable: PRAGMA user_version says the shape; every step is one transaction.
#pragma once

#include "gateway/journal/database/sqlite/sqlite.hpp"

namespace siaga::journal {

constexpr std::int64_t schema_version = 4;
extern char const* const schema_sql;  // schema.sql

void migrate(Database& database);
// For readers: refuses a shape this program does not know.
void require_known_shape(Database& database);

}  // namespace siaga::journal
