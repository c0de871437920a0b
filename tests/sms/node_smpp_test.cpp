// The real channel against an SMSC built on the npm package smpp, over TCP and over TLS; run by
// tests/peers/node_smpp/with_modules.sh, which fetches it.
#include "tests/sms/smsc_stage.hpp"
#include "tests/support/authority.hpp"

namespace siaga::sms {
namespace {

std::uint16_t port_of(test::Child& smsc) {
  auto const listening = smsc.line_with("listening ", seconds(20));
  if (!listening) throw std::runtime_error("node does not serve: " + smsc.output());
  return static_cast<std::uint16_t>(std::stoi(listening->substr(10)));
}

struct NodeSmsc {
  explicit NodeSmsc(std::vector<std::string> const& tls = {}) : child(command_line(tls)) {}

  static std::vector<std::string> command_line(std::vector<std::string> const& tls) {
    std::vector<std::string> line{"node", SIAGA_NODE_SMSC};
    line.insert(line.end(), tls.begin(), tls.end());
    return line;
  }
  bool said(std::string_view part) { return child.line_with(part, seconds(10)).has_value(); }

  test::Child child;
  std::uint16_t port = port_of(child);
};

// An SMSC that speaks TLS under the name `localhost`.
struct SecureSmsc {
  test::Authority authority;
  std::optional<NodeSmsc> smsc;

