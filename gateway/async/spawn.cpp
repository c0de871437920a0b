#include "gateway/async/spawn.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>
#include <cstdlib>
#include <exception>

#include "gateway/base/log.hpp"

namespace siaga {
namespace {

void end_of(std::string const& name, std::exception_ptr const& failure) {
  if (!failure) return;
  try {
    std::rethrow_exception(failure);
  } catch (boost::system::system_error const& error) {
    if (error.code() == boost::asio::error::operation_aborted) return;
    log::error("coroutine_failed", {{"name", name}, {"error", error.what()}});
  } catch (std::exception const& error) {
    log::error("coroutine_failed", {{"name", name}, {"error", error.what()}});
  }
  std::abort();
}

}  // namespace

void spawn(boost::asio::any_io_executor const& executor, std::string name,
           boost::asio::awaitable<void> work) {
  boost::asio::co_spawn(
      executor, std::move(work),
      [name = std::move(name)](std::exception_ptr failure) { end_of(name, failure); });
}

}  // namespace siaga
