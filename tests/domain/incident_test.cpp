#include "gateway/domain/incident.hpp"

#include <algorithm>
#include <set>

#include "tests/support/catch.hpp"

namespace siaga::test {
namespace {

constexpr std::size_t one_sms = 160;

ZoneName wita() {
  return {std::chrono::hours(8), "WITA"};
}

UtcTime half_past_two() {
  return UtcTime(milliseconds(1'795'415'400'000));  // 2026-11-23 14:30 WITA
}

// Of GSM 03.38 without its extension: one septet each.
bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return c >= ' ' && c <= 'z' && std::string_view("[\\]^`").find(c) == std::string_view::npos;
  });
}

std::vector<IncidentKind> all_kinds() {
  std::vector<IncidentKind> kinds;
  for (std::size_t i = 0; i < all_words<IncidentKind>().size(); ++i)
    kinds.push_back(static_cast<IncidentKind>(i));
  return kinds;
}

TEST_CASE("every kind of incident has a word of its own, and says what it is and what to do",
          "[domain]") {
  std::set<std::string_view> words;
  for (auto const kind : all_kinds()) {
    INFO(to_word(kind));
    CHECK(words.insert(to_word(kind)).second);
    for (auto const sentences : {words_of(kind).id, words_of(kind).en}) {
      CHECK(incident_what(sentences).ends_with('.'));
      CHECK(incident_to_do(sentences).ends_with('.'));
    }
    CHECK(words_of(kind).id != words_of(kind).en);
  }
}

TEST_CASE("every kind, about something of forty letters, is told in one SMS", "[domain]") {
  for (auto const kind : all_kinds())
    for (std::string const language : {"id", "en"}) {
      IncidentReport report;
      report.kind = kind;
      report.about = std::string(40, 'x');
      report.since = half_past_two();
      report.count = 999;
      auto const text = incident_text(report, "bontang", language, wita());
      INFO(text);
      CHECK(text.size() <= one_sms);
      CHECK(is_plain(text));
    }
}

TEST_CASE("an incident is told in the officer's language: what, about what, since when, what to do",
          "[domain]") {
  IncidentReport report;
  report.kind = IncidentKind::channel_down;
  report.about = "sms";
  report.since = half_past_two();
  CHECK(incident_text(report, "bontang", "id", wita()) ==
        "Siaga bontang: Saluran tidak dapat mengirim. Periksa perangkat atau jaringannya. (sms,"
        " sejak 23 Nov 14:30)");
  report.count = 3;
  report.more = 1;
  CHECK(incident_text(report, "bontang", "en", wita()) ==
        "Siaga bontang: A channel cannot send. Look at its device or network. (sms, +1, since"
        " 23 Nov 14:30, 3x)");
}

TEST_CASE("that an incident is over is told without what to do", "[domain]") {
  IncidentReport report;
  report.kind = IncidentKind::broker_away;
  report.since = half_past_two();
  report.ended = half_past_two() + std::chrono::minutes(32);
  CHECK(incident_text(report, "bontang", "id", wita()) ==
        "Siaga bontang: SELESAI: Broker MQTT tidak tersambung. (sejak 23 Nov 14:30, sampai"
        " 23 Nov 15:02)");
}

TEST_CASE("the name of what an incident is about cannot forge a line or fill the message",
          "[domain]") {
  IncidentReport report;
  report.about = "siaga/receipt/x\nSELESAI " + std::string(200, 'a');
  auto const text = incident_text(report, "bontang", "id", wita());
  CHECK(text.find('\n') == std::string::npos);
  CHECK(text.size() <= one_sms);
}

}  // namespace
}  // namespace siaga::test
