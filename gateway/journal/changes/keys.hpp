// keys: the store's own name and its secrets, each 32 random bytes, made once and kept in the
// store.
//
// Place:  store (`id`, `links`, `links-old`), checkpoints (`checkpoints`) -> KEYS -> table keys.
// Thread: store thread, within a transaction.
// Errors: SqlFailure.
// Durable: with the transaction. Names are on disk; never rename one.
#pragma once

#include <optional>

#include "gateway/journal/database/query.hpp"

namespace siaga::journal {

inline constexpr char key_of_store[] = "id";
inline constexpr char key_of_links[] = "links";
inline constexpr char key_of_older_links[] = "links-old";
inline constexpr char key_of_checkpoints[] = "checkpoints";

// Makes it when there is none of this name.
std::string key(Database& database, std::string_view name);
std::optional<std::string> key_if_made(Database& database, std::string_view name);
void keep_key(Database& database, std::string_view name, std::string_view bytes);

}  // namespace siaga::journal
