#include <set>

#include <boost/json.hpp>
#include <thread>

#include "gateway/domain/code.hpp"
#include "tests/journal/desk.hpp"

namespace siaga::test {
namespace {

boost::json::object last_receipt(Desk& desk) {
  auto const text = desk.ask<std::string>(
      "SELECT payload FROM outbox WHERE topic LIKE 'siaga/receipt/%' ORDER BY id DESC LIMIT 1");
  return boost::json::parse(text).as_object();
}

std::string word(boost::json::value const& value) {
  return std::string(value.as_string());
}

TEST_CASE("a kept message is handed to intake once, as it came", "[journal]") {
  Desk desk;
  auto message = desk.raw(std::string("\x00\xff{", 3));
  message.content_type = "application/json";
  message.correlation_data = std::string("\x01\x00", 2);
  message.retained = true;
  REQUIRE(desk.store->inbox().keep(message));
  auto const got = desk.await(desk.journal().next_inbound());
  CHECK(got.raw.payload == message.payload);
  CHECK(got.raw.content_type == "application/json");
  CHECK(got.raw.correlation_data == message.correlation_data);
  CHECK(got.raw.retained);
  CHECK(got.raw.received_at == desk.clock.utc_now());
}

TEST_CASE("messages kept before a crash come first, in the order they came", "[journal]") {
  Desk desk;
  for (int i = 0; i < 150; ++i)
    REQUIRE(desk.store->inbox().keep(desk.raw("before " + std::to_string(i))));
  desk.close();
  desk.open();
  for (int i = 150; i < 300; ++i)
    REQUIRE(desk.store->inbox().keep(desk.raw("before " + std::to_string(i))));
  for (int i = 0; i < 300; ++i)
    REQUIRE(desk.await(desk.journal().next_inbound()).raw.payload == "before " + std::to_string(i));
}

TEST_CASE("messages kept by another thread while intake waits all arrive, in order", "[journal]") {
  Desk desk;
  std::thread broker([&] {
    for (int i = 0; i < 200; ++i) (void)desk.store->inbox().keep(desk.raw(std::to_string(i)));
  });
  for (int i = 0; i < 200; ++i)
    REQUIRE(desk.await(desk.journal().next_inbound()).raw.payload == std::to_string(i));
  broker.join();
}

TEST_CASE("a decided message does not come again after a restart", "[journal]") {
  Desk desk;
  desk.raise("a-1", plan_for(recipients(1, 1)));
  desk.close();
  desk.open();
  REQUIRE(desk.store->inbox().keep(desk.raw("later")));
  CHECK(desk.await(desk.journal().next_inbound()).raw.payload == "later");
}

TEST_CASE("an accepted alert has a code, its deliveries and a receipt in one step", "[journal]") {
  Desk desk;
  auto const accepted = desk.raise("a-1", plan_for(recipients(1, 3)));
  CHECK(accepted.decision == Decision::accepted);
  CHECK(accepted.recipients == 3);
  CHECK_FALSE(accepted.more_to_expand);
  CHECK(accepted.due == std::vector{sms});
  CHECK(accepted.code.size() == 4);
  CHECK(is_code(accepted.code));
  auto const receipt = last_receipt(desk);
  CHECK(word(receipt.at("decision")) == "accepted");
  CHECK(word(receipt.at("identifier")) == "a-1");
  CHECK(word(receipt.at("code")) == accepted.code);
  CHECK(receipt.at("alert").as_int64() == accepted.alert.value);
  CHECK(receipt.at("recipients").as_int64() == 3);
  CHECK(word(receipt.at("decided_at")).substr(0, 25) == "2026-11-23T14:30:00+08:00");
  CHECK(desk.ask<std::string>("SELECT topic FROM outbox") == "siaga/receipt/polres");
}

TEST_CASE("the receipt also goes where the publisher asked, with his correlation data",
          "[journal]") {
  journal::StoreSettings settings;
  settings.response_topics = ResponseTopics({"polres/#"});
  Desk desk(settings);
  auto message = desk.raw("a-1");
  message.response_topic = "polres/jawaban";
  message.correlation_data = std::string("\x00\x07", 2);
  auto const from = desk.keep(message);
  desk.get(desk.journal().accept(from, desk.authorised(RaiseAlert{desk.alert("a-1")}),
                                 plan_for(recipients(1, 1)), {}, desk.now()));
  auto const items = desk.get(desk.journal().outbox(OutboxId(), 10));
  REQUIRE(items.size() == 2);
  CHECK(items[0].topic == "siaga/receipt/polres");
  CHECK(items[1].topic == "polres/jawaban");
  CHECK(items[1].correlation_data == message.correlation_data);
  CHECK(items[1].payload == items[0].payload);
}

TEST_CASE("a response topic cannot make the gateway speak on its own topics", "[journal]") {
  journal::StoreSettings settings;
  settings.response_topics = ResponseTopics({"#"});
  Desk desk(settings);
  for (auto const* topic : {"siaga/alert/pmi", "siaga/receipt/pmi", "$SYS/x", "a/#", "a/+"}) {
    auto message = desk.raw("x");
    message.response_topic = topic;
    auto const from = desk.keep(message);
    desk.get(desk.journal().reject(from, polres, Rejection(Reason{"", "cap.x", "x"}), desk.now()));
  }
  CHECK(desk.count("SELECT count(*) FROM outbox WHERE topic <> 'siaga/receipt/polres'") == 0);
  CHECK(desk.count("SELECT count(*) FROM outbox") == 5);
}

TEST_CASE("a response topic that is not allowed is disregarded, and the receipt says so",
          "[journal]") {
  Desk desk;
  auto message = desk.raw("a-1");
  message.response_topic = "siaga/receipt/polres";
  for (int i = 0; i < 200; ++i) message.response_topic += "/x";
  message.correlation_data = "surat-7";
  auto const from = desk.keep(message);
  auto const accepted =
      desk.get(desk.journal().accept(from, desk.authorised(RaiseAlert{desk.alert("a-1")}),
                                     plan_for(recipients(1, 1)), {}, desk.now()));
  CHECK(accepted.decision == Decision::accepted);
  auto const items = desk.get(desk.journal().outbox(OutboxId(), 10));
  REQUIRE(items.size() == 1);
  CHECK(items[0].topic == "siaga/receipt/polres");
  CHECK(items[0].correlation_data == "surat-7");
  auto const receipt = last_receipt(desk);
  CHECK(word(receipt.at("decision")) == "accepted");
  REQUIRE(receipt.at("reasons").as_array().size() == 1);
  CHECK(word(receipt.at("reasons").at(0).at("rule")) == "mqtt.response-topic");
}

TEST_CASE("the advice about a response topic belongs to the message that asked for it",
          "[journal]") {
  Desk desk;
  auto message = desk.raw("a-1");
  message.response_topic = "elsewhere";
  auto const made = desk.alert("a-1");
  auto const take = [&] {
    auto const from = desk.keep(message);
    desk.get(desk.journal().accept(from, desk.authorised(RaiseAlert{made}),
                                   plan_for(recipients(1, 1)), {}, desk.now()));
    return last_receipt(desk);
  };
  CHECK(take().at("reasons").as_array().size() == 1);
  message.response_topic = "siaga/receipt/polres";
  auto const again = take();
  CHECK(word(again.at("decision")) == "duplicate");
  CHECK(again.at("reasons").as_array().empty());
}

TEST_CASE("what an older version would say on a topic that is not allowed is withdrawn at start",
          "[journal]") {
  Desk desk;
  desk.raise("a-1", plan_for(recipients(1, 1)));
  desk.close();
  {
    journal::SqliteDatabase database(journal::store_path(desk.dir.path()),
                                     journal::SqliteDatabase::Mode::write);
    std::string deep = "siaga/receipt/polres";
    for (int i = 0; i < 200; ++i) deep += "/x";
    for (std::string const& topic :
         {deep, std::string("elsewhere/x"), std::string("siaga/receipt/polres/desk"),
          std::string("siaga/incident/siaga")})
      journal::run(database,
                   "INSERT INTO outbox (topic, payload, correlation, at) VALUES (?, '{}', x'', "
                   "1790000000000)",
                   topic);
  }
  desk.open();
  REQUIRE(desk.store->reopen_claims(desk.now()));
  auto const items = desk.get(desk.journal().outbox(OutboxId(), 10));
  REQUIRE(items.size() == 3);
  CHECK(items[0].topic == "siaga/receipt/polres");
  CHECK(items[1].topic == "siaga/receipt/polres/desk");
  CHECK(items[2].topic == "siaga/incident/siaga");
  CHECK(desk.count("SELECT count(*) FROM log WHERE kind = 'receipts-withdrawn'") == 1);
}

TEST_CASE("the outbox is read on from where it was read to", "[journal]") {
  Desk desk;
  for (int i = 0; i < 5; ++i) desk.raise("a-" + std::to_string(i), plan_for(recipients(1, 1)));
  auto const first = desk.get(desk.journal().outbox(OutboxId(), 2));
  REQUIRE(first.size() == 2);
  auto const rest = desk.get(desk.journal().outbox(first.back().id, 10));
  REQUIRE(rest.size() == 3);
  CHECK(rest.front().id > first.back().id);
}

TEST_CASE("an untold rejection is on record and says nothing", "[journal]") {
  Desk desk;
  auto const from = desk.keep(desk.raw("x"));
  Rejection why(Reason{"", "ack.officer", "x"});
  why.told = false;
  desk.get(desk.journal().reject(from, polres, why, desk.now()));
  CHECK(desk.count("SELECT count(*) FROM outbox") == 0);
  CHECK(desk.ask<std::string>("SELECT state FROM inbox") == "rejected");
  CHECK(desk.count("SELECT count(*) FROM log WHERE kind = 'rejected'") == 1);
}

TEST_CASE("the undecided of one topic are read from any of them on", "[journal]") {
  Desk desk;
  std::vector<InboxId> ids;
  for (int i = 0; i < 6; ++i) {
    auto message = desk.raw(std::to_string(i));
    message.topic = i % 2 == 0 ? "siaga/ack/polres" : "siaga/ack/pmi";
    ids.push_back(desk.keep(message));
  }
  desk.get(desk.journal().reject(ids[4], polres, Rejection(Reason{"", "x", "x"}), desk.now()));
  auto const found = desk.get(desk.journal().undecided_on("siaga/ack/polres", ids[2]));
  REQUIRE(found.size() == 1);
  CHECK(found[0].id == ids[2]);
  CHECK(desk.get(desk.journal().undecided_on("siaga/ack/*", ids[1])).size() == 4);
}

TEST_CASE("said receipts leave the outbox, and a restart finds the rest", "[journal]") {
  Desk desk;
  desk.raise("a-1", plan_for(recipients(1, 1)));
  desk.raise("a-2", plan_for(recipients(1, 1)));
  auto const items = desk.get(desk.journal().outbox(OutboxId(), 10));
  REQUIRE(items.size() == 2);
  desk.get(desk.journal().published({items[0].id}));
  desk.close();
  desk.open();
  auto const left = desk.get(desk.journal().outbox(OutboxId(), 10));
  REQUIRE(left.size() == 1);
  CHECK(left[0].id == items[1].id);
}

TEST_CASE("the same bytes again get the same receipt and reach nobody twice", "[journal]") {
  Desk desk;
  auto const made = desk.alert("a-1");
  auto const first = desk.raise(made, plan_for(recipients(1, 2)));
  auto const again = desk.raise(made, plan_for(recipients(1, 2)));
  CHECK(again.decision == Decision::duplicate);
  CHECK(again.alert == first.alert);
  CHECK(again.code == first.code);
  CHECK(again.recipients == 2);
  CHECK(desk.count("SELECT count(*) FROM deliveries") == 2);
  CHECK(word(last_receipt(desk).at("decision")) == "duplicate");
  CHECK(word(last_receipt(desk).at("code")) == first.code);
}

TEST_CASE("other content under a used identifier is refused and named so", "[journal]") {
  Desk desk;
  auto const made = desk.alert("a-1");
  desk.raise(made, plan_for(recipients(1, 1)));
  auto const from = desk.keep(desk.raw("other bytes"));
  auto const second = desk.get(desk.journal().accept(from, desk.authorised(RaiseAlert{made}),
                                                     plan_for(recipients(1, 1)), {}, desk.now()));
  CHECK(second.decision == Decision::rejected);
  auto const receipt = last_receipt(desk);
  CHECK(word(receipt.at("decision")) == "rejected");
  CHECK(word(receipt.at("reasons").at(0).at("rule")) == "policy.identity-reused");
  CHECK(desk.count("SELECT count(*) FROM alerts") == 1);
  CHECK(desk.count("SELECT count(*) FROM log WHERE kind = 'rejected'") == 1);
}

TEST_CASE("a held message is told of once, survives a restart and can be accepted later",
          "[journal]") {
  Desk desk;
  auto const made = desk.alert("a-1");
  auto const from = desk.keep(desk.raw("bytes"));
  Rejection why(Reason{"", "policy.rate", "terlalu cepat / too fast"});
  why.identifier = "a-1";
  for (int i = 0; i < 2; ++i) desk.get(desk.journal().hold(from, polres, why, desk.now()));
  CHECK(desk.count("SELECT count(*) FROM outbox") == 1);
  CHECK(word(last_receipt(desk).at("decision")) == "held");
  CHECK(desk.count("SELECT count(*) FROM log WHERE kind = 'held'") == 1);
  desk.close();
  desk.open();
  CHECK(desk.await(desk.journal().next_inbound()).id == from);
  CHECK(desk.get(desk.journal().inbound(from)).raw.payload == "bytes");
  auto const accepted = desk.get(desk.journal().accept(from, desk.authorised(RaiseAlert{made}),
                                                       plan_for(recipients(1, 1)), {}, desk.now()));
  CHECK(accepted.decision == Decision::accepted);
  CHECK(desk.await(desk.journal().inbound(from)).error().is(Errc::not_found));
}

TEST_CASE("another agency cannot collect the receipt of an alert it did not send", "[journal]") {
  Desk desk;
  auto const made = desk.alert("a-1");
  desk.raise(made, plan_for(recipients(1, 1)));
  auto const from = desk.keep(desk.raw("a-1"));
  auto const copied =
      desk.get(desk.journal().accept(from, desk.authorised(RaiseAlert{made}, AgencyId("pmi")),
                                     plan_for(recipients(1, 1)), {}, desk.now()));
  CHECK(copied.decision == Decision::rejected);
  CHECK(copied.code.empty());
}

TEST_CASE("a message is decided once", "[journal]") {
  Desk desk;
  auto const from = desk.keep(desk.raw("a-1"));
  auto const command = desk.authorised(RaiseAlert{desk.alert("a-1")});
  auto const plan = plan_for(recipients(1, 1));
  desk.get(desk.journal().accept(from, command, plan, {}, desk.now()));
  auto const again = desk.await(desk.journal().accept(from, command, plan, {}, desk.now()));
  CHECK(again.error().is(Errc::already_exists));
  auto const unknown =
      desk.await(desk.journal().accept(InboxId(99), command, plan, {}, desk.now()));
  CHECK(unknown.error().is(Errc::cancelled));
}

TEST_CASE("a rejected message stays in quarantine with its reasons, the log has only the rules",
          "[journal]") {
  Desk desk;
  auto const from = desk.keep(desk.raw("not an alert"));
  Rejection why(Reason{"/info/0/headline", "cap.headline.empty", "judul rahasia kosong"});
  why.identifier = "x-1";
  desk.get(desk.journal().reject(from, polres, why, desk.now()));
  CHECK(desk.ask<std::string>("SELECT state FROM inbox") == "rejected");
  CHECK_THAT(desk.ask<std::string>("SELECT reason FROM inbox"), ContainsSubstring("rahasia"));
  auto const detail = desk.ask<std::string>("SELECT detail FROM log WHERE kind = 'rejected'");
  CHECK_THAT(detail, ContainsSubstring("cap.headline.empty@/info/0/headline"));
  CHECK(detail.find("rahasia") == std::string::npos);
  auto const receipt = last_receipt(desk);
  CHECK(word(receipt.at("identifier")) == "x-1");
  CHECK(receipt.at("alert").is_null());
  CHECK(word(receipt.at("reasons").at(0).at("text")) == "judul rahasia kosong");
}

TEST_CASE("a noted message is answered, kept and tells nobody", "[journal]") {
  Desk desk;
  auto const from = desk.keep(desk.raw("n-1"));
  auto const made = desk.alert("n-1", MsgType::ack);
  desk.get(desk.journal().note(from, desk.authorised(NoteMessage{made}), desk.now()));
  CHECK(desk.count("SELECT count(*) FROM alerts") == 0);
  CHECK(desk.count("SELECT count(*) FROM log WHERE kind = 'noted'") == 1);
  CHECK(word(last_receipt(desk).at("decision")) == "accepted");
}

TEST_CASE("codes grow to five digits when more than three hundred are taken", "[journal]") {
  Desk desk;
  std::set<std::string> codes;
  for (int i = 0; i < 320; ++i) {
    auto const code = desk.raise("a-" + std::to_string(i), plan_for({})).code;
    CHECK(is_code(code));
    CHECK(code.size() == (i <= 300 ? 4U : 5U));
    codes.insert(code);
  }
  CHECK(codes.size() == 320);
}

TEST_CASE("a code names its alert for a day after the end and is free then", "[journal]") {
  Desk desk;
  auto const accepted = desk.raise("a-1", plan_for(recipients(1, 1)));
  desk.answer(accepted.alert, "officer-1");
  desk.clock.advance(23h);
  desk.get(desk.journal().expire_due({}, desk.now()));
  auto const closed = desk.get(desk.journal().alert_by_code(accepted.code));
  CHECK(closed.id == accepted.alert);
  CHECK(closed.state == AlertState::acknowledged);
  desk.clock.advance(1h);
  desk.get(desk.journal().expire_due({}, desk.now()));
  CHECK(desk.await(desk.journal().alert_by_code(accepted.code)).error().is(Errc::not_found));
}

TEST_CASE(
    "a wall clock that is set, now or before a start, neither frees a code early nor keeps it",
    "[journal]") {
  Desk desk;
  auto const accepted = desk.raise("a-1", plan_for(recipients(1, 1)));
  desk.answer(accepted.alert, "officer-1");
  desk.clock.step_wall(48h);
  desk.get(desk.journal().expire_due({}, desk.now()));
  CHECK(desk.get(desk.journal().alert_by_code(accepted.code)).id == accepted.alert);
  desk.close();
  desk.clock = FakeClock(desk.clock.utc_now() - 24h * 365);
  desk.open();
  desk.store->reopen_claims(desk.now()).value();
  desk.clock.advance(24h);
  desk.get(desk.journal().expire_due({}, desk.now()));
  CHECK(desk.await(desk.journal().alert_by_code(accepted.code)).error().is(Errc::not_found));
}

TEST_CASE("a first step that reaches nobody is in the log and in the receipt", "[journal]") {
  Desk desk;
  auto const accepted = desk.raise("a-1", plan_for({}));
  CHECK(accepted.recipients == 0);
  CHECK(word(last_receipt(desk).at("reasons").at(0).at("rule")) == "policy.step-empty");
  CHECK(desk.count("SELECT count(*) FROM log WHERE kind = 'step-empty'") == 1);
  auto const ladders = desk.get(desk.journal().open_ladders());
  REQUIRE(ladders.size() == 1);
  CHECK(ladders[0].next_due == desk.clock.steady_now());
}

TEST_CASE("a big first step is written out in chunks, and none is lost or doubled", "[journal]") {
  journal::StoreSettings settings;
  settings.chunk_deliveries_max = 10;
  Desk desk(settings);
  auto all = recipients(1, 47);
  for (auto const& one : recipients(1, 13, email)) all.push_back(one);
  auto const accepted = desk.raise("a-1", plan_for(all));
  CHECK(accepted.more_to_expand);
  CHECK(accepted.recipients == 60);
  CHECK(desk.count("SELECT count(*) FROM deliveries") == 10);
  CHECK(desk.get(desk.journal().open_ladders())[0].expanding);
  std::size_t added = 0;
  for (bool more = true; more;) {
    auto const expansion = desk.get(desk.journal().expand(accepted.alert, desk.now()));
    CHECK(expansion.added <= 10);
    added += expansion.added;
    more = expansion.more;
  }
  CHECK(added == 50);
  CHECK(desk.count("SELECT count(DISTINCT channel || address) FROM deliveries") == 60);
  CHECK_FALSE(desk.get(desk.journal().open_ladders())[0].expanding);
}

TEST_CASE("a lane gets its messages even if nobody asks for the big step to be expanded",
          "[journal]") {
  journal::StoreSettings settings;
  settings.chunk_deliveries_max = 10;
  Desk desk(settings);
  desk.raise("a-1", plan_for(recipients(1, 35)));
  std::size_t sent = 0;
  while (desk.next_due()) sent += desk.send_all().size();
  CHECK(sent == 35);
}

}  // namespace
}  // namespace siaga::test
