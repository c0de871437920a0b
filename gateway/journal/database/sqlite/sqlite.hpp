// SqliteDatabase: the embedded engine: one connection to one file. The only file that knows the
// SQLite library, with gathered_writes.
//
// Place:  database/database.hpp -> SQLITE; opened by open.hpp.
// Thread: a connection belongs to one thread.
// Errors: SqlFailure, with the file's path.
// See:    decisions/0003-store.md
#pragma once

#include <memory>
#include <unordered_map>
#include <vector>

#include "gateway/journal/database/database.hpp"

struct sqlite3;

namespace siaga::journal {

class SqliteStatement;

class SqliteDatabase : public Database {
 public:
  enum class Mode { write, read };

  SqliteDatabase(std::string path, Mode mode);
  ~SqliteDatabase() override;
  SqliteDatabase(SqliteDatabase const&) = delete;
  SqliteDatabase& operator=(SqliteDatabase const&) = delete;

  Statement& begin_use(char const* sql) final;
  void end_use(Statement& statement) noexcept final;
  void script(char const* sql) final;
  std::int64_t changes() const noexcept final;
  std::int64_t total_changes() const noexcept final;
  void begin() final;
  void commit() final;
  void roll_back() final;
  bool in_transaction() const noexcept final;
  std::string const& name() const noexcept override { return path_; }

  // From now on this connection can change neither the log nor the shape of the store.
  void forbid_rewriting();
  // In the write-ahead log as of the last commit; 0 once all of them are in the store.
  int wal_pages() const noexcept { return wal_pages_; }
  // Moves them into the store, without waiting for anybody; false: somebody still reads old ones.
  bool move_wal() noexcept;
  // As well, and cuts the file down to nothing when nobody is in the way.
  bool empty_wal() noexcept;

 private:
  friend class SqliteStatement;
  void open(int flags, char const* vfs);
  bool checkpoint(int mode) noexcept;
  [[noreturn]] void fail(std::string_view doing) const;

  std::string path_;
  sqlite3* handle_ = nullptr;
  std::unordered_map<std::string_view, std::unique_ptr<SqliteStatement>> cache_;  // by literal
  std::vector<std::unique_ptr<SqliteStatement>> second_uses_;  // of one that is in use already
  int wal_pages_ = 0;
};

}  // namespace siaga::journal
