// Directory reader: [[officer]] and [[team]] of all directory files into the domain's Directory.
//
// Place:  loader -> DIRECTORY READER -> Directory.
// Thread: one load, one thread.
// Privacy: problems name officers by id; an address is shown only where it is itself the problem.
#pragma once

#include <memory>

#include "config/names.hpp"
#include "gateway/domain/directory.hpp"

namespace siaga::config {

struct DirectoryNames {
  Names agencies{"agency", "[[agency]]"};  // of the main file; officers refer to them
  Names officers{"officer", "[[officer]]"};
  Names teams{"team", "[[team]]"};
  std::string language = "id";  // of officers who have none of their own, and of broadcasts
};

// `address_keys`: what channel kinds call an officer's address, "sms", "email".
std::shared_ptr<Directory const> read_directory(std::vector<Document> const& documents,
                                                std::vector<std::string> const& address_keys,
                                                DirectoryNames& names, Problems& problems);

}  // namespace siaga::config
