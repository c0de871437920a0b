#include <map>
#include <random>
#include <set>

#include "tests/journal/desk.hpp"

namespace siaga::test {
namespace {

std::string value_of(std::string const& detail, std::string const& key) {
  auto const at = (" " + detail).find(" " + key + "=");
  if (at == std::string::npos) return "";
  auto const begin = at + key.size() + 1;
  return detail.substr(begin, detail.find(' ', begin) - begin);
}

// What the log alone says the world looks like.
struct Fold {
  std::map<std::int64_t, std::string> deliveries;  // those anything happened to
  std::map<std::int64_t, std::string> alerts;
  std::map<std::int64_t, std::map<std::string, std::string>> answers;
  std::map<std::int64_t, int> planned;  // deliveries, per alert
  std::set<std::int64_t> perhaps_twice;
  std::size_t received = 0;

  void add(journal::LogRow const& row) {
    auto const state = value_of(row.detail, "state");
    if (row.kind == "received") ++received;
    if (row.kind == "answer" && value_of(row.detail, "counted") == "yes")
      answers[row.alert.value][row.officer.value] = value_of(row.detail, "answer");
    if (!row.delivery.empty()) return add_delivery(row, state);
    for (auto const* key : {"recipients", "told"})
      if (auto const count = value_of(row.detail, key); !count.empty())
        planned[row.alert.value] += std::stoi(count);
    if (row.kind == "accepted") alerts[row.alert.value] = "open";
    if (row.kind == "acknowledged") alerts[row.alert.value] = "acknowledged";
    if (row.kind == "cancelled" && !row.alert.empty()) alerts[row.alert.value] = "cancelled";
    if (row.kind == "updated") alerts[row.alert.value] = "closed";
    if (row.kind == "expired") alerts[row.alert.value] = "expired";
  }
  void add_delivery(journal::LogRow const& row, std::string const& state) {
    auto& now = deliveries[row.delivery.value];
    if (!state.empty()) now = state;
    if (row.kind == "expired") now = "expired";
    if (row.kind == "reopened" || value_of(row.detail, "outcome") == "unknown")
      perhaps_twice.insert(row.delivery.value);
  }
  // What became of a delivery, its own rows and those of its alert's end taken together.
  std::string state_of(std::int64_t delivery, std::int64_t alert, bool ends_with_alert) const {
    auto const own = deliveries.find(delivery);
    bool const open = own == deliveries.end() || own->second.empty() || own->second == "planned";
    if (!open) return own->second;
    auto const& end = alerts.at(alert);
    if (!ends_with_alert || end == "open") return "planned";
    return end == "expired" ? "expired" : "cancelled";
  }
};

SendOutcome some_outcome(std::minstd_rand& random, DeliveryId id) {
  switch (random() % 5) {
    case 0:
      return FailedTemporarily("busy");
    case 1:
      return Failed("barred");
    case 2:
      return OutcomeUnknown("cut off");
    default: {
      auto const name = "ref-" + std::to_string(id.value);
      return id.value % 3 == 0 ? Sent({name, name + "-2"}) : Sent({name});
    }
  }
}

// A few hundred random but possible steps of a gateway's life.
void live(Desk& desk, unsigned seed) {
  std::minstd_rand random(seed);
  std::vector<Alert> raised;
  std::vector<AlertId> ids;
  std::vector<Delivery> begun;  // on the wire
  for (int i = 0; i < 250; ++i) {
    InFlight sending;
    for (auto const& delivery : begun) sending.push_back(delivery.id);
    auto const name = std::to_string(seed) + "-" + std::to_string(i);
    bool const any = !raised.empty();
    auto const pick = any ? random() % raised.size() : 0;
    switch (random() % 12) {
      case 0: {
        raised.push_back(desk.alert("a-" + name));
        auto const from = 1 + static_cast<int>(random() % 9);
        ids.push_back(desk.raise(raised.back(), plan_for(recipients(from, 4)), sending).alert);
        break;
      }
      case 1:
        if (any)
          desk.cancel(Desk::about(desk.alert("c-" + name, MsgType::cancel), raised[pick]), sending);
        break;
      case 2:
        if (!any) break;
        raised.push_back(Desk::about(desk.alert("u-" + name, MsgType::update), raised[pick]));
        ids.push_back(desk.raise(raised.back(), plan_for(recipients(2, 3)), sending).alert);
        break;
      case 3:
        if (any)
          desk.answer(ids[pick], "officer-" + std::to_string(random() % 9),
                      random() % 3 == 0 ? Answer::declined : Answer::accepted, sending);
        break;
      case 4:
        desk.clock.advance(milliseconds(random() % 600000));
        desk.get(desk.journal().expire_due(sending, desk.now()));
        desk.get(desk.journal().assume_delivered(1min, desk.now()));
        break;
      case 5: {
        auto const part = random() % 3 == 0 ? "-2" : "";
        Receipt const receipt(sms, "ref-" + std::to_string(random() % 200) + part,
                              random() % 2 == 0 ? DeliveryState::delivered : DeliveryState::failed,
                              "", desk.clock.utc_now());
        (void)desk.await(desk.journal().record(receipt));
        break;
      }
      case 6:
        desk.close();
        desk.open();
        desk.store->reopen_claims(desk.now()).value();
        begun.clear();
        break;
      default:
        for (auto const& delivery : begun) desk.record(delivery, some_outcome(random, delivery.id));
        begun = desk.claim(sms, 5);
        desk.clock.advance(3s);
    }
  }
}

TEST_CASE("the log read from its first row tells the same as the tables", "[journal]") {
  for (unsigned seed = 1; seed <= 6; ++seed) {
    INFO("seed " << seed);
    Desk desk;
    live(desk, seed);
    auto const history = desk.history();
    Fold fold;
    for (auto const& row : history->log({}).value()) fold.add(row);
    CHECK(fold.received == static_cast<std::size_t>(desk.count("SELECT count(*) FROM inbox")));

    journal::SqliteDatabase database(journal::store_path(desk.dir.path()),
                                     journal::SqliteDatabase::Mode::read);
    journal::Query alerts(database, "SELECT id, state FROM alerts");
    std::size_t seen = 0;
    while (alerts.next()) {
      CHECK(fold.alerts[alerts.integer(0)] == alerts.text(1));
      ++seen;
    }
    CHECK(fold.alerts.size() == seen);

    std::map<std::int64_t, int> planned;
    journal::Query deliveries(database,
                              "SELECT id, alert, kind IN ('alert', 'update'), state,"
                              " possible_duplicate FROM deliveries");
    while (deliveries.next()) {
      auto const id = deliveries.integer(0);
      INFO("delivery " << id);
      ++planned[deliveries.integer(1)];
      auto const told = fold.state_of(id, deliveries.integer(1), deliveries.get<bool>(2));
      std::string const state(deliveries.text(3));
      // A claim has no row before its outcome: the wire has not been touched.
      CHECK((told == state || (state == "claimed" && told != "sent")));
      CHECK(fold.perhaps_twice.contains(id) == deliveries.get<bool>(4));
    }
    for (auto const& [alert, count] : fold.planned) {
      INFO("alert " << alert);
      CHECK(planned[alert] == count);
    }
    for (auto const& row : history->alerts({}).value()) {
      std::size_t accepted = 0;
      for (auto const& [officer, answer] : fold.answers[row.id.value])
        accepted += answer == "accepted" ? 1 : 0;
      CHECK(row.accepted == accepted);
    }
    CHECK(history->verify()->whole);
  }
}

TEST_CASE("the kept tallies are what counting the deliveries gives", "[journal]") {
  Desk desk;
  live(desk, 7);
  CHECK(desk.count("SELECT count(*) FROM deliveries") > 50);
  CHECK(desk.count(
            "SELECT count(*) FROM (SELECT alert, ladder, round, step, kind, state, count(*) AS n"
            " FROM deliveries GROUP BY 1, 2, 3, 4, 5, 6) d LEFT JOIN tallies t USING (alert,"
            " ladder, round, step, kind, state) WHERE t.count IS NOT d.n") == 0);
  CHECK(desk.count("SELECT ifnull(sum(count), 0) FROM tallies") ==
        desk.count("SELECT count(*) FROM deliveries"));
}

TEST_CASE("nothing waits for what has ended", "[journal]") {
  for (unsigned seed = 20; seed < 24; ++seed) {
    Desk desk;
    live(desk, seed);
    CHECK(desk.count("SELECT count(*) FROM deliveries d JOIN deliveries before"
                     " ON before.id = d.after_delivery WHERE d.state = 'planned'"
                     " AND before.state NOT IN ('planned', 'claimed')") == 0);
    CHECK(desk.count("SELECT count(*) FROM deliveries d JOIN alerts a ON a.id = d.alert"
                     " WHERE a.state <> 'open' AND d.kind IN ('alert', 'update')"
                     " AND d.state = 'planned'") == 0);
  }
}

}  // namespace
}  // namespace siaga::test
