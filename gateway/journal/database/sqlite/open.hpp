// Opening the embedded engine's file: to write it, to read it, or to change it beside the gateway
// that writes it.
//
// Place:  journal/store/open and accept_rollback -> OPEN -> SqliteDatabase.
// Thread: the opening one has it afterwards.
// Errors: SqlFailure: storage_failed, storage_corrupt, storage_full; file_unreadable when there is
//         no store yet. With the file's path, and what to do.
// Durable: opening to write makes the directory (0700) and the file, and migrates the shape.
#pragma once

#include <memory>

#include "gateway/journal/database/database.hpp"

namespace siaga::journal {

std::string store_path(std::string const& data_dir);

// `free_bytes_min`: see StoreSettings.
std::unique_ptr<Database> open_to_write(std::string const& data_dir, std::uint64_t free_bytes_min);
std::unique_ptr<Database> open_to_read(std::string const& data_dir);
// One transaction of a process of its own, whether a gateway runs or not.
std::unique_ptr<Database> open_beside(std::string const& data_dir);

}  // namespace siaga::journal
