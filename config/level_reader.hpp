// Level reader: [[level]] of the main file into the domain's LevelTable.
//
// Place:  loader -> LEVEL READER -> LevelTable.
// Thread: one load, one thread.
#pragma once

#include "config/table_reader.hpp"
#include "gateway/domain/level.hpp"

namespace siaga::config {

// The customary table when the file has none of its own.
LevelTable read_levels(TableReader& reader);

}  // namespace siaga::config
