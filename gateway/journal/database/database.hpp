// Database: what the journal asks of an engine: statements, transactions, and the engine's own
// upkeep.
//
// Place:  beneath every room of journal/; query.hpp puts our types on top; database/sqlite is the
//         engine, and journal/store/open.cpp the one file that chooses it.
// Thread: a Database belongs to one thread.
// Errors: SqlFailure, thrown inside journal/ only and caught where a job or a question ends
//         (store_thread, history, open); see decisions/0003-store.md.
// Rules:  statements are literals, in the words that SQLite and PostgreSQL share; values are bound,
//         never pasted in. Parameters count from 1 and columns from 0.
#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>

#include "gateway/base/result.hpp"

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

// One use of a statement, and its place while it is used.
class Statement {
 public:
  virtual ~Statement() = default;
  virtual bool next() = 0;  // whether there is a row
  virtual std::int64_t integer(int column) const noexcept = 0;
  virtual std::string_view text(int column) const noexcept = 0;  // valid until next()
  virtual std::string_view blob(int column) const noexcept = 0;
  virtual ColumnType type(int column) const noexcept = 0;

  virtual void bind_null(int at) = 0;
  virtual void bind_integer(int at, std::int64_t value) = 0;
  // The bytes must live until the use ends.
  virtual void bind_text(int at, std::string_view value) = 0;
  virtual void bind_blob(int at, std::string_view value) = 0;
};

class Database {
 public:
  virtual ~Database() = default;

  virtual Statement& begin_use(char const* sql) = 0;
  virtual void end_use(Statement& statement) noexcept = 0;
  virtual void script(char const* sql) = 0;                 // several statements, no values
  virtual std::int64_t changes() const noexcept = 0;        // of the last statement
  virtual std::int64_t total_changes() const noexcept = 0;  // since it was opened

  virtual void begin() = 0;  // to write
  virtual void commit() = 0;
  virtual void roll_back() = 0;
  virtual bool in_transaction() const noexcept = 0;

  // Whether something new may be taken in; for answers there is room a little longer, and what has
  // happened is recorded to the last byte. An engine that shares its disk has room always.
  virtual bool has_room() { return true; }
  virtual bool has_room_for_answers() { return true; }
  virtual void give_up_reserve() noexcept {}
  virtual std::string const& name() const noexcept = 0;  // for messages

  // What the engine has to do beside the work. After each commit; and once nothing has been queued
  // for a moment, when it wants that.
  virtual void upkeep(bool /*urgent_waits*/) {}
  virtual bool wants_idle_upkeep() const noexcept { return false; }
  virtual void idle_upkeep() {}
};

}  // namespace siaga::journal
