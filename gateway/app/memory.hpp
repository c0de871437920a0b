// Memory: gives back to the system what a phase needed and the next does not.
//
// Place:  app, gateway -> MEMORY -> malloc, the mappings of the program and its libraries.
// Thread: any. Takes under a millisecond.
// Rule:   code that is wanted again is mapped again from the page cache, some microseconds for each
//         64 KiB; what was ever written is never touched.
#pragma once

namespace siaga::memory {

void give_back();

}  // namespace siaga::memory
