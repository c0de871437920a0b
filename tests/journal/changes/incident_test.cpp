#include "tests/journal/desk.hpp"

namespace siaga::test {
namespace {

IncidentChange begun(std::string about, UtcTime now, std::size_t times = 1) {
  return {
      IncidentKind::channel_down, std::move(about), "connection refused", now, now, times, false};
}

IncidentPage page_of(IncidentChange change) {
  IncidentPage page;
  page.changes.push_back(std::move(change));
  return page;
}

TEST_CASE("an incident is one row, one log row and one message until it ends, however often raised",
          "[journal]") {
  Desk desk;
  auto change = begun("sms", desk.clock.utc_now());
  for (int i = 0; i < 5; ++i) desk.get(desk.journal().keep(page_of(change), desk.now()));
  CHECK(desk.count("SELECT count(*) FROM incidents") == 1);
  CHECK(desk.count("SELECT count FROM incidents") == 5);
  CHECK(desk.count("SELECT count(*) FROM log WHERE kind = 'incident'") == 1);
  CHECK(desk.count("SELECT count(*) FROM outbox WHERE topic LIKE 'siaga/incident/%'") == 1);
  desk.clock.advance(10min);
  change.times = 0;
  change.ended = true;
  desk.get(desk.journal().keep(page_of(change), desk.now()));
  CHECK(desk.ask<std::string>("SELECT detail FROM log WHERE kind = 'incident-ended'") ==
        "kind=channel-down about=sms count=5");
  CHECK(desk.ask<std::string>("SELECT json_extract(payload, '$.state') FROM outbox"
                              " ORDER BY id DESC LIMIT 1") == "ended");
  CHECK(desk.get(desk.journal().incidents(desk.clock.utc_now() + 1s)).empty());
  change.times = 1;
  change.ended = false;
  desk.get(desk.journal().keep(page_of(change), desk.now()));
  CHECK(desk.count("SELECT count(*) FROM incidents") == 2);
}

TEST_CASE("of incidents that ended the last thousand are kept, of open ones all", "[journal]") {
  Desk desk;
  desk.get(desk.journal().keep(page_of(begun("radio", desk.clock.utc_now())), desk.now()));
  for (int i = 0; i < 11; ++i) {
    IncidentPage page;
    for (int k = 0; k < 100; ++k) {
      auto change = begun("sms", desk.clock.utc_now());
      change.ended = true;
      page.changes.push_back(change);
    }
    desk.get(desk.journal().keep(page, desk.now()));
  }
  CHECK(desk.count("SELECT count(*) FROM incidents WHERE ended IS NOT NULL") <= 1001);
  CHECK(desk.count("SELECT count(*) FROM incidents WHERE about = 'radio'") == 1);
}

TEST_CASE("a message to ops is a delivery of no alert, kept with what it tells", "[journal]") {
  Desk desk;
  auto page = page_of(begun("sms", desk.clock.utc_now(), 3));
  page.messages.push_back({recipient(7, email), "Siaga bontang: ..."});
  page.told.push_back(IncidentKind::channel_down);
  page.expires = desk.clock.utc_now() + 4h;
  auto const due = desk.get(desk.journal().keep(page, desk.now()));
  CHECK(due == std::vector<ChannelName>{email});
  auto const claimed = desk.get(desk.journal().claim_due(email, 10, desk.now())).deliveries;
  REQUIRE(claimed.size() == 1);
  CHECK(claimed[0].alert.empty());
  CHECK(claimed[0].kind == MessageKind::notice);
  CHECK(claimed[0].text == "Siaga bontang: ...");
  auto const kept = desk.get(desk.journal().incidents(UtcTime()));
  REQUIRE(kept.size() == 1);
  CHECK(kept[0].told == 3);
  CHECK(kept[0].told_at == desk.clock.utc_now());
}

TEST_CASE("the outbox tells since when its oldest message waits, over a restart too", "[journal]") {
  Desk desk;
  CHECK_FALSE(desk.get(desk.journal().outbox_since()));
  auto const first = desk.clock.utc_now();
  desk.get(desk.journal().keep(page_of(begun("sms", first)), desk.now()));
  desk.clock.advance(40s);
  desk.get(desk.journal().keep(page_of(begun("radio", desk.clock.utc_now())), desk.now()));
  desk.close();
  desk.open();
  CHECK(desk.get(desk.journal().outbox_since()) == first);
  auto const items = desk.get(desk.journal().outbox(OutboxId(), 1));
  desk.get(desk.journal().published({items[0].id}));
  CHECK(desk.get(desk.journal().outbox_since()) == first + 40s);
}

}  // namespace
}  // namespace siaga::test
