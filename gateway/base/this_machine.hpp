// this_machine: whether an address as people write it stays on this machine. No name is resolved:
// one that is not "localhost" counts as beyond it, whatever it resolves to.
//
// Place:  settings -> THIS MACHINE -> warnings of `siaga check`.
// Thread: any. Pure.
#pragma once

#include <string_view>

namespace siaga {

// Of "host", "host:port", "[::1]:port", "scheme://user@host:port/path", "/a/socket"; "" stays.
bool stays_on_this_machine(std::string_view address);

}  // namespace siaga
