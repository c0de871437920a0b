// await: runs one coroutine to its end on a core of its own, in real time.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <optional>
#include <stdexcept>

#include "gateway/ports/clock.hpp"

namespace siaga::radio::test {

namespace asio = boost::asio;

template <class T>
T await(asio::io_context& io, asio::awaitable<T> work,
        std::chrono::seconds limit = std::chrono::seconds(60)) {
  std::optional<T> result;
  auto const done = [&](std::exception_ptr failure, T value) {
    if (failure) std::rethrow_exception(failure);
    result.emplace(std::move(value));
  };
  asio::co_spawn(io, std::move(work), done);
  auto const until = std::chrono::steady_clock::now() + limit;
  io.restart();
  while (!result && std::chrono::steady_clock::now() < until)
    if (io.run_one_for(std::chrono::milliseconds(100)) == 0) io.restart();
  if (!result) throw std::runtime_error("the coroutine did not end in time");
  return std::move(*result);
}

}  // namespace siaga::radio::test
