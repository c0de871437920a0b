#include "gateway/journal/history/history.hpp"

#include "tests/journal/desk.hpp"

namespace siaga::test {
namespace {

TEST_CASE("a store that is not there yet is said to be missing, with its path", "[journal]") {
  TempDir dir;
  auto const opened = journal::open_history(dir.path());
  REQUIRE(opened.has_error());
  CHECK(opened.error().is(Errc::file_unreadable));
  CHECK_THAT(opened.error().text(), ContainsSubstring(dir.path()));
}

TEST_CASE("alerts are listed newest first, with who was reached and who answered", "[journal]") {
  Desk desk;
  auto const first = desk.raise("a-1", plan_for(recipients(1, 3)));
  auto const claimed = desk.claim();
  desk.record(claimed[0]);
  desk.record(claimed[1], Failed("barred"));
  desk.answer(first.alert, "officer-1");
  desk.clock.advance(1h);
  desk.raise("a-2", plan_for(recipients(4, 1)));
  auto const alerts = desk.history()->alerts({});
  REQUIRE(alerts);
  REQUIRE(alerts->size() == 2);
  CHECK((*alerts)[0].identifier == "a-2");
  auto const& row = (*alerts)[1];
  CHECK(row.id == first.alert);
  CHECK(row.state == AlertState::acknowledged);
  CHECK(row.code == first.code);
  CHECK(row.event == "Unjuk rasa");
  CHECK(row.place == "Kel. Lok Tuan");
  CHECK(row.severity == Severity::severe);
  CHECK(row.recipients == 3);
  CHECK(row.reached == 1);
  CHECK(row.accepted == 1);
  CHECK(row.ended_at.has_value());
}

TEST_CASE("alerts can be asked for by openness, time and officer", "[journal]") {
  Desk desk;
  auto const first = desk.raise("a-1", plan_for(recipients(1, 1)));
  desk.answer(first.alert, "officer-1");
  desk.clock.advance(1h);
  auto const later = desk.clock.utc_now();
  desk.raise("a-2", plan_for(recipients(2, 1)));
  auto const history = desk.history();
  journal::HistoryFilter filter;
  filter.open_only = true;
  CHECK(history->alerts(filter)->size() == 1);
  filter = {};
  filter.since = later;
  CHECK(history->alerts(filter)->size() == 1);
  filter = {};
  filter.officer = OfficerId("officer-1");
  auto const his = history->alerts(filter);
  REQUIRE(his->size() == 1);
  CHECK(his->front().identifier == "a-1");
}

TEST_CASE("one alert is found by its id, its code and its identifier", "[journal]") {
  Desk desk;
  auto const accepted = desk.raise("polres-1", plan_for(recipients(1, 2)));
  desk.send_all();
  desk.answer(accepted.alert, "officer-1");
  auto const history = desk.history();
  for (auto const& name :
       {std::to_string(accepted.alert.value), accepted.code, std::string("polres-1")}) {
    auto const detail = history->alert(name);
    REQUIRE(detail);
    CHECK(detail->row.id == accepted.alert);
  }
  CHECK(history->alert("nothing").error().is(Errc::not_found));
}

TEST_CASE("an alert's detail has its deliveries, answers and timeline", "[journal]") {
  Desk desk;
  auto const accepted = desk.raise("a-1", plan_for(recipients(1, 2)));
  desk.clock.advance(90s);
  desk.send_all();
  desk.answer(accepted.alert, "officer-1");
  auto const detail = desk.history()->alert("a-1");
  REQUIRE(detail);
  CHECK(detail->alert.infos.front().headline == "Massa menuju gerbang pabrik");
  REQUIRE(detail->deliveries.size() == 3);
  CHECK(detail->deliveries[0].state == DeliveryState::sent);
  CHECK(detail->deliveries[0].officer == OfficerId("officer-1"));
  CHECK(detail->deliveries[2].kind == MessageKind::closing);
  REQUIRE(detail->acknowledgements.size() == 1);
  CHECK(detail->acknowledgements[0].delay == 90s);
  CHECK(detail->acknowledgements[0].text == "menuju lokasi");
  std::vector<std::string> kinds;
  for (auto const& row : detail->timeline) kinds.push_back(row.kind);
  CHECK(kinds == std::vector<std::string>{"accepted", "planned", "step-started", "attempted",
                                          "attempted", "answer", "acknowledged"});
}

TEST_CASE("answers and log rows can be asked for by officer and time", "[journal]") {
  Desk desk;
  auto const one = desk.raise("a-1", plan_for(recipients(1, 1), 3)).alert;
  desk.answer(one, "officer-1");
  desk.clock.advance(1h);
  auto const later = desk.clock.utc_now();
  desk.answer(one, "officer-2", Answer::declined);
  auto const history = desk.history();
  journal::HistoryFilter filter;
  CHECK(history->acks(filter)->size() == 2);
  filter.officer = OfficerId("officer-2");
  auto const his = history->acks(filter);
  REQUIRE(his->size() == 1);
  CHECK(his->front().answer == Answer::declined);
  CHECK(his->front().seq > 1);
  CHECK(history->log(filter)->size() == 1);
  filter = {};
  filter.since = later;
  CHECK(history->acks(filter)->size() == 1);
  CHECK(history->log(filter)->size() == 1);
  filter.alert = one;
  CHECK(history->log(filter)->size() == 1);
}

TEST_CASE("history is read while the gateway is down, and while it runs", "[journal]") {
  Desk desk;
  desk.raise("a-1", plan_for(recipients(1, 1)));
  CHECK(desk.history()->alerts({})->size() == 1);
  desk.close();
  CHECK(desk.history()->alerts({})->size() == 1);
}

}  // namespace
}  // namespace siaga::test
