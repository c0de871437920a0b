// run_app: runs the daemon: reads the configuration, serves signals, answers the exit code.
//
// Place:  main -> run command -> RUN -> Gateway.
// Thread: runs the core thread's io_context until SIGTERM or SIGINT; SIGHUP reloads all or nothing.
// Errors: the exit code: 0 stopped cleanly, 69 something needed at start is not available, 75 the
//         store cannot be trusted (restart), 76 the store was rolled back (no restart), 78 bad
//         configuration.
// Durable: nothing here.
#pragma once

#include <string>

namespace siaga {

int run_app(std::string const& config_file);

}  // namespace siaga
