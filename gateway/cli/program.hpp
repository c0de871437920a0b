// Program: reads the command line and runs the command.
//
// Place:  main -> PROGRAM -> commands.
// Thread: main.
// Exits:  exits.hpp; 64 for a line that cannot be understood.
#pragma once

#include <string>
#include <vector>

#include "gateway/cli/terminal.hpp"

namespace siaga::cli {

// `arguments` without the program's name.
int run_program(std::vector<std::string> arguments, Terminal const& terminal);

}  // namespace siaga::cli
