#include <future>

#include "tests/scenarios/stage.hpp"
#include "tests/support/catch.hpp"

// Messages that are long, or longer than they may be.
namespace siaga::test {
using std::chrono::seconds;

namespace {

void two_agencies(Stage& stage) {
  two_steps(stage);
  stage.agency("bpbd");
}

AlertText named(std::string const& identifier, std::string const& event) {
  AlertText alert;
  alert.identifier = identifier;
  alert.event = event;
  return alert;
}

std::string lengthened(AlertText const& alert, std::size_t bytes) {
  auto text = alert.text();
  auto const at = text.find("Sekitar");
  return text.insert(at, std::string(bytes, 'a') + " ");
}

constexpr std::size_t length = 100'000;

// The reading of a long message lasts until it is let go.
struct SlowReading {
  std::promise<void> goes_on;
  std::shared_future<void> let_go{goes_on.get_future()};

  flow::Authenticity of_long_ones() {
    return [this](Signers const&, RawMessage const& raw, UtcTime) {
      if (raw.payload.size() > length) let_go.wait();
      return Judged<Proof>(Proof());
    };
  }
};

bool told_of(Stage const& stage, std::string const& event) {
  return std::ranges::any_of(stage.sms.begun,
                             [&](Message const& message) { return message.event == event; });
}

bool has_receipt(Stage const& stage, std::string const& agency, std::string const& part) {
  return std::ranges::any_of(stage.feed.said, [&](OutgoingMessage const& message) {
    return message.topic == "siaga/receipt/" + agency && message.payload.find(part) != part.npos;
  });
}

InboxRules known(std::size_t alert_bytes_max) {
  InboxRules rules;
  rules.agencies = {AgencyId("bpbd"), AgencyId("polres")};
  rules.alert_bytes_max = alert_bytes_max;
  rules.answer_bytes_max = 4096;
  return rules;
}

}  // namespace

TEST_CASE("while a long alert is read other agencies go on, its own waits behind it",
          "[scenario]") {
  Stage stage;
  two_agencies(stage);
  SlowReading reading;
  stage.authentic = reading.of_long_ones();
  stage.open();
  stage.publish(lengthened(named("polres-1", "Panjang"), length));
  stage.publish(named("polres-2", "Pendek").text());
  stage.publish(named("bpbd-1", "Banjir rob").text(), "bpbd");
  CHECK(told_of(stage, "Banjir rob"));
  CHECK_FALSE(told_of(stage, "Panjang"));
  CHECK_FALSE(told_of(stage, "Pendek"));
  reading.goes_on.set_value();
  stage.until([&] { return told_of(stage, "Panjang") && told_of(stage, "Pendek"); });
  auto const log = stage.log();
  std::vector<std::string> accepted;
  for (auto const& row : log)
    if (row.kind == "accepted") accepted.push_back(row.detail.substr(0, 7));
  CHECK(accepted == std::vector<std::string>{"inbox=3", "inbox=1", "inbox=2"});
  CHECK(stage.legs->intake().held() == 0);
}

TEST_CASE("a cancellation sent after its long alert does not overtake it", "[scenario]") {
  Stage stage;
  two_agencies(stage);
  SlowReading reading;
  stage.authentic = reading.of_long_ones();
  stage.open();
  auto const alert = named("polres-1", "Panjang");
  auto cancel = named("polres-2", "Panjang");
  cancel.msg_type = "Cancel";
  cancel.references = alert.reference();
  stage.publish(lengthened(alert, length));
  stage.publish(cancel.text());
  reading.goes_on.set_value();
  stage.until([&] { return rows(stage.log(), "cancelled") == 1; });
  stage.settle();
  CHECK(stage.detail("polres-1").row.state == AlertState::cancelled);
}

TEST_CASE("long alerts beyond their agency's allowance wait at the gate and go on by themselves",
          "[scenario]") {
  Stage stage;
  two_agencies(stage);
  stage.setting().grants.by_agency[AgencyId("polres")].allowance = {1, 2};
  stage.open();
  for (int i = 1; i <= 4; ++i) {
    auto const number = std::to_string(i);
    stage.publish(lengthened(named("polres-" + number, "Uji " + number), length));
  }
  stage.until([&] { return has_receipt(stage, "polres", R"("identifier":"polres-4")"); });
  CHECK(has_receipt(stage, "polres", "policy.rate"));
  CHECK(told_of(stage, "Uji 2"));
  CHECK_FALSE(told_of(stage, "Uji 3"));
  CHECK(stage.legs->intake().held() == 2);
  stage.advance(seconds(1));
  stage.until([&] { return told_of(stage, "Uji 3"); });
  stage.advance(seconds(1));
  stage.until([&] { return told_of(stage, "Uji 4"); });
  CHECK(stage.legs->intake().held() == 0);
}

TEST_CASE("a long alert being read at a crash is decided after the restart", "[scenario]") {
  Stage stage;
  two_agencies(stage);
  SlowReading reading;
  stage.authentic = reading.of_long_ones();
  stage.open();
  stage.publish(lengthened(named("polres-1", "Panjang"), length));
  CHECK_FALSE(told_of(stage, "Panjang"));
  reading.goes_on.set_value();
  stage.close();
  stage.open();
  stage.until([&] { return told_of(stage, "Panjang"); });
  CHECK(rows(stage.log(), "accepted") == 1);
}

TEST_CASE("a long alert that breaks rules is refused with them", "[scenario]") {
  Stage stage;
  two_agencies(stage);
  stage.open();
  auto alert = named("polres-1", "Panjang");
  alert.severity = "Parah";
  stage.publish(lengthened(alert, length));
  stage.until([&] { return has_receipt(stage, "polres", "cap.severity.word"); });
  CHECK(has_receipt(stage, "polres", R"("identifier":"polres-1")"));
}

TEST_CASE("an alert longer than it may be has its receipt, though little of it was kept",
          "[scenario]") {
  Stage stage;
  two_agencies(stage);
  stage.rules = known(length);
  stage.open();
  stage.publish(lengthened(named("polres-1", "Panjang"), length));
  CHECK(has_receipt(stage, "polres", "policy.limit.bytes"));
  CHECK(has_receipt(stage, "polres", R"("decision":"rejected")"));
  CHECK(has_receipt(stage, "polres", "at most 262144"));
  stage.publish(named("polres-2", "Pendek").text());
  CHECK(told_of(stage, "Pendek"));
}

TEST_CASE("an answer longer than it may be is refused for that", "[scenario]") {
  Stage stage;
  two_agencies(stage);
  stage.rules = known(length);
  stage.open();
  stage.publish(R"({"code":"1234","note":")" + std::string(5000, 'a') + "\"}", "polres",
                "siaga/ack/");
  CHECK(has_receipt(stage, "polres", "policy.limit.bytes"));
  CHECK(has_receipt(stage, "polres", "at most 4096"));
}

TEST_CASE("a stranger is told that it is one, though nothing of its message was kept",
          "[scenario]") {
  Stage stage;
  two_agencies(stage);
  stage.rules = known(length);
  stage.open();
  stage.publish(named("x-1", "Palsu").text(), "nobody");
  CHECK(has_receipt(stage, "nobody", "authority.agency"));
  stage.publish(std::string(length * 2, 'x'), "nobody");
  stage.publish("{}", "nobody", "siaga/ack/");
  CHECK(rows(stage.log(), "rejected") == 3);
}

TEST_CASE("what is too long waits at the gate like anything else", "[scenario]") {
  Stage stage;
  two_agencies(stage);
  stage.rules = known(length);
  stage.setting().grants.by_agency[AgencyId("polres")].allowance = {1, 1};
  stage.open();
  for (int i = 1; i <= 3; ++i)
    stage.publish(lengthened(named("polres-" + std::to_string(i), "Panjang"), length));
  CHECK(rows(stage.log(), "rejected") == 1);
  CHECK(stage.legs->intake().held() == 2);
  stage.advance(seconds(1));
  stage.advance(seconds(1));
  CHECK(rows(stage.log(), "rejected") == 3);
}

}  // namespace siaga::test
