#include "gateway/journal/database/sqlite/sqlite.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <utility>

#include "gateway/journal/database/query.hpp"
#include "gateway/journal/database/sqlite/gathered_writes.hpp"

namespace siaga::journal {
namespace {

constexpr int busy_wait_ms = 5000;

Errc errc_of(sqlite3* handle, int code) {
  switch (code & 0xff) {
    case SQLITE_FULL:
      return Errc::storage_full;
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
      return Errc::file_unreadable;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Errc::storage_corrupt;
    case SQLITE_IOERR:
      return handle != nullptr && sqlite3_system_errno(handle) == ENOSPC ? Errc::storage_full
                                                                         : Errc::storage_failed;
    default:
      return Errc::storage_failed;
  }
}

int refuse_rewriting(void*, int action, char const* name, char const*, char const*, char const*) {
  switch (action) {
    case SQLITE_DROP_TABLE:
    case SQLITE_DROP_TRIGGER:
    case SQLITE_DROP_INDEX:
    case SQLITE_ALTER_TABLE:
      return SQLITE_DENY;
    case SQLITE_UPDATE:
    case SQLITE_DELETE: {
      std::string_view const table = name;
      return table == "log" || table == "checkpoints" || table == "sqlite_master" ? SQLITE_DENY
                                                                                  : SQLITE_OK;
    }
    default:
      return SQLITE_OK;
  }
}

std::string_view view_of(void const* data, int size) {
  return {static_cast<char const*>(data), data == nullptr ? 0 : static_cast<std::size_t>(size)};
}

// Counting what is in use takes a lock at every allocation.
void count_no_memory() {
  [[maybe_unused]] static int const once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

ColumnType type_of(int type) {
  switch (type) {
    case SQLITE_INTEGER:
      return ColumnType::integer;
    case SQLITE_TEXT:
      return ColumnType::text;
    case SQLITE_BLOB:
      return ColumnType::blob;
    case SQLITE_FLOAT:
      return ColumnType::real;
    default:
      return ColumnType::null;
  }
}

}  // namespace

// A prepared statement. It rests in the cache between two uses.
class SqliteStatement final : public Statement {
 public:
  SqliteStatement(SqliteDatabase& database, std::string_view sql) : database_(database) {
    if (sqlite3_prepare_v3(database.handle_, sql.data(), static_cast<int>(sql.size()),
                           SQLITE_PREPARE_PERSISTENT, &statement_, nullptr) != SQLITE_OK)
      database.fail(sql);
  }
  ~SqliteStatement() override { sqlite3_finalize(statement_); }
  SqliteStatement(SqliteStatement const&) = delete;
  SqliteStatement& operator=(SqliteStatement const&) = delete;

  void rest() noexcept {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
    in_use = false;
  }

  bool next() override {
    int const code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) database_.fail(sqlite3_sql(statement_));
    return false;
  }
  std::int64_t integer(int column) const noexcept override {
    return sqlite3_column_int64(statement_, column);
  }
  std::string_view text(int column) const noexcept override {
    auto const* data = sqlite3_column_text(statement_, column);
    return view_of(data, sqlite3_column_bytes(statement_, column));
  }
  std::string_view blob(int column) const noexcept override {
    auto const* data = sqlite3_column_blob(statement_, column);
    return view_of(data, sqlite3_column_bytes(statement_, column));
  }
  ColumnType type(int column) const noexcept override {
    return type_of(sqlite3_column_type(statement_, column));
  }

  void bind_null(int at) override { sqlite3_bind_null(statement_, at); }
  void bind_integer(int at, std::int64_t value) override {
    if (sqlite3_bind_int64(statement_, at, value) != SQLITE_OK) database_.fail("binding a number");
  }
  void bind_text(int at, std::string_view value) override {
    char const* data = value.data() == nullptr ? "" : value.data();
    if (sqlite3_bind_text64(statement_, at, data, value.size(), SQLITE_STATIC, SQLITE_UTF8) !=
        SQLITE_OK)
      database_.fail("binding text");
  }
  void bind_blob(int at, std::string_view value) override {
    char const* data = value.data() == nullptr ? "" : value.data();
    if (sqlite3_bind_blob64(statement_, at, data, value.size(), SQLITE_STATIC) != SQLITE_OK)
      database_.fail("binding bytes");
  }

