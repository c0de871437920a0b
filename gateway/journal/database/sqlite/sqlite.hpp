// sqlite: the only file that knows the SQLite library: a Database, and Cursors over its statements.
//
// Place:  beneath everything in journal/; query.hpp puts our types on top.
// Thread: a Database belongs to one thread.
// Errors: SqlFailure, thrown inside journal/ only and caught where a job or a question ends
//         (store_thread, history, store); see decisions/0003-store.md.
// Rule:   statements are literals; values are bound, never pasted in.
#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <unordered_map>

#include "gateway/base/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace siaga::journal {

class SqlFailure final : public std::exception {
 public:
  explicit SqlFailure(Error error) : error_(std::move(error)), text_(error_.text()) {}
  Error const& error() const noexcept { return error_; }
  char const* what() const noexcept override { return text_.c_str(); }

 private:
  Error error_;
  std::string text_;
};

enum class ColumnType { null, integer, text, blob, real };

class Database {
 public:
  enum class Mode { write, read };

  Database(std::string path, Mode mode);
  ~Database();
  Database(Database const&) = delete;
  Database& operator=(Database const&) = delete;

  void script(char const* sql);  // several statements, no values
  std::int64_t last_id() const noexcept;
  std::int64_t changes() const noexcept;        // of the last statement
  std::int64_t total_changes() const noexcept;  // since it was opened
  bool in_transaction() const noexcept;
  // From now on this connection can change neither the log nor the shape of the store.
  void forbid_rewriting();
  // In the write-ahead log as of the last commit; 0 once all of them are in the store.
  int wal_pages() const noexcept { return wal_pages_; }
  // Moves them into the store, without waiting for anybody; false: somebody still reads old ones.
  bool move_wal() noexcept;
  // As well, and cuts the file down to nothing when nobody is in the way.
  bool empty_wal() noexcept;
  [[noreturn]] void fail(std::string_view doing) const;

 private:
  friend class Cursor;
  struct Cached {
    sqlite3_stmt* statement = nullptr;
    bool in_use = false;
  };
  void open(int flags, char const* vfs);
  bool checkpoint(int mode) noexcept;
  sqlite3_stmt* prepare(std::string_view sql);

  std::string path_;
  sqlite3* handle_ = nullptr;
  std::unordered_map<std::string_view, Cached> cache_;  // keys are literals
  int wal_pages_ = 0;
};

// One use of a statement; parameters count from 1 and columns from 0, as SQLite's do.
class Cursor {
 public:
  Cursor(Database& database, char const* sql);
  ~Cursor();
  Cursor(Cursor const&) = delete;
  Cursor& operator=(Cursor const&) = delete;

  bool next();  // whether there is a row
  std::int64_t integer(int column) const noexcept;
  std::string_view text(int column) const noexcept;  // valid until next()
  std::string_view blob(int column) const noexcept;
  ColumnType type(int column) const noexcept;

  void bind_null(int at);
  void bind_integer(int at, std::int64_t value);
  // The bytes must live until the cursor ends.
  void bind_text(int at, std::string_view value);
  void bind_blob(int at, std::string_view value);

 private:
  Database& database_;
  sqlite3_stmt* statement_ = nullptr;
  bool* in_use_ = nullptr;  // of the cache; null = ours alone
};

}  // namespace siaga::journal
