// Cursor: one use of a statement: it is given back when the cursor ends.
//
// Place:  Database -> CURSOR -> query.hpp.
// Thread: its Database's.
#pragma once

#include "gateway/journal/database/database.hpp"

namespace siaga::journal {

class Cursor {
 public:
  Cursor(Database& database, char const* sql)
      : database_(database), statement_(database.begin_use(sql)) {}
  ~Cursor() { database_.end_use(statement_); }
  Cursor(Cursor const&) = delete;
  Cursor& operator=(Cursor const&) = delete;

  bool next() { return statement_.next(); }  // whether there is a row
  std::int64_t integer(int column) const noexcept { return statement_.integer(column); }
  std::string_view text(int column) const noexcept { return statement_.text(column); }
  std::string_view blob(int column) const noexcept { return statement_.blob(column); }
  ColumnType type(int column) const noexcept { return statement_.type(column); }
  Statement& statement() noexcept { return statement_; }

 private:
  Database& database_;
  Statement& statement_;
};

}  // namespace siaga::journal
