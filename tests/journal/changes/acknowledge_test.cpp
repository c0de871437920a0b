#include "tests/journal/desk.hpp"

namespace siaga::test {
namespace {

RefusedAnswer refused(std::string address, std::string text, Desk const& desk) {
  RefusedAnswer made;
  made.channel = sms;
  made.address = std::move(address);
  made.why = "wrong-code";
  made.answer_text = std::move(text);
  made.expires = desk.clock.utc_now() + 1h;
  return made;
}

TEST_CASE("an accepted answer ends the alert and nothing unsent begins", "[journal]") {
  Desk desk;
  auto const alert = desk.raise("a-1", plan_for(recipients(1, 4))).alert;
  auto const claimed = desk.claim(sms, 2);
  desk.record(claimed[0]);
  auto const stopped = desk.answer(alert, "officer-1");
  CHECK(stopped.counted);
  CHECK(stopped.alert_ended);
  CHECK(desk.get(desk.journal().alert(alert))->state == AlertState::acknowledged);
  CHECK(desk.state(claimed[0].id) == DeliveryState::sent);
  CHECK(desk.state(claimed[1].id) == DeliveryState::cancelled);
  CHECK(desk.claim().empty());
  CHECK(desk.get(desk.journal().open_ladders()).empty());
}

TEST_CASE("what is on the wire when the answer comes is recorded as it ends", "[journal]") {
  Desk desk;
  auto const alert = desk.raise("a-1", plan_for(recipients(1, 2))).alert;
  auto const claimed = desk.claim();
  desk.answer(alert, "officer-9", Answer::accepted, {claimed[0].id, claimed[1].id});
  CHECK(desk.record(claimed[0]).state == DeliveryState::sent);
  CHECK(desk.record(claimed[1], FailedTemporarily("busy")).state == DeliveryState::cancelled);
  CHECK(desk.ask<std::string>("SELECT detail FROM log WHERE kind = 'acknowledged'") ==
        "stopped=0 on_wire=2 told=2");
}

TEST_CASE("others who were told get one closing message on the path that reached them",
          "[journal]") {
  Desk desk;
  auto told = recipients(1, 3);
  told.push_back(recipient(2, email));
  told.push_back(recipient(0, radio));
  auto const alert = desk.raise("a-1", plan_for(told)).alert;
  desk.send_all(sms);
  desk.send_all(email);
  desk.send_all(radio);
  auto const stopped = desk.answer(alert, "officer-1");
  CHECK(stopped.due.size() == 2);
  auto const closing = desk.claim(sms);
  REQUIRE(closing.size() == 2);
  CHECK(closing[0].kind == MessageKind::closing);
  CHECK(closing[0].officer == OfficerId("officer-2"));
  CHECK(closing[1].officer == OfficerId("officer-3"));
  CHECK_THAT(closing[0].text, ContainsSubstring("Kabag Ops"));
  CHECK(desk.claim(email).empty());
  auto const aired = desk.claim(radio);
  REQUIRE(aired.size() == 1);
  CHECK(aired[0].kind == MessageKind::closing);
}

TEST_CASE("nobody hears of the end of what he was never told", "[journal]") {
  Desk desk;
  auto const alert = desk.raise("a-1", plan_for(recipients(1, 5))).alert;
  auto const claimed = desk.claim(sms, 2);
  desk.record(claimed[0]);
  desk.record(claimed[1], Failed("barred"));
  desk.answer(alert, "officer-9");
  auto const closing = desk.claim();
  REQUIRE(closing.size() == 1);
  CHECK(closing[0].officer == OfficerId("officer-1"));
}

TEST_CASE("a closing message waits for the alert that is still on the wire", "[journal]") {
  Desk desk;
  auto const alert = desk.raise("a-1", plan_for(recipients(1, 2))).alert;
  auto const claimed = desk.claim();
  desk.answer(alert, "officer-9", Answer::accepted, {claimed[0].id, claimed[1].id});
  CHECK(desk.claim().empty());
  CHECK(desk.record(claimed[0]).due == std::vector{sms});
  desk.record(claimed[1], Failed("barred"));
  auto const closing = desk.claim();
  REQUIRE(closing.size() == 1);
  CHECK(closing[0].officer == OfficerId("officer-1"));
}

TEST_CASE("a policy can do without closing messages", "[journal]") {
  Desk desk;
  auto plan = plan_for(recipients(1, 3));
  plan.ladders[0].policy.tell_when_handled = false;
  auto const alert = desk.raise("a-1", plan).alert;
  desk.send_all();
  CHECK(desk.answer(alert, "officer-1").due.empty());
  CHECK(desk.claim().empty());
}

TEST_CASE("two answers are needed when the policy asks for two, and one officer gives one",
          "[journal]") {
  Desk desk;
  auto const alert = desk.raise("a-1", plan_for(recipients(1, 3), 2)).alert;
  desk.send_all();
  CHECK_FALSE(desk.answer(alert, "officer-1").alert_ended);
  auto const repeated = desk.answer(alert, "officer-1");
  CHECK_FALSE(repeated.counted);
  CHECK_FALSE(repeated.alert_ended);
  CHECK(desk.answer(alert, "officer-2").alert_ended);
  CHECK(desk.count("SELECT count(*) FROM acknowledgements") == 3);
  auto const closing = desk.claim();
  REQUIRE(closing.size() == 1);
  CHECK(closing[0].officer == OfficerId("officer-3"));
}

TEST_CASE("the ladder that needs most answers decides", "[journal]") {
  Desk desk;
  auto plan = plan_for(recipients(1, 1), 1);
  plan.ladders.push_back(plan_for(recipients(2, 1), 2).ladders[0]);
  auto const alert = desk.raise("a-1", plan).alert;
  CHECK_FALSE(desk.answer(alert, "officer-1").alert_ended);
  CHECK(desk.answer(alert, "officer-2").alert_ended);
}

TEST_CASE("a refusal asks for the next step at once, even after a crash", "[journal]") {
  Desk desk;
  auto const alert = desk.raise("a-1", plan_for(recipients(1, 1))).alert;
  desk.clock.advance(1min);
  auto const stopped = desk.answer(alert, "officer-1", Answer::declined);
  CHECK(stopped.escalate_now.size() == 1);
  CHECK_FALSE(stopped.alert_ended);
  desk.close();
  desk.open();
  CHECK(desk.get(desk.journal().open_ladders())[0].next_due == desk.clock.steady_now());
  CHECK(desk.answer(alert, "officer-1", Answer::declined).escalate_now.empty());
}

TEST_CASE("an officer who changes his mind counts by his last word", "[journal]") {
  Desk desk;
  auto const alert = desk.raise("a-1", plan_for(recipients(1, 3), 2)).alert;
  desk.answer(alert, "officer-1", Answer::accepted);
  desk.answer(alert, "officer-1", Answer::declined);
  CHECK_FALSE(desk.answer(alert, "officer-2", Answer::accepted).alert_ended);
  auto const status = desk.get(desk.journal().status_of(alert));
  CHECK(status.accepted == 1);
  CHECK(status.declined == 1);
  CHECK(desk.answer(alert, "officer-1", Answer::accepted).alert_ended);
}

TEST_CASE("an answer after the end is kept and changes nothing", "[journal]") {
  Desk desk;
  auto const alert = desk.raise("a-1", plan_for(recipients(1, 2))).alert;
  desk.answer(alert, "officer-1");
  auto const late = desk.answer(alert, "officer-2", Answer::declined);
  CHECK_FALSE(late.counted);
  CHECK(late.found == AlertState::acknowledged);
  CHECK(late.escalate_now.empty());
  CHECK(desk.count("SELECT count(*) FROM acknowledgements") == 2);
  CHECK(desk.await(desk.journal().acknowledge(Acknowledgement(), {}, desk.now()))
            .error()
            .is(Errc::not_found));
}

TEST_CASE("the log carries a salted hash of a note, not the note", "[journal]") {
  Desk desk;
  auto const alert = desk.raise("a-1", plan_for(recipients(1, 2))).alert;
  desk.answer(alert, "officer-1");
  CHECK(desk.ask<std::string>("SELECT note FROM acknowledgements") == "menuju lokasi");
  auto const detail = desk.ask<std::string>("SELECT detail FROM log WHERE kind = 'answer'");
  CHECK_THAT(detail, ContainsSubstring("answer=accepted via=sms evidence=code-only"));
  CHECK_THAT(detail, ContainsSubstring(" note="));
  CHECK(detail.find("lokasi") == std::string::npos);
  CHECK(desk.ask<std::string>("SELECT officer FROM log WHERE kind = 'answer'") == "officer-1");
}

TEST_CASE("a clock set back does not keep answers from being explained", "[journal]") {
  Desk desk;
  auto const ask = [&] {
    desk.get(desk.journal().refuse_answer(refused("+628999", "Balas SIAP 1234", desk), desk.now()));
    return desk.count("SELECT count(*) FROM deliveries WHERE kind = 'notice'");
  };
  CHECK(ask() == 1);
  desk.clock.step_wall(-24h);
  desk.clock.advance(1h);
  CHECK(ask() == 2);
  desk.close();
  desk.clock = FakeClock(desk.clock.utc_now() - 24h);
  desk.open();
  CHECK(ask() == 3);
}

TEST_CASE("an answer that counts for nothing is explained once an hour per address", "[journal]") {
  Desk desk;
  desk.get(desk.journal().refuse_answer(refused("+628999", "Balas SIAP 1234", desk), desk.now()));
  desk.get(desk.journal().refuse_answer(refused("+628999", "Balas SIAP 1234", desk), desk.now()));
  desk.get(desk.journal().refuse_answer(refused("+628777", "Balas SIAP 1234", desk), desk.now()));
  auto const notices = desk.claim();
  REQUIRE(notices.size() == 2);
  CHECK(notices[0].kind == MessageKind::notice);
  CHECK(notices[0].text == "Balas SIAP 1234");
  CHECK(notices[0].alert.empty());
  CHECK(desk.record(notices[0]).state == DeliveryState::sent);
  desk.clock.advance(1h);
  desk.get(desk.journal().refuse_answer(refused("+628999", "Balas SIAP 1234", desk), desk.now()));
  CHECK(desk.claim().size() == 1);
  CHECK(desk.count("SELECT count(*) FROM log WHERE kind = 'answer-refused'") == 4);
  CHECK(desk.count("SELECT count(*) FROM log WHERE detail LIKE '%628%'") == 0);
}

TEST_CASE("an answer refused without words is only recorded", "[journal]") {
  Desk desk;
  desk.get(desk.journal().refuse_answer(refused("+628999", "", desk), desk.now()));
  CHECK(desk.claim().empty());
  CHECK(desk.count("SELECT count(*) FROM refused_answers") == 1);
}

TEST_CASE("an officer's open alerts are those he was told of", "[journal]") {
  Desk desk;
  auto const first = desk.raise("a-1", plan_for(recipients(1, 1)));
  desk.send_all();
  desk.raise("a-2", plan_for(recipients(1, 1)));
  auto const open = desk.get(desk.journal().open_alerts_of(OfficerId("officer-1")));
  REQUIRE(open.size() == 1);
  CHECK(open[0].id == first.alert);
  CHECK(open[0].code == first.code);
  CHECK(open[0].event == "Unjuk rasa");
  CHECK(desk.get(desk.journal().open_alerts_of(OfficerId("officer-2"))).empty());
  desk.answer(first.alert, "officer-1");
  CHECK(desk.get(desk.journal().open_alerts_of(OfficerId("officer-1"))).empty());
}

}  // namespace
}  // namespace siaga::test
