// this_machine: whether an address as people write it stays on this machine. No name is resolved:
// every name but "localhost" counts as beyond it.
//
// Place:  settings -> THIS MACHINE -> warnings of `siaga check`.
// Thread: any. Pure.
#pragma once

#include <string_view>

namespace siaga {

// Of "host", "host:port", "[::1]:port", "scheme://user@host:port/path", "/a/socket"; "" stays.
bool stays_on_this_machine(std::string_view address);

}  // namespace siaga
