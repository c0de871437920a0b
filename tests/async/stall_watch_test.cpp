#include "gateway/async/stall_watch.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <ctime>
#include <vector>

#include "tests/support/catch.hpp"

namespace siaga {
namespace asio = boost::asio;
using std::chrono::milliseconds;

namespace {

// Uses up the processor, as reading a long document does.
void busy_for(milliseconds span) {
  auto const until = std::clock() + span.count() * CLOCKS_PER_SEC / 1000;
  while (std::clock() < until) {
  }
}

}  // namespace

TEST_CASE("the longest time at one thing is that of the one that took longest", "[async]") {
  asio::io_context core(1);
  StallWatch watch;
  asio::post(core, [] { busy_for(milliseconds(5)); });
  asio::post(core, [] { busy_for(milliseconds(60)); });
  asio::post(core, [] { busy_for(milliseconds(5)); });
  watch.run(core);
  CHECK(watch.longest() >= milliseconds(55));
}

TEST_CASE("waiting is no stall, what is done after it may be one", "[async]") {
  asio::io_context core(1);
  StallWatch watch;
  asio::steady_timer timer(core, milliseconds(300));
  bool held = false;
  timer.async_wait([&](boost::system::error_code) { held = watch.longest() > milliseconds(200); });
  watch.run(core);
  CHECK_FALSE(held);
  CHECK(watch.longest() < milliseconds(200));
  core.restart();
  asio::steady_timer again(core, milliseconds(20));
  again.async_wait([&](boost::system::error_code) { busy_for(milliseconds(60)); });
  watch.run(core);
  CHECK(watch.longest() >= milliseconds(55));
}

TEST_CASE("each thing that takes longer than its limit is told of, no other", "[async]") {
  asio::io_context core(1);
  StallWatch watch;
  std::vector<StallWatch::Span> told;
  watch.when_longer(milliseconds(40), [&](StallWatch::Span span) { told.push_back(span); });
  for (auto const ms : {1, 60, 1, 70}) asio::post(core, [ms] { busy_for(milliseconds(ms)); });
  watch.run(core);
  CHECK(told.size() >= 2);
  CHECK(told.size() <= 3);
}

TEST_CASE("the watch ends when the core is stopped", "[async]") {
  asio::io_context core(1);
  auto const guard = asio::make_work_guard(core);
  StallWatch watch;
  bool more = false;
  asio::post(core, [&] { core.stop(); });
  asio::post(core, [&] { more = true; });
  watch.run(core);
  CHECK_FALSE(more);
}

}  // namespace siaga
