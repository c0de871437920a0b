#include "gateway/async/worker.hpp"

#include <boost/asio/io_context.hpp>
#include <future>
#include <vector>

#include "gateway/async/spawn.hpp"
#include "tests/support/catch.hpp"

namespace siaga {
namespace asio = boost::asio;

namespace {

asio::awaitable<void> done_by(Worker& worker, asio::any_io_executor core,
                              std::function<void()> work, std::function<void()> after) {
  co_await worker.run(std::move(core), std::move(work));
  after();
}

}  // namespace

TEST_CASE("work is done beside the core, which goes on meanwhile and takes up the result",
          "[async]") {
  asio::io_context core(1);
  Worker worker;
  std::promise<void> go;
  auto const here = std::this_thread::get_id();
  std::thread::id worked, resumed;
  spawn(core.get_executor(), "work",
        done_by(
            worker, core.get_executor(),
            [&] {
              go.get_future().wait();
              worked = std::this_thread::get_id();
            },
            [&] { resumed = std::this_thread::get_id(); }));
  bool went_on = false;
  asio::post(core, [&] {
    went_on = true;
    go.set_value();
  });
  core.run();
  CHECK(went_on);
  CHECK(worked != std::thread::id());
  CHECK(worked != here);
  CHECK(resumed == here);
}

TEST_CASE("work is done one piece at a time, in the order of asking", "[async]") {
  asio::io_context core(1);
  Worker worker;
  std::atomic<int> at_once = 0;
  int most = 0;
  std::vector<int> done;
  for (int i = 0; i < 20; ++i)
    spawn(core.get_executor(), "work",
          done_by(
              worker, core.get_executor(),
              [&] {
                most = std::max(most, ++at_once);
                --at_once;
              },
              [&done, i] { done.push_back(i); }));
  core.run();
  CHECK(most == 1);
  REQUIRE(done.size() == 20);
  CHECK(std::is_sorted(done.begin(), done.end()));
}

TEST_CASE("at its stop the piece under way ends and what waits is let go", "[async]") {
  asio::io_context core(1);
  Worker worker;
  std::promise<void> begun, go;
  std::atomic<int> worked = 0;
  int resumed = 0;
  spawn(core.get_executor(), "first",
        done_by(
            worker, core.get_executor(),
            [&] {
              begun.set_value();
              go.get_future().wait();
              ++worked;
            },
            [&] { ++resumed; }));
  spawn(core.get_executor(), "second",
        done_by(
            worker, core.get_executor(), [&] { ++worked; }, [&] { ++resumed; }));
  core.poll();
  begun.get_future().wait();
  std::thread releases([&] { go.set_value(); });
  worker.stop();
  releases.join();
  CHECK(worked <= 2);
  CHECK(worked >= 1);
  CHECK(resumed == 0);
}

}  // namespace siaga