  bool in_use = false;  // out of the cache

 private:
  SqliteDatabase& database_;
  sqlite3_stmt* statement_ = nullptr;
};

SqliteDatabase::SqliteDatabase(std::string path, Mode mode) : path_(std::move(path)) {
  count_no_memory();
  constexpr int ours_alone = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI;
  if (mode == Mode::write) {
    open(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | ours_alone, gathering_vfs());
  } else {
    open(SQLITE_OPEN_READONLY | ours_alone, nullptr);
  }
  sqlite3_busy_timeout(handle_, busy_wait_ms);
  if (mode == Mode::read) return;
  // It takes the place of SQLite's own checkpoints; `PRAGMA wal_autocheckpoint` would take its.
  sqlite3_wal_hook(
      handle_,
      [](void* pages, sqlite3*, char const*, int count) {
        *static_cast<int*>(pages) = count;
        return SQLITE_OK;
      },
      &wal_pages_);
}

void SqliteDatabase::open(int flags, char const* vfs) {
  int const code = sqlite3_open_v2(path_.c_str(), &handle_, flags, vfs);
  if (code == SQLITE_OK) return;
  Error const error(errc_of(handle_, code), path_ + ": " + sqlite3_errstr(code));
  sqlite3_close_v2(std::exchange(handle_, nullptr));
  throw SqlFailure(error);
}

SqliteDatabase::~SqliteDatabase() {
  second_uses_.clear();
  cache_.clear();
  sqlite3_close_v2(handle_);
}

void SqliteDatabase::fail(std::string_view doing) const {
  int const code = sqlite3_extended_errcode(handle_);
  throw SqlFailure(Error(errc_of(handle_, code), path_ + ": " + sqlite3_errmsg(handle_) + " (" +
                                                     std::string(doing.substr(0, 80)) + ")"));
}

void SqliteDatabase::script(char const* sql) {
  if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail(sql);
}

std::int64_t SqliteDatabase::changes() const noexcept {
  return sqlite3_changes64(handle_);
}
std::int64_t SqliteDatabase::total_changes() const noexcept {
  return sqlite3_total_changes64(handle_);
}
void SqliteDatabase::begin() {
  run(*this, "BEGIN IMMEDIATE");
}
void SqliteDatabase::commit() {
  run(*this, "COMMIT");
}
void SqliteDatabase::roll_back() {
  run(*this, "ROLLBACK");
}
bool SqliteDatabase::in_transaction() const noexcept {
  return sqlite3_get_autocommit(handle_) == 0;
}

void SqliteDatabase::forbid_rewriting() {
  sqlite3_set_authorizer(handle_, refuse_rewriting, nullptr);
}

bool SqliteDatabase::checkpoint(int mode) noexcept {
  int in_wal = 0;
  int moved = 0;
  int const code = sqlite3_wal_checkpoint_v2(handle_, nullptr, mode, &in_wal, &moved);
  bool const all = code == SQLITE_OK && in_wal == moved;
  if (all) wal_pages_ = 0;
  return all;
}

bool SqliteDatabase::move_wal() noexcept {
  return checkpoint(SQLITE_CHECKPOINT_PASSIVE);
}

bool SqliteDatabase::empty_wal() noexcept {
  sqlite3_busy_timeout(handle_, 0);
  bool const all = checkpoint(SQLITE_CHECKPOINT_TRUNCATE);
  sqlite3_busy_timeout(handle_, busy_wait_ms);
  return all;
}

Statement& SqliteDatabase::begin_use(char const* sql) {
  auto& cached = cache_[sql];
  if (cached == nullptr) cached = std::make_unique<SqliteStatement>(*this, sql);
  if (!cached->in_use) {
    cached->in_use = true;
    return *cached;
  }
  return *second_uses_.emplace_back(std::make_unique<SqliteStatement>(*this, sql));
}

void SqliteDatabase::end_use(Statement& statement) noexcept {
  auto& ours = static_cast<SqliteStatement&>(statement);
  if (ours.in_use) return ours.rest();
  std::erase_if(second_uses_, [&](auto const& one) { return one.get() == &ours; });
}

}  // namespace siaga::journal
