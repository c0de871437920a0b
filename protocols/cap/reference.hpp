// reference: this folder's README.md, made from the tables that the readers work from.
//
// Place:  RULES -> REFERENCE -> README.md; a test compares.
// Thread: any; pure.
#pragma once

#include <string>

namespace siaga::cap {

std::string reference();

}  // namespace siaga::cap
