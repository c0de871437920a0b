// The test SMSC itself, where others' tests rely on it: states of messages, kinds of sessions.
#include "protocols/sms/smpp/delivery_receipt.hpp"
#include "tests/sms/raw_esme.hpp"
#include "tests/sms/smsc_stage.hpp"

namespace siaga::sms {
namespace {

using namespace std::string_literals;

constexpr auto replace_sm = static_cast<Command>(0x07);
constexpr auto data_sm = static_cast<Command>(0x103);
constexpr std::uint8_t enroute = 1, delivered = 2, deleted = 4;

struct Bound : RawEsme {
  explicit Bound(TestSmsc const& smsc, Command mode = Command::bind_transceiver)
      : RawEsme(smsc.port()) {
    REQUIRE(bind(mode) == Status::ok);
  }
  std::string submitted(std::string_view destination = "6281200000001") {
    auto const heard = submit(destination, "SIAGA");
    REQUIRE(heard.header.status == Status::ok);
    return std::string(first_text(heard.body));
  }
  Heard ask_about(Command command, std::string const& id) {
    MessageName name;
    name.message_id = id;
    name.source = {5, 0, "SIAGA"};
    return ask(command, name);
  }
  int state_of(std::string const& id) {
    auto const heard = ask_about(Command::query_sm, id);
    if (heard.header.status != Status::ok) return -1;
    auto const answer = decode_query_resp(heard.body);
    REQUIRE(answer.has_value());
    CHECK(answer->message_id == id);
    return answer->state;
  }
  std::uint32_t cancel(std::string const& id) {
    return static_cast<std::uint32_t>(ask_about(Command::cancel_sm, id).header.status);
  }
  std::uint32_t replace(std::string const& id) {
    auto const body = id + '\0' + "\5\0SIAGA\0"s + "\0\0\1\0\4halo"s;
    return static_cast<std::uint32_t>(ask(replace_sm, body).header.status);
  }
  DeliveryReceipt receipt() {
    auto const heard = RawEsme::delivered();
    auto const message = decode_message(heard.body);
    REQUIRE(message.has_value());
    auto const found = receipt_in(*message, message->text);
    REQUIRE(found);
    return *found;
  }
};

}  // namespace

TEST_CASE("a message stays en route while its receipt is held, and may be replaced", "[smsc]") {
  TestSmsc smsc({"--receipts", "0", "--receipt-hold", "1", "--id-form", "hex"});
  Bound esme(smsc);
  auto const id = esme.submitted();
  CHECK(esme.state_of(id) == enroute);
  CHECK(esme.replace(id) == 0);
  REQUIRE(smsc.command("release") == "ok\n");
  CHECK(esme.receipt().fate == Fate::delivered);
  CHECK(esme.state_of(id) == delivered);
  CHECK(esme.replace(id) == 0x13);
  CHECK(esme.cancel(id) == 0x11);
}

TEST_CASE("a cancelled message is deleted, its receipt says so, and it is cancelled once",
          "[smsc]") {
  TestSmsc smsc({"--receipts", "0", "--receipt-hold", "1"});
  Bound esme(smsc);
  auto const id = esme.submitted();
  CHECK(esme.cancel(id) == 0);
  CHECK(esme.state_of(id) == deleted);
  auto const receipt = esme.receipt();
  CHECK(receipt.id == id);
  CHECK(receipt.stat == "DELETED");
  CHECK(esme.cancel(id) == 0x11);
}

TEST_CASE("of a message nobody submitted nothing is known", "[smsc]") {
  TestSmsc smsc;
  Bound esme(smsc);
  CHECK(esme.state_of("77") == -1);
  CHECK(esme.cancel("77") == 0x0C);
  CHECK(esme.replace("no number") == 0x0C);
}

TEST_CASE("a data_sm is taken like a submit_sm, and answered as what it is", "[smsc]") {
  TestSmsc smsc({"--quiet", "0"});
  Bound esme(smsc);
  auto body = "\0\5\0SIAGA\0\1\1"s + "6281200000009\0"s + "\0\1\0"s;
  put_option(body, Tag::message_payload, "halo");
  auto const heard = esme.ask(data_sm, body);
  CHECK(heard.header.command == response_to(data_sm));
  CHECK(heard.header.status == Status::ok);
  CHECK(esme.state_of(std::string(first_text(heard.body))) == delivered);
  auto const line = smsc.logged("message", "+6281200000009");
  REQUIRE(line);
  CHECK_THAT(*line, ContainsSubstring("\"text\":\"halo\""));
}

TEST_CASE("a transmitter submits and gets nothing, a receiver gets all and may not submit",
          "[smsc]") {
  TestSmsc smsc({"--receipts", "0"});
  Bound sender(smsc, Command::bind_transmitter);
  auto const id = sender.submitted();
  Bound receiver(smsc, Command::bind_receiver);
  CHECK(receiver.receipt().id == id);
  CHECK(receiver.submit("6281200000001", "x").header.status == Status::invalid_bind_state);
  CHECK(sender.submitted() != id);
  CHECK(receiver.receipt().fate == Fate::delivered);
}

TEST_CASE("nobody submits before the bind, binds twice, or beyond the sessions allowed", "[smsc]") {
  TestSmsc smsc({"--binds-max", "1"});
  RawEsme early(smsc.port());
  CHECK(early.submit("6281200000001", "x").header.status == Status::invalid_bind_state);
  CHECK(early.bind(Command::bind_transceiver) == Status::ok);
  CHECK(early.bind(Command::bind_transceiver) == Status::already_bound);
  RawEsme second(smsc.port());
  CHECK(second.bind(Command::bind_transceiver) == Status::already_bound);
}

TEST_CASE("answers say how busy the SMSC is", "[smsc]") {
  TestSmsc smsc({"--congestion", "85"});
  Bound esme(smsc);
  auto const heard = esme.submit("6281200000001", "x");
  auto const id = first_text(heard.body);
  auto const options = std::string_view(heard.body).substr(id.size() + 1);
  CHECK(option_number(options, static_cast<Tag>(0x0428)) == 85);
}

TEST_CASE("a long text's receipt comes for the parts asked of", "[smsc]") {
  for (auto const* which : {"first", "last"}) {
    TestSmsc smsc({"--receipts", "1", "--receipt-parts", which});
    Stage stage(Stage::settings(smsc.port()));
    REQUIRE(stage.up());
    auto message = an_alert(1);
    for (int i = 0; i < 12; ++i) message.place += ", Kel. Berbas Pantai";
    auto const outcome = stage.sent(message);
    REQUIRE(std::holds_alternative<Sent>(outcome));
    auto const& ids = std::get<Sent>(outcome).references;
    auto const& wanted = which == std::string_view("first") ? ids.front() : ids.back();
    REQUIRE(stage.until([&] { return stage.receipts.recorded.contains(wanted); }));
    CHECK(stage.until([&] { return smsc.stat("delivered") == 1; }));
    CHECK(stage.receipts.recorded.size() == 1);
  }
}

}  // namespace siaga::sms
