#include "gateway/journal/database/sqlite/gathered_writes.hpp"

#include <sqlite3.h>

#include <exception>
#include <new>
#include <string>

namespace siaga::journal {
namespace {

constexpr std::size_t gathered_max = std::size_t{1} << 17;

sqlite3_vfs& own() {
  static sqlite3_vfs& vfs = *sqlite3_vfs_find(nullptr);  // there is one on every Unix
  return vfs;
}

// SQLite allocates it, with room behind it for the file it stands before.
struct GatheredFile {
  sqlite3_file base;
  std::string* waiting;  // what has not been written yet
  sqlite3_int64 at;      // where it begins in the file

  sqlite3_file* under() { return reinterpret_cast<sqlite3_file*>(this + 1); }
  sqlite3_int64 end() const { return at + static_cast<sqlite3_int64>(waiting->size()); }

  // What failed is not tried again: its transaction is rolled back.
  int write_out() {
    if (waiting->empty()) return SQLITE_OK;
    auto* const file = under();
    int const code =
        file->pMethods->xWrite(file, waiting->data(), static_cast<int>(waiting->size()), at);
    waiting->clear();
    return code;
  }
  int gather(void const* bytes, int count, sqlite3_int64 offset) {
    auto const size = static_cast<std::size_t>(count);
    bool const fits = offset == end() && waiting->size() + size <= gathered_max;
    if (!fits)
      if (int const code = write_out(); code != SQLITE_OK) return code;
    if (waiting->empty()) at = offset;
    try {
      waiting->append(static_cast<char const*>(bytes), size);
    } catch (std::exception const&) {
      return SQLITE_NOMEM;
    }
    return SQLITE_OK;
  }
};

GatheredFile& of(sqlite3_file* file) {
  return *reinterpret_cast<GatheredFile*>(file);
}

// First what waits, then what was asked for.
template <class Ask>
int after_writing(sqlite3_file* file, Ask ask) {
  auto& gathered = of(file);
  int const code = gathered.write_out();
  auto* const under = gathered.under();
  int const asked = ask(*under->pMethods, under);
  return code != SQLITE_OK ? code : asked;
}

int close(sqlite3_file* file) {
  int const code =
      after_writing(file, [](auto const& ways, sqlite3_file* under) { return ways.xClose(under); });
  delete of(file).waiting;
  return code;
}
int read(sqlite3_file* file, void* to, int count, sqlite3_int64 offset) {
  return after_writing(file, [=](auto const& ways, sqlite3_file* under) {
    return ways.xRead(under, to, count, offset);
  });
}
int write(sqlite3_file* file, void const* bytes, int count, sqlite3_int64 offset) {
  return of(file).gather(bytes, count, offset);
}
int truncate(sqlite3_file* file, sqlite3_int64 size) {
  return after_writing(
      file, [=](auto const& ways, sqlite3_file* under) { return ways.xTruncate(under, size); });
}
int sync(sqlite3_file* file, int flags) {
  auto& gathered = of(file);
  if (int const code = gathered.write_out(); code != SQLITE_OK) return code;
  return gathered.under()->pMethods->xSync(gathered.under(), flags);
}
int file_size(sqlite3_file* file, sqlite3_int64* size) {
  return after_writing(
      file, [=](auto const& ways, sqlite3_file* under) { return ways.xFileSize(under, size); });
}
int lock(sqlite3_file* file, int kind) {
  auto* const under = of(file).under();
  return under->pMethods->xLock(under, kind);
}
int unlock(sqlite3_file* file, int kind) {
  auto* const under = of(file).under();
  return under->pMethods->xUnlock(under, kind);
}
int is_reserved(sqlite3_file* file, int* answer) {
  auto* const under = of(file).under();
  return under->pMethods->xCheckReservedLock(under, answer);
}
int control(sqlite3_file* file, int what, void* about) {
  auto* const under = of(file).under();
  return under->pMethods->xFileControl(under, what, about);
}
int sector_size(sqlite3_file* file) {
  auto* const under = of(file).under();
  return under->pMethods->xSectorSize(under);
}
int characteristics(sqlite3_file* file) {
  auto* const under = of(file).under();
  return under->pMethods->xDeviceCharacteristics(under);
}

// Version 1: a write-ahead log is neither mapped nor shared memory.
constexpr sqlite3_io_methods ways{
    1,       close,       read,    write,       truncate,        sync,    file_size, lock,
    unlock,  is_reserved, control, sector_size, characteristics, nullptr, nullptr,   nullptr,
    nullptr, nullptr,     nullptr};

int open(sqlite3_vfs*, char const* name, sqlite3_file* file, int flags, int* flags_out) {
  if ((flags & SQLITE_OPEN_WAL) == 0) return own().xOpen(&own(), name, file, flags, flags_out);
  auto& gathered = of(file);
  file->pMethods = nullptr;  // nothing to close yet
  gathered.waiting = new (std::nothrow) std::string;
  if (gathered.waiting == nullptr) return SQLITE_NOMEM;
  int const code = own().xOpen(&own(), name, gathered.under(), flags, flags_out);
  if (code == SQLITE_OK)
    file->pMethods = &ways;
  else
    delete gathered.waiting;
  return code;
}

}  // namespace

char const* gathering_vfs() {
  static sqlite3_vfs gathering = [] {
    sqlite3_vfs made = own();  // all but opening is as there
    made.pNext = nullptr;
    made.zName = "siaga-gathering";
    made.szOsFile += static_cast<int>(sizeof(GatheredFile));
    made.xOpen = open;
    return made;
  }();
  static int const registered = sqlite3_vfs_register(&gathering, 0);
  return registered == SQLITE_OK ? gathering.zName : nullptr;
}

}  // namespace siaga::journal
