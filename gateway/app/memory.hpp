// Memory: gives memory back to the system that one phase needed and the next does not.
//
// Place:  app -> MEMORY -> malloc, the mappings of the program and its libraries.
// Thread: any. Takes under a millisecond.
// Rule:   code that runs again is mapped again from the page cache, some microseconds for each 64
//         KiB. Pages that were ever written are never touched.
#pragma once

namespace siaga::memory {

void give_back();

}  // namespace siaga::memory
