// App: the composition root. Builds every part once, starts them in order, stops them in exact
// reverse.
//
// Place:  main -> run command -> APP -> flow, journal, protocols.
// Thread: runs the core thread's io_context until SIGTERM or SIGINT; SIGHUP reloads all or nothing.
// Errors: run_app() answers the exit code: 0 stopped cleanly, 78 bad configuration, 75 the store
//         cannot be trusted (restart), 69 something needed at start is not to be had.
// Durable: nothing here.
#pragma once

#include <string>

namespace siaga {

int run_app(std::string const& config_file);

}  // namespace siaga
