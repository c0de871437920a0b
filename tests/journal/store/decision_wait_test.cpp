#include <atomic>
#include <future>

#include "tests/journal/desk.hpp"

namespace siaga::test {
namespace {

namespace asio = boost::asio;

constexpr milliseconds for_ever{std::chrono::hours(1)};  // a test that waits so long has failed

// A desk at whose door intake waits for a message while the broker's thread brings one.
struct Doorway {
  explicit Doorway(milliseconds decision_within) {
    journal::StoreSettings settings;
    settings.decision_within = decision_within;
    settings.probe = [this](std::string_view point) {
      if (point == "after-commit") ++commits;
      if (point == "before-commit" && failing)
        throw journal::SqlFailure(Error(Errc::storage_failed, "disk I/O error"));
    };
    desk.emplace(settings);
    desk->keep(desk->raw("first"));  // intake has read the store: it waits for what comes
  }

  Result<void> keep_while(asio::awaitable<void> intake) {
    asio::co_spawn(desk->core, std::move(intake), [](std::exception_ptr failed) {
      if (failed) std::rethrow_exception(failed);
    });
    desk->core.restart();
    desk->core.poll();
    commits = 0;
    auto kept =
        std::async(std::launch::async, [&] { return desk->store->inbox().keep(desk->raw("a-1")); });
    auto const work = asio::make_work_guard(desk->core);
    while (kept.wait_for(0s) != std::future_status::ready) desk->core.run_one_for(10ms);
    desk->core.poll();
    return kept.get();
  }
  asio::awaitable<Result<Accepted>> accept(InboxId from) {
    auto command = desk->authorised(RaiseAlert{desk->alert("a-1")});
    return desk->journal().accept(from, std::move(command), plan_for(recipients(1, 2)), {},
                                  desk->now());
  }

  std::atomic<int> commits = 0;
  std::atomic<bool> failing = false;
  std::optional<Desk> desk;
};

TEST_CASE("what is decided about a message shares the commit of its keeping", "[journal]") {
  Doorway door(for_ever);
  std::optional<Result<Accepted>> accepted;
  auto const intake = [&]() -> asio::awaitable<void> {
    auto const message = co_await door.desk->journal().next_inbound();
    auto deciding = door.accept(message.id);
    accepted = co_await std::move(deciding);
  };
  CHECK(door.keep_while(intake()));
  CHECK(door.commits == 1);
  REQUIRE(accepted);
  REQUIRE(*accepted);
  CHECK((*accepted)->recipients == 2);
}

TEST_CASE("no commit waits for a decision once intake asks for the next message", "[journal]") {
  Doorway door(for_ever);
  InboxId held;
  auto const intake = [&]() -> asio::awaitable<void> {
    held = (co_await door.desk->journal().next_inbound()).id;
    (void)co_await door.desk->journal().next_inbound();
  };
  CHECK(door.keep_while(intake()));
  CHECK_FALSE(held.empty());
}

TEST_CASE("a decision that does not come in time gets a commit of its own", "[journal]") {
  Doorway door(milliseconds(1));
  InboxId kept;
  auto const intake = [&]() -> asio::awaitable<void> {
    kept = (co_await door.desk->journal().next_inbound()).id;
  };
  CHECK(door.keep_while(intake()));
  CHECK(door.commits == 1);
  CHECK(door.desk->get(door.accept(kept)).recipients == 2);
  CHECK(door.commits == 2);
}

TEST_CASE("a message whose commit failed is nobody's, and its decision is not another's",
          "[journal]") {
  Doorway door(milliseconds(1));
  InboxId lost;
  auto const intake = [&]() -> asio::awaitable<void> {
    lost = (co_await door.desk->journal().next_inbound()).id;
  };
  door.failing = true;
  CHECK(door.keep_while(intake()).error().is(Errc::storage_failed));
  door.failing = false;
  REQUIRE_FALSE(lost.empty());
  auto const another = door.desk->keep(door.desk->raw("a-2"));
  CHECK(another != lost);
  CHECK(door.desk->await(door.accept(lost)).error().is(Errc::cancelled));
  CHECK(door.desk->count("SELECT count(*) FROM alerts") == 0);
  CHECK(door.desk->ask<std::string>("SELECT state FROM inbox WHERE id = ?", another) == "new");
}

}  // namespace
}  // namespace siaga::test