  SecureSmsc() {
    authority.sign("smsc", "DNS:localhost");
    smsc.emplace(std::vector<std::string>{authority.file("smsc.pem"), authority.file("smsc.key")});
  }
  SmppSettings settings() const {
    auto s = Stage::settings(smsc->port);
    s.host = "localhost";
    s.tls = true;
    s.ca_file = authority.file("ca.pem");
    return s;
  }
};

void check_not_trusted(SmppSettings const& settings, std::string const& why) {
  Stage stage(settings);
  REQUIRE(stage.until([&] { return stage.channel->tried_once(); }));
  CHECK(stage.channel->state() == LinkState::down);
  CHECK_THAT(stage.channel->state_reason(), ContainsSubstring("certificate verify failed"));
  CHECK_THAT(stage.channel->state_reason(), ContainsSubstring(why));
  CHECK(std::holds_alternative<FailedTemporarily>(stage.sent(an_alert(1))));
}

std::vector<std::string> references_of(SendOutcome const& outcome) {
  REQUIRE(std::holds_alternative<Sent>(outcome));
  return std::get<Sent>(outcome).references;
}

}  // namespace

TEST_CASE("node-smpp understands our bind, our text and our goodbye, and finds us alive",
          "[sms][node]") {
  NodeSmsc smsc;
  Stage stage(Stage::settings(smsc.port));
  REQUIRE(stage.up());
  auto const message = an_alert(1);
  CHECK(references_of(stage.sent(message)) == std::vector<std::string>{"abc1"});
  REQUIRE(stage.until([&] { return stage.replies.taken.size() == 1; }));
  stage.stop();
  CHECK(smsc.said("unbound"));
  auto const& said = smsc.child.output();
  CHECK_THAT(said, ContainsSubstring("bind trx siaga secret\n"));
  CHECK_THAT(said, ContainsSubstring("alive\n"));
  CHECK_THAT(said, ContainsSubstring("message SIAGA 6281210000001 \"" +
                                     stage.channel->preview(message) + "\"\n"));
}

TEST_CASE("node-smpp's receipts count as delivered, by options and by text, and are confirmed",
          "[sms][node]") {
  NodeSmsc smsc;
  Stage stage(Stage::settings(smsc.port));
  REQUIRE(stage.up());
  for (int officer = 1; officer <= 20; ++officer)
    for (auto const& id : references_of(stage.sent(an_alert(officer)))) {
      REQUIRE(stage.until([&] { return stage.receipts.recorded.contains(id); }));
      CHECK(stage.receipts.recorded[id] == DeliveryState::delivered);
    }
  REQUIRE(stage.until([&] { return stage.replies.taken.size() == 20; }));
  stage.stop();
  for (int i = 0; i < 40; ++i) CHECK(smsc.said("confirmed 0"));
}

TEST_CASE("whoever answers through node-smpp is known by his number, however it is written",
          "[sms][node]") {
  NodeSmsc smsc;
  Stage stage(Stage::settings(smsc.port));
  REQUIRE(stage.up());
  for (int officer = 1; officer <= 2; ++officer)
    REQUIRE(std::holds_alternative<Sent>(stage.sent(an_alert(officer))));
  REQUIRE(stage.until([&] { return stage.replies.taken.size() == 2; }));
  CHECK(stage.replies.taken[0].address == "+6281210000001");
  CHECK(stage.replies.taken[1].address == "+6281210000002");
  for (auto const& reply : stage.replies.taken) CHECK(reply.text == "SIAP 4821");
}

TEST_CASE("long texts arrive whole at node-smpp, in either alphabet, every part with its receipt",
          "[sms][node]") {
  NodeSmsc smsc;
  auto settings = Stage::settings(smsc.port);
  settings.transliterate = false;
  Stage stage(settings);
  REQUIRE(stage.up());
  std::size_t receipts = 0;
  for (auto const* letters : {"€ {batas} [kota]", "Banjir 😀 字 – “rob”"}) {
    auto message = an_alert(1);
    for (int i = 0; i < 8; ++i) message.place += std::string(", ") + letters;
    auto const ids = references_of(stage.sent(message));
    CHECK(ids.size() >= 2);
    receipts += ids.size();
    CHECK(smsc.said(stage.channel->preview(message)));
  }
  CHECK(stage.until([&] { return stage.receipts.recorded.size() == receipts; }));
}

TEST_CASE("a flashed text is read by node-smpp as any, however it is flashed", "[sms][node]") {
  for (auto const* flash : {"dcs", "f0", "tlv"}) {
    CAPTURE(flash);
    NodeSmsc smsc;
    auto settings = Stage::settings(smsc.port);
    settings.flash = flash;
    Stage stage(settings);
    REQUIRE(stage.up());
    for (auto const* place : {"Kel. {Lok Tuan} €", "Kel. 字"}) {
      auto message = an_alert(1);
      message.priority = Priority::life;
      message.place = place;
      CHECK(references_of(stage.sent(message)).size() >= 1);
      CHECK(smsc.said(stage.channel->preview(message)));
    }
  }
}

TEST_CASE("a thousand alerts and as many receipts and answers pass node-smpp", "[sms][node]") {
  NodeSmsc smsc;
  Stage stage(Stage::settings(smsc.port));
  REQUIRE(stage.up());
  for (int i = 0; i < 1000; ++i) stage.send(std::to_string(i), an_alert(i), seconds(60));
  REQUIRE(stage.until([&] { return stage.outcomes.size() == 1000; }, seconds(60)));
  CHECK(stage.count<Sent>() == 1000);
  CHECK(stage.until([&] { return stage.receipts.recorded.size() == 1000; }));
  CHECK(stage.until([&] { return stage.replies.taken.size() == 1000; }));
}

TEST_CASE("over TLS with the authority we are told, all goes as over TCP", "[sms][node]") {
  SecureSmsc secure;
  Stage stage(secure.settings());
  REQUIRE(stage.up());
  auto const ids = references_of(stage.sent(an_alert(1)));
  CHECK(stage.until([&] { return stage.receipts.recorded.contains(ids.at(0)); }));
  CHECK(stage.until([&] { return stage.replies.taken.size() == 1; }));
  stage.stop();
  CHECK(secure.smsc->said("unbound"));
}

TEST_CASE("an SMSC for which no authority of ours vouches is not logged in to", "[sms][node]") {
  SecureSmsc secure;
  auto settings = secure.settings();
  settings.ca_file.clear();
  check_not_trusted(settings, "unable to get local issuer certificate");
  test::Authority const other;
  settings.ca_file = other.file("ca.pem");
  check_not_trusted(settings, "local issuer certificate");
  CHECK(secure.smsc->child.output().find("bind") == std::string::npos);
}

TEST_CASE("an SMSC whose certificate is for another name is not logged in to", "[sms][node]") {
  SecureSmsc secure;
  auto settings = secure.settings();
  settings.host = "127.0.0.1";
  check_not_trusted(settings, "hostname mismatch");
  CHECK(secure.smsc->child.output().find("bind") == std::string::npos);
}

}  // namespace siaga::sms
