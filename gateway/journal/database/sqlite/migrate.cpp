#include "gateway/journal/database/sqlite/migrate.hpp"

#include <array>

#include "gateway/journal/database/query.hpp"

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

// Shape 3: a message of several parts need not wait for ever for the receipts of all; an acceptance
// need not read every code.
constexpr char const* from_2_to_3 = R"(
  CREATE TABLE partly_told (delivery INTEGER PRIMARY KEY, since INTEGER NOT NULL) STRICT;
  CREATE INDEX codes_resting ON codes (free_at) WHERE free_at IS NOT NULL;
  CREATE INDEX codes_short ON codes (code) WHERE length(code) = 4;
  CREATE INDEX partly_told_since ON partly_told (since);
  INSERT INTO partly_told
    SELECT d.id, d.updated FROM parts p JOIN deliveries d ON d.id = p.delivery
    WHERE d.state = 'sent' GROUP BY d.id
    HAVING count(*) > 1 AND sum(p.state IN ('delivered', 'read')) > 0;
)";

// Shape 4: the store has a name and keys of its own, and knows incidents and locked links.
constexpr char const* from_3_to_4 = R"(
  -- keys
  CREATE TABLE keys (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;

  -- incidents
  CREATE TABLE incidents (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, about TEXT NOT NULL, detail TEXT NOT NULL,
    since INTEGER NOT NULL, last INTEGER NOT NULL, count INTEGER NOT NULL, ended INTEGER,
    told INTEGER NOT NULL, told_at INTEGER
  ) STRICT;
  CREATE UNIQUE INDEX incidents_open ON incidents (kind, about) WHERE ended IS NULL;

  -- outbox
  ALTER TABLE outbox ADD COLUMN at INTEGER NOT NULL DEFAULT 0;
  UPDATE outbox SET at = unixepoch() * 1000;

  -- links
  CREATE TABLE link_locks (
    delivery INTEGER PRIMARY KEY, until INTEGER NOT NULL, wrong INTEGER NOT NULL
  ) STRICT;

  -- quarantine
  ALTER TABLE inbox ADD COLUMN digest BLOB;
  ALTER TABLE inbox ADD COLUMN bytes INTEGER;
  ALTER TABLE inbox ADD COLUMN kept TEXT NOT NULL DEFAULT 'whole';
  CREATE INDEX inbox_quarantine ON inbox (topic, id)
    WHERE state = 'rejected' AND kept IN ('whole', 'cut');
  CREATE TABLE quarantine (
    agency TEXT PRIMARY KEY, bytes INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  INSERT INTO quarantine
    SELECT CASE WHEN topic LIKE 'siaga/alert/%' THEN substr(topic, 13) ELSE substr(topic, 11) END,
      sum(length(payload) + length(correlation))
    FROM inbox WHERE state = 'rejected' GROUP BY 1;

  -- signed answers
  CREATE TABLE signed_answers (
    digest BLOB PRIMARY KEY, inbox INTEGER NOT NULL, at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX signed_answers_at ON signed_answers (at);
)";

constexpr std::array steps = {from_1_to_2, from_2_to_3, from_3_to_4};
static_assert(steps.size() + 1 == schema_version);

void take_steps(Database& database, std::int64_t shape) {
  for (auto step = static_cast<std::size_t>(shape) - 1; step < steps.size(); ++step)
    database.script(steps[step]);
}

}  // namespace

void migrate(Database& database) {
  auto const shape = shape_of(database);
  if (shape > schema_version) refuse(shape);
  if (shape == schema_version) return;
  database.begin();
  if (shape == 0)
    database.script(schema_sql);
  else
    take_steps(database, shape);
  auto const done = "PRAGMA user_version = " + std::to_string(schema_version);
  database.script(done.c_str());
  database.commit();
}

void require_known_shape(Database& database) {
  auto const shape = shape_of(database);
  if (shape != schema_version) refuse(shape);
}

}  // namespace siaga::journal
