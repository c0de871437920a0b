#include "gateway/flow/storage_watch.hpp"
#include "tests/support/catch.hpp"

namespace siaga::test {
namespace {

TEST_CASE("a message its broker has still is neither retried nor a reason to give up", "[flow]") {
  int given_up = 0;
  flow::StorageWatch storage([&](Error const&) { ++given_up; });
  CHECK_FALSE(storage.worth_retrying("deciding", Error(Errc::cancelled, "was not kept")));
  CHECK_FALSE(storage.failing());
  CHECK(storage.worth_retrying("deciding", Error(Errc::storage_full, "no room")));
  CHECK(storage.failing());
  CHECK(given_up == 0);
  CHECK_FALSE(storage.worth_retrying("deciding", Error(Errc::storage_failed, "disk I/O error")));
  CHECK(given_up == 1);
}

}  // namespace
}  // namespace siaga::test
