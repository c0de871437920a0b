// link_keys: the keys by which answer links are made and read: the store's id and a key, made when
// the store is first opened, and the key of links that the program before mailed.
//
// Place:  open_store -> LINK KEYS -> keys.
// Thread: the opening one, before anything else writes.
// Errors: SqlFailure: file_unreadable for a key file that cannot be taken over, with its path.
// Durable: the older key is taken from DATA_DIR/link.key in the transaction that makes the new one;
//         afterwards the file is removed. A store without deliveries has mailed no link and takes
//         no key over, so that a mail of another store opens nothing here.
#pragma once

#include "gateway/journal/changes/keys.hpp"
#include "gateway/journal/store/open.hpp"

namespace siaga::journal {

LinkKeys open_link_keys(Database& database, std::string const& data_dir);

}  // namespace siaga::journal
