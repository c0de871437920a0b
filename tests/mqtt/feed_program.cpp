// A program that holds a feed open until it is killed.
#include <cstdio>

#include "protocols/mqtt/feed.hpp"
#include "tests/mqtt/core_thread.hpp"

int main(int, char** argv) {
  siaga::mqtt::Settings settings;
  settings.url = argv[1];
  siaga::test::CoreThread core;
  siaga::mqtt::Feed feed(core.executor(), settings, "unit");
  feed.start();
  if (!siaga::test::comes_true(std::chrono::seconds(10), [&] { return feed.connected(); }))
    return 1;
  std::puts("connected");
  std::fflush(stdout);
  return std::getchar() == EOF ? 0 : 2;
}
