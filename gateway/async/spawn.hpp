// spawn: starts a named coroutine whose end is never silent.
//
// Place:  the only way a coroutine is started (`detached` is banned).
// Thread: the executor's; all of ours share the core thread.
// Errors: an exception that is not "operation aborted" is a bug: logged by name, then the process
//         aborts and the journal makes the restart safe.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <string>

namespace siaga {

void spawn(boost::asio::any_io_executor const& executor, std::string name,
           boost::asio::awaitable<void> work);

}  // namespace siaga
