#include "gateway/journal/database/sqlite/sqlite.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <utility>

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

}  // namespace

Database::Database(std::string path, Mode mode) : path_(std::move(path)) {
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

void Database::open(int flags, char const* vfs) {
  int const code = sqlite3_open_v2(path_.c_str(), &handle_, flags, vfs);
  if (code == SQLITE_OK) return;
  Error const error(errc_of(handle_, code), path_ + ": " + sqlite3_errstr(code));
  sqlite3_close_v2(std::exchange(handle_, nullptr));
  throw SqlFailure(error);
}

Database::~Database() {
  for (auto const& [sql, cached] : cache_) sqlite3_finalize(cached.statement);
  sqlite3_close_v2(handle_);
}

void Database::fail(std::string_view doing) const {
  int const code = sqlite3_extended_errcode(handle_);
  throw SqlFailure(Error(errc_of(handle_, code), path_ + ": " + sqlite3_errmsg(handle_) + " (" +
                                                     std::string(doing.substr(0, 80)) + ")"));
}

void Database::script(char const* sql) {
  if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail(sql);
}

std::int64_t Database::last_id() const noexcept {
  return sqlite3_last_insert_rowid(handle_);
}
std::int64_t Database::changes() const noexcept {
  return sqlite3_changes64(handle_);
}
std::int64_t Database::total_changes() const noexcept {
  return sqlite3_total_changes64(handle_);
}
bool Database::in_transaction() const noexcept {
  return sqlite3_get_autocommit(handle_) == 0;
}

void Database::forbid_rewriting() {
  sqlite3_set_authorizer(handle_, refuse_rewriting, nullptr);
}

bool Database::checkpoint(int mode) noexcept {
  int in_wal = 0;
  int moved = 0;
  int const code = sqlite3_wal_checkpoint_v2(handle_, nullptr, mode, &in_wal, &moved);
  bool const all = code == SQLITE_OK && in_wal == moved;
  if (all) wal_pages_ = 0;
  return all;
}

bool Database::move_wal() noexcept {
  return checkpoint(SQLITE_CHECKPOINT_PASSIVE);
}

bool Database::empty_wal() noexcept {
  sqlite3_busy_timeout(handle_, 0);
  bool const all = checkpoint(SQLITE_CHECKPOINT_TRUNCATE);
  sqlite3_busy_timeout(handle_, busy_wait_ms);
  return all;
}

sqlite3_stmt* Database::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                         SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK)
    fail(sql);
  return statement;
}

Cursor::Cursor(Database& database, char const* sql) : database_(database) {
  auto& cached = database.cache_[sql];
  if (cached.in_use) {
    statement_ = database.prepare(sql);
    return;
  }
  if (cached.statement == nullptr) cached.statement = database.prepare(sql);
  cached.in_use = true;
  in_use_ = &cached.in_use;
  statement_ = cached.statement;
}

Cursor::~Cursor() {
  if (in_use_ == nullptr) {
    sqlite3_finalize(statement_);
    return;
  }
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
  *in_use_ = false;
}

bool Cursor::next() {
  int const code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) database_.fail(sqlite3_sql(statement_));
  return false;
}

std::int64_t Cursor::integer(int column) const noexcept {
  return sqlite3_column_int64(statement_, column);
}

std::string_view Cursor::text(int column) const noexcept {
  auto const* data = sqlite3_column_text(statement_, column);
  return view_of(data, sqlite3_column_bytes(statement_, column));
}

std::string_view Cursor::blob(int column) const noexcept {
  auto const* data = sqlite3_column_blob(statement_, column);
  return view_of(data, sqlite3_column_bytes(statement_, column));
}

ColumnType Cursor::type(int column) const noexcept {
  switch (sqlite3_column_type(statement_, column)) {
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

void Cursor::bind_null(int at) {
  sqlite3_bind_null(statement_, at);
}

void Cursor::bind_integer(int at, std::int64_t value) {
  if (sqlite3_bind_int64(statement_, at, value) != SQLITE_OK) database_.fail("binding a number");
}

void Cursor::bind_text(int at, std::string_view value) {
  char const* data = value.data() == nullptr ? "" : value.data();
  if (sqlite3_bind_text64(statement_, at, data, value.size(), SQLITE_STATIC, SQLITE_UTF8) !=
      SQLITE_OK)
    database_.fail("binding text");
}

void Cursor::bind_blob(int at, std::string_view value) {
  char const* data = value.data() == nullptr ? "" : value.data();
  if (sqlite3_bind_blob64(statement_, at, data, value.size(), SQLITE_STATIC) != SQLITE_OK)
    database_.fail("binding bytes");
}

}  // namespace siaga::journal
