#include <algorithm>
#include <atomic>

#include "gateway/journal/database/database.hpp"
#include "tests/scenarios/stage.hpp"
#include "tests/support/catch.hpp"

namespace siaga::test {
namespace {

using namespace std::chrono_literals;

constexpr char ops_phone[] = "+6281200000077";
constexpr char ops_mail[] = "ops@bontangkota.example";

void with_ops(Stage& stage, std::vector<std::string> channels = {"sms", "email"}) {
  two_steps(stage);
  stage.officer("ops-1", ops_phone, ops_mail, "diskominfo");
  stage.team("ops", {"ops-1"});
  stage.tell_ops({"ops"}, std::move(channels));
}

// Time passes in steps small enough that every round and every sweep has its turn.
void pass(Stage& stage, milliseconds time, milliseconds step = 1s) {
  for (milliseconds gone{0}; gone < time; gone += step) stage.advance(step);
}

bool says(std::string const& text, std::string const& part) {
  return text.find(part) != std::string::npos;
}

std::size_t messages(NotedChannel const& channel, std::string const& part) {
  return static_cast<std::size_t>(std::ranges::count_if(
      channel.begun, [&](Message const& message) { return says(message.text, part); }));
}

TEST_CASE("a channel that stays down is told ops by another path, and so is that it is up again",
          "[scenario]") {
  Stage stage;
  with_ops(stage);
  stage.open();
  stage.sms.link = LinkState::down;
  stage.sms.reason = "connection refused";
  pass(stage, 50s);
  CHECK(stage.incidents().empty());
  pass(stage, 20s);
  CHECK(messages(stage.email, "Saluran tidak dapat mengirim") == 1);
  CHECK(stage.email.to(ops_mail) == 1);
  CHECK(messages(stage.sms, "Saluran") == 0);
  CHECK(says(stage.feed.last("siaga/incident/stage"), R"("state":"open")"));
  CHECK(says(stage.feed.last("siaga/incident/stage"), R"("about":"sms")"));
  REQUIRE(stage.incidents(true).size() == 1);
  CHECK(stage.incidents(true)[0].kind == IncidentKind::channel_down);
  stage.sms.link = LinkState::up;
  pass(stage, 5s);
  CHECK(messages(stage.email, "SELESAI: Saluran tidak dapat mengirim") == 1);
  CHECK(messages(stage.sms, "SELESAI: Saluran tidak dapat mengirim") == 1);
  CHECK(says(stage.feed.last("siaga/incident/stage"), R"("state":"ended")"));
  CHECK(stage.incidents(true).empty());
  CHECK(rows(stage.log(), "incident") == 1);
  CHECK(rows(stage.log(), "incident-ended") == 1);
}

TEST_CASE("a channel whose standby carries for it tells of its own fall", "[scenario]") {
  Stage stage;
  with_ops(stage, {"sms"});
  stage.standby_after = 10s;
  stage.open();
  stage.sms.link = LinkState::down;
  pass(stage, 70s);
  // Now and then one message tries the lane's own channel all the same.
  CHECK(messages(stage.sms, "Saluran") + messages(stage.modem, "Saluran") == 1);
}

TEST_CASE("a storm of forged signatures is one message and a count", "[scenario]") {
  Stage stage;
  with_ops(stage);
  stage.authentic = [](Signers const&, RawMessage const&, UtcTime) {
    Rejection forged(Reason{"", "signature.wrong", "tidak cocok / does not hold"});
    forged.incident = "signature";
    return Judged<Proof>(forged);
  };
  stage.open();
  for (int i = 0; i < 40; ++i) {
    AlertText alert;
    alert.identifier = "forged-" + std::to_string(i);
    stage.publish(alert.text());
  }
  pass(stage, 5s);
  CHECK(rows(stage.log(), "incident") == 1);
  CHECK(messages(stage.sms, "tanda tangan") == 1);
  CHECK(says(stage.sms.begun.back().text, "polres"));
  REQUIRE(stage.incidents().size() == 1);
  CHECK(stage.incidents()[0].count == 40);
  AlertText late;
  late.identifier = "forged-late";
  stage.publish(late.text());
  pass(stage, 20min, 10s);
  CHECK(messages(stage.sms, "tanda tangan") == 2);
  pass(stage, 40min, 60s);
  CHECK(messages(stage.sms, "tanda tangan") == 2);
  CHECK(stage.incidents(true).empty());
}

TEST_CASE("an incident that was open before a restart goes on while its cause lasts, untold again",
          "[scenario]") {
  Stage stage;
  with_ops(stage);
  stage.open();
  stage.sms.link = LinkState::down;
  pass(stage, 70s);
  stage.close();
  stage.email.begun.clear();
  stage.open();
  pass(stage, 3min);
  CHECK(stage.incidents(true).size() == 1);
  CHECK(stage.incidents().size() == 1);
  CHECK(stage.email.begun.empty());
}

TEST_CASE("an incident whose cause was gone at the restart ends, and ops hear of it",
          "[scenario]") {
  Stage stage;
  with_ops(stage);
  stage.open();
  stage.legs->incidents().raise(IncidentKind::session_taken, "", "0x8E");
  pass(stage, 5s);
  REQUIRE(messages(stage.sms, "sesi MQTT") == 1);
  stage.close();
  stage.open();
  pass(stage, 60s);
  CHECK(stage.incidents(true).size() == 1);
  pass(stage, 60s);
  CHECK(stage.incidents(true).empty());
  CHECK(messages(stage.sms, "SELESAI") == 1);
}

TEST_CASE("a broker away for a minute is told ops, who need no broker for it", "[scenario]") {
  Stage stage;
  with_ops(stage);
  stage.open();
  stage.feed.away = true;
  stage.broker = {false, false, false};
  pass(stage, 70s);
  CHECK(messages(stage.sms, "Broker MQTT tidak tersambung") == 1);
  CHECK(stage.incidents(true).size() == 1);  // what waits for the broker is not one of its own
  stage.feed.away = false;
  stage.broker = {};
  pass(stage, 5s);
  CHECK(messages(stage.sms, "SELESAI: Broker MQTT") == 1);
}

TEST_CASE("receipts that the broker does not take for half a minute are an incident",
          "[scenario]") {
  Stage stage;
  with_ops(stage);
  stage.open();
  stage.feed.away = true;  // connected all the same
  stage.publish(AlertText().text());
  pass(stage, 25s);
  CHECK(stage.incidents().empty());
  pass(stage, 10s);
  CHECK(messages(stage.sms, "Tanda terima tidak dapat dikirim") == 1);
  CHECK(stage.legs->watch().outbox_age() > 30s);
  stage.feed.away = false;
  pass(stage, 10s);
  CHECK(stage.incidents(true).empty());
  CHECK(stage.legs->watch().outbox_age() == 0s);
}

// A store that fails at every commit from fail() on.
struct FailingStore {
  FailingStore(Stage& stage, Errc code) {
    stage.at_store = [this, code](std::string_view point) {
      if (fails && point == "before-commit")
        throw journal::SqlFailure(Error(code, "as it was told"));
    };
    stage.storage_lost = [this] { lost = true; };
  }
  std::atomic<bool> fails = false;  // the store thread reads it
  bool lost = false;
};

TEST_CASE(
    "ops who were told while the store took nothing are not told again after a restart, and"
    " hear of the end",
    "[scenario]") {
  Stage stage;
  with_ops(stage, {"sms"});
  FailingStore store(stage, Errc::storage_full);
  stage.open();
  store.fails = true;
  stage.legs->incidents().raise(IncidentKind::session_taken, "", "0x8E");
  pass(stage, 5s);
  CHECK(messages(stage.sms, "sesi MQTT") == 1);
  store.fails = false;
  pass(stage, 5s);
  REQUIRE(stage.incidents(true).size() == 1);
  CHECK(stage.incidents(true)[0].told == 1);
  stage.close();
  stage.open();
  stage.legs->incidents().raise(IncidentKind::session_taken, "", "0x8E");
  pass(stage, 5s);
  CHECK(messages(stage.sms, "sesi MQTT") == 1);
  stage.legs->incidents().end(IncidentKind::session_taken, "");
  pass(stage, 5s);
  CHECK(messages(stage.sms, "SELESAI: Klien lain memakai sesi") == 1);
}

TEST_CASE("a store without room is one incident for as long as there is none", "[scenario]") {
  Stage stage;
  with_ops(stage, {"sms"});
  stage.free_bytes_min = std::int64_t{1} << 60;
  stage.open();  // nobody publishes anything
  pass(stage, 20min, 10s);
  CHECK(messages(stage.sms, "Disk penuh, alert baru tidak diterima") == 1);
  CHECK(messages(stage.sms, "SELESAI") == 0);
  REQUIRE(stage.incidents(true).size() == 1);
  CHECK(stage.incidents(true)[0].count == 1);
  stage.close();
  stage.free_bytes_min = 0;
  stage.open();
  pass(stage, 5s);
  CHECK(messages(stage.sms, "SELESAI: Disk penuh") == 1);
}

TEST_CASE("before the process ends for its store ops are told, once and without the store",
          "[scenario]") {
  Stage stage;
  with_ops(stage, {"sms"});
  FailingStore store(stage, Errc::storage_failed);
  stage.open();
  pass(stage, 16min, 10s);
  stage.sms.begun.clear();
  stage.sms.holding = true;
  store.fails = true;
  pass(stage, 3s);
  CHECK(messages(stage.sms, "Penyimpanan gagal ditulis. Periksa disk") == 1);
  CHECK_FALSE(store.lost);  // not before it is said
  stage.sms.let_go();
  pass(stage, 1s, 100ms);
  CHECK(store.lost);
  CHECK(stage.sms.begun.size() == 1);
}

TEST_CASE("a channel that does not take the last words holds the end up for five seconds only",
          "[scenario]") {
  Stage stage;
  with_ops(stage, {"sms"});
  FailingStore store(stage, Errc::storage_failed);
  stage.open();
  pass(stage, 16min, 10s);
  stage.sms.holding = true;
  store.fails = true;
  pass(stage, 8s, 500ms);
  CHECK(store.lost);
}

TEST_CASE("a gateway that fails anew within a quarter of an hour ends without last words",
          "[scenario]") {
  Stage stage;
  with_ops(stage, {"sms"});
  FailingStore store(stage, Errc::storage_failed);
  stage.open();
  pass(stage, 10min, 10s);
  store.fails = true;
  pass(stage, 2s, 100ms);
  CHECK(store.lost);
  CHECK(stage.sms.begun.empty());
}

TEST_CASE("a step that reaches nobody, and a clock that jumps, are told ops", "[scenario]") {
  Stage stage;
  with_ops(stage);
  stage.open();
  stage.publish(AlertText().text());
  stage.team("kabag", {});
  stage.swap_world();
  pass(stage, 6min, 5s);
  CHECK(messages(stage.sms, "Satu langkah tidak menjangkau siapa pun") == 1);
  stage.clock.step_wall(1h);
  pass(stage, 5s);
  CHECK(messages(stage.sms, "Jam sistem melompat") == 1);
}

TEST_CASE("the officer's own language, and what to do", "[scenario]") {
  Stage stage;
  with_ops(stage);
  stage.open();
  stage.legs->incidents().raise(IncidentKind::core_stalled, "", "2.1 s");
  pass(stage, 5s);
  REQUIRE(messages(stage.sms, "Siaga stage: Gateway sempat tidak menanggapi. Periksa") == 1);
  auto const& message = stage.sms.begun.back();
  CHECK(message.kind == MessageKind::notice);
  CHECK(message.address == ops_phone);
  CHECK(message.link.empty());
}

TEST_CASE("without [incidents] it is kept and published, and nobody is told", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  stage.legs->incidents().raise(IncidentKind::clock_stepped, "", "by 5000 ms");
  pass(stage, 5s);
  CHECK(stage.incidents().size() == 1);
  CHECK(says(stage.feed.last("siaga/incident/stage"), R"("kind":"clock-stepped")"));
  CHECK(stage.sms.begun.empty());
}

TEST_CASE("open lasting incidents are lines for health; what is over when it is told is none",
          "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  stage.legs->incidents().raise(IncidentKind::rolled_back, "", "size 4 of 9");
  stage.legs->incidents().raise(IncidentKind::clock_stepped, "", "by 5000 ms");
  auto const lines = stage.legs->troubles().open_lines();
  REQUIRE(lines.size() == 1);
  CHECK(says(lines[0], "incident rolled-back since 23 Nov 2026 14:30"));
  CHECK(says(lines[0], "size 4 of 9"));
}

TEST_CASE("the log's checkpoint is mailed once a day to those who keep it", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.setting().ops.checkpoint_mail = {"arsip@bontangkota.example"};
  stage.open();
  stage.publish(AlertText().text());
  pass(stage, 5s);
  REQUIRE(messages(stage.email, "siaga log verify --against ") == 1);
  CHECK(stage.email.begun.back().address == "arsip@bontangkota.example");
  pass(stage, 2h, 5min);
  stage.close();
  stage.open();
  pass(stage, 5s);
  CHECK(messages(stage.email, "siaga log verify --against ") == 1);
  pass(stage, 22h, 30min);
  CHECK(messages(stage.email, "siaga log verify --against ") == 2);
}

}  // namespace
}  // namespace siaga::test
