// Gateway section: [gateway] alone, for who only asks the store: what else the file says may be
// wrong meanwhile.
//
// Place:  query commands -> GATEWAY SECTION -> zone, data_dir.
// Thread: any.
// Errors: as Problems, of the syntax and of [gateway] only.
#pragma once

#include "config/settings.hpp"

namespace siaga::config {

Loaded load_gateway(std::string const& file);  // `gateway`, `zone` and `file` of the settings

}  // namespace siaga::config
