// Area reader: [[area]] of all directory files into the domain's Gazetteer.
//
// Place:  loader -> AREA READER -> Gazetteer, before agencies are read.
// Thread: one load, one thread.
#pragma once

#include <memory>

#include "config/table_reader.hpp"
#include "gateway/domain/gazetteer.hpp"

namespace siaga::config {

// Null when no file lists any: then no code is known to be wrong.
std::shared_ptr<Gazetteer const> read_areas(std::vector<Document> const& documents,
                                            Problems& problems);

}  // namespace siaga::config
