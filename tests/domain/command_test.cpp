#include "gateway/domain/command.hpp"

#include "tests/domain/samples.hpp"
#include "tests/support/catch.hpp"

using namespace siaga;

TEST_CASE("every command is about its alert", "[domain]") {
  auto const alert = test::sample_alert();
  CHECK(alert_of(RaiseAlert{alert}).identifier == "polres-2026-0001");
  CHECK(alert_of(ReplaceAlert{alert}).identifier == "polres-2026-0001");
  CHECK(alert_of(CancelAlert{alert}).identifier == "polres-2026-0001");
  CHECK(alert_of(NoteMessage{alert}).identifier == "polres-2026-0001");
}

TEST_CASE("taking the value of a rejected message says which rule it broke", "[domain]") {
  Judged<Command> const judged = Rejection(Reason{"/sent", "cap.sent.offset", "..."});
  CHECK_THROWS_WITH(judged.value(), ContainsSubstring("cap.sent.offset at /sent"));
}
