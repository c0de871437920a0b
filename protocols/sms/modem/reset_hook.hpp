// run_hook: the administrator's program that cuts a modem's power, run to its end.
//
// Place:  Modem's ladder -> RESET HOOK -> child process.
// Thread: core only. argv without a shell; standard streams closed; a session of its own.
// Time:   `limit` by the Clock; then it is killed.
// Errors: child_failed: not there, a bad end, or too slow.
#pragma once

#include <string>
#include <vector>

#include "gateway/base/result.hpp"
#include "gateway/ports/clock.hpp"

namespace siaga::sms {

boost::asio::awaitable<Result<void>> run_hook(std::vector<std::string> argv, Clock& clock,
                                              milliseconds limit);

}  // namespace siaga::sms
