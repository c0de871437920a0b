// Query: a statement with values of our types bound, and columns read as such.
//
// Place:  every file of journal/ that reads or writes tables.
// Thread: its Database's.
// Durable: enumerations are stored by word, times as milliseconds, ids as numbers; Priority by
//         number, because the outbox is ordered by it.
#pragma once

#include <optional>

#include "gateway/domain/alert.hpp"
#include "gateway/domain/ids.hpp"
#include "gateway/journal/database/cursor.hpp"

namespace siaga::journal {

struct Blob {
  std::string_view bytes;
};

template <class E>
concept Worded = std::is_enum_v<E> && requires {
  WordsOf<E>::words;
};

inline void put(Statement& c, int at, std::integral auto v) {
  c.bind_integer(at, static_cast<std::int64_t>(v));
}
inline void put(Statement& c, int at, std::string_view v) {
  c.bind_text(at, v);
}
inline void put(Statement& c, int at, Blob v) {
  c.bind_blob(at, v.bytes);
}
inline void put(Statement& c, int at, UtcTime v) {
  c.bind_integer(at, v.time_since_epoch().count());
}
inline void put(Statement& c, int at, SteadyTime v) {
  c.bind_integer(at, v.time_since_epoch().count());
}
inline void put(Statement& c, int at, Priority v) {
  c.bind_integer(at, static_cast<int>(v));
}
template <Worded E>
requires(!std::same_as<E, Priority>) void put(Statement& c, int at, E v) {
  c.bind_text(at, to_word(v));
}
template <class Tag, class Rep>
void put(Statement& c, int at, Id<Tag, Rep> const& v) {
  put(c, at, v.value);
}
template <class T>
void put(Statement& c, int at, std::optional<T> const& v) {
  v ? put(c, at, *v) : c.bind_null(at);
}

template <class T>
struct Column;

template <std::integral T>
struct Column<T> {
  static T read(Cursor const& c, int at) { return static_cast<T>(c.integer(at)); }
};
template <>
struct Column<bool> {
  static bool read(Cursor const& c, int at) { return c.integer(at) != 0; }
};
template <>
struct Column<std::string> {
  static std::string read(Cursor const& c, int at) { return std::string(c.text(at)); }
};
template <>
struct Column<Blob> {  // valid until next()
  static Blob read(Cursor const& c, int at) { return {c.blob(at)}; }
};
template <class Clock>
struct Column<std::chrono::time_point<Clock, milliseconds>> {
  static auto read(Cursor const& c, int at) {
    return std::chrono::time_point<Clock, milliseconds>(milliseconds(c.integer(at)));
  }
};
template <class Tag, class Rep>
struct Column<Id<Tag, Rep>> {
  static Id<Tag, Rep> read(Cursor const& c, int at) {
    return Id<Tag, Rep>(Column<Rep>::read(c, at));
  }
};
template <>
struct Column<Priority> {
  static Priority read(Cursor const& c, int at) { return static_cast<Priority>(c.integer(at)); }
};
template <Worded E>
struct Column<E> {
  static E read(Cursor const& c, int at) {
    auto const value = from_word<E>(c.text(at));
    if (!value)
      throw SqlFailure(Error(Errc::storage_corrupt, "unknown word " + std::string(c.text(at))));
    return *value;
  }
};
template <class T>
struct Column<std::optional<T>> {
  static std::optional<T> read(Cursor const& c, int at) {
    if (c.type(at) == ColumnType::null) return std::nullopt;
    return Column<T>::read(c, at);
  }
};

class Query : public Cursor {
 public:
  // Texts bound must outlive the query: give it named values.
  template <class... Values>
  Query(Database& database, char const* sql, Values const&... values) : Cursor(database, sql) {
    [[maybe_unused]] int at = 0;
    (put(statement(), ++at, values), ...);
  }
  template <class T>
  T get(int column) const {
    return Column<T>::read(*this, column);
  }
};

// Runs a statement that answers no rows; how many rows it changed.
template <class... Values>
std::int64_t run(Database& database, char const* sql, Values const&... values) {
  Query query(database, sql, values...);
  query.next();
  return database.changes();
}

// The first column of the first row.
template <class T, class... Values>
std::optional<T> first(Database& database, char const* sql, Values const&... values) {
  Query query(database, sql, values...);
  if (!query.next()) return std::nullopt;
  return query.template get<T>(0);
}

}  // namespace siaga::journal
