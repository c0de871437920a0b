#include <sqlite3.h>

#include <atomic>

#include "tests/journal/desk.hpp"

namespace siaga::test {
namespace {

// Statements that connections opened from now on run; those of triggers are not counted.
class StatementCount {
 public:
  StatementCount() { sqlite3_auto_extension(opened()); }
  ~StatementCount() { sqlite3_cancel_auto_extension(opened()); }
  int take() { return count.exchange(0); }

 private:
  static void (*opened())() { return reinterpret_cast<void (*)()>(&watch); }
  static int watch(sqlite3* database, char**, sqlite3_api_routines const*) {
    return sqlite3_trace_v2(database, SQLITE_TRACE_STMT, &begun, nullptr);
  }
  static int begun(unsigned, void*, void*, void* text) {
    bool const of_a_trigger = std::string_view(static_cast<char const*>(text)).starts_with("--");
    count += of_a_trigger ? 0 : 1;
    return 0;
  }

  static inline std::atomic<int> count = 0;
};

struct Cost {
  int statements = 0, commits = 0;
  bool operator==(Cost const&) const = default;
};

std::ostream& operator<<(std::ostream& out, Cost const& cost) {
  return out << cost.statements << " statements, " << cost.commits << " commits";
}

// A store at work: each step's cost, one after the other, so that nothing is shared by chance.
class Till {
 public:
  Till() {
    journal::StoreSettings settings;
    settings.decision_within = milliseconds(0);
    settings.probe = [this](std::string_view point) {
      if (point == "after-commit") ++commits;
    };
    desk.emplace(settings);
    desk->raise("before", plan_for(recipients(1, 2)));
    desk->send_all();
    (void)cost();
  }
  Cost cost() {
    desk->get(desk->journal().probe());  // after it nothing of the step is left to do
    Cost const now{statements.take() - probe_alone.statements, commits.exchange(0) - 1};
    return now;
  }

  StatementCount statements;
  std::atomic<int> commits = 0;
  std::optional<Desk> desk;
  // BEGIN, the head's row and COMMIT.
  static constexpr Cost probe_alone{3, 1};
};

}  // namespace

// A code that is taken already is drawn again, which costs a statement more: once in a thousand.
TEST_CASE("an alert costs so many statements and commits, and no more", "[journal]") {
  Till till;
  auto& desk = *till.desk;
  Cost accepting{1000, 1000};
  for (auto const* name : {"a-1", "a-2", "a-3"}) {
    auto const from = desk.keep(desk.raw(name));
    CHECK(till.cost() == Cost{4, 1});
    desk.get(desk.journal().accept(from, desk.authorised(RaiseAlert{desk.alert(name)}),
                                   plan_for(recipients(1, 2)), {}, desk.now()));
    accepting = std::min(accepting, till.cost(), [](Cost const& left, Cost const& right) {
      return left.statements < right.statements;
    });
    auto const claimed = desk.claim();
    CHECK(till.cost() == Cost{17, 1});
    REQUIRE(claimed.size() == 2);
    for (auto const& delivery : claimed) {
      desk.record(delivery, Sent({"ref-" + std::to_string(delivery.id.value)}));
      CHECK(till.cost() == Cost{7, 1});
    }
  }
  CHECK(accepting == Cost{23, 1});
}

}  // namespace siaga::test
