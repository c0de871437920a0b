// gathered_writes: writes neighbouring pages of a commit in one call. SQLite writes them to the
// write-ahead log one by one, each with a header, two calls a page (decisions/0020).
//
// Place:  Database (Mode::write) -> GATHERED WRITES -> SQLite's own file access.
// Thread: the database's.
// Errors: SQLite's own; a page that could not be written is reported by the sync that needs it.
// Durable: nothing waits beyond a sync, a read or a look at the file's size; other processes learn
//         of frames only after the commit's sync (synchronous = FULL).
// See:    sqlite.org/vfs.html, sqlite.org/walformat.html (2.1)
#pragma once

namespace siaga::journal {

// The name to open a database by; null, which means SQLite's own, when it could not be registered.
char const* gathering_vfs();

}  // namespace siaga::journal
