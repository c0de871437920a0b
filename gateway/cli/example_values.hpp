// Example values: the values that the example configuration sets where a default does not suffice.
//
// Place:  reference -> EXAMPLE VALUES -> config/reference.hpp.
// Thread: any.
#pragma once

#include "config/reference.hpp"

namespace siaga::cli {

config::ExampleValues example_values();
std::string example_directory();  // the directory file that goes with it

}  // namespace siaga::cli
