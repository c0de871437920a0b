// What the query commands answer, from a history that a test wrote down.
#include "gateway/cli/questions.hpp"

#include <boost/json/parse.hpp>
#include <fstream>
#include <sstream>

#include "gateway/cli/exits.hpp"
#include "gateway/views/log.hpp"
#include "tests/cli/session.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

using namespace siaga;
using namespace siaga::cli;
using namespace siaga::cli::test;
using namespace std::chrono_literals;
namespace json = boost::json;

namespace {

journal::AlertRow alert_row() {
  journal::AlertRow row;
  row.id = AlertId(7);
  row.identifier = "polres-2026-0001";
  row.sender = "spkt@polres.example";
  row.code = "4821";
  row.event = "Unjuk rasa";
  row.headline = "Massa menuju gerbang pabrik";
  row.place = "Kel. Lok Tuan";
  row.agency = AgencyId("polres");
  row.state = AlertState::acknowledged;
  row.severity = Severity::severe;
  row.sent = half_past_two;
  row.accepted_at = half_past_two + 1s;
  row.expires = half_past_two + 6h;
  row.recipients = 4;
  row.reached = 3;
  row.accepted = 1;
  return row;
}

journal::AckRow ack_row() {
  journal::AckRow row;
  row.seq = 12;
  row.alert = AlertId(7);
  row.code = "4821";
  row.officer = OfficerId("kabag-ops");
  row.via = Via::sms;
  row.evidence = Evidence::address_and_code;
  row.at = half_past_two + 5min;
  row.delay = 299'500ms;
  row.text = "menuju lokasi\x1b[2J";
  return row;
}

class WrittenHistory final : public journal::History {
 public:
  Result<std::vector<journal::AlertRow>> alerts(journal::HistoryFilter const&) override {
    return std::vector<journal::AlertRow>{alert_row()};
  }
  Result<std::vector<journal::AlertRow>> named(std::string const& name) override {
    auto other = alert_row();
    other.id = AlertId(9);
    other.agency = AgencyId("pmi");
    other.sender = "posko@pmi.example";
    if (name == other.identifier)
      return std::vector<journal::AlertRow>{std::move(other), alert_row()};
    if (name != "7") return Error(Errc::not_found, "no alert '" + name + "'");
    return std::vector<journal::AlertRow>{alert_row()};
  }
  Result<journal::AlertDetail> alert(std::string const&) override {
    journal::AlertDetail detail;
    detail.row = alert_row();
    journal::DeliveryRow delivery;
    delivery.id = DeliveryId(31);
    delivery.officer = OfficerId("kabag-ops");
    delivery.channel = ChannelName("sms");
    delivery.step = 1;
    delivery.state = DeliveryState::delivered;
    delivery.attempts = 2;
    delivery.at = half_past_two + 5min;
    delivery.possible_duplicate = true;
    detail.deliveries = {delivery};
    delivery.officer = OfficerId();
    delivery.channel = ChannelName("radio");
    detail.deliveries.push_back(delivery);
    detail.acknowledgements = {ack_row()};
    journal::LogRow row;
    row.seq = 3;
    row.at = half_past_two;
    row.kind = "accepted";
    row.alert = AlertId(7);
    detail.timeline = {row};
    return detail;
  }
  Result<std::vector<journal::AckRow>> acks(journal::HistoryFilter const&) override {
    return std::vector<journal::AckRow>{ack_row()};
  }
  Result<std::vector<journal::RefusedRow>> refused(journal::HistoryFilter const&) override {
    journal::RefusedRow row;
    row.inbox = InboxId(9);
    row.agency = AgencyId("polres");
    row.received_at = half_past_two;
    row.reasons = {{"/sent (5:1)", "cap.sent.offset", "sent '...' tanpa zona / has no offset"},
                   {"/scope", "authority.scope", "di luar wewenang / beyond what it may use"}};
    row.kept = Kept::cut;
    row.bytes = 1'048'576;
    return std::vector<journal::RefusedRow>{row};
  }
  Result<std::vector<KeptIncident>> incidents(journal::HistoryFilter const& filter) override {
    KeptIncident row;
    row.kind = IncidentKind::channel_down;
    row.about = "sms";
    row.detail = "connection refused";
    row.since = row.last = half_past_two;
    row.count = 2;
    row.told = 1;
    auto over = row;
    over.kind = IncidentKind::signature;
    over.about = "polres";
    over.ended = half_past_two + 15min;
    if (filter.open_only) return std::vector<KeptIncident>{row};
    return std::vector<KeptIncident>{row, over};
  }
  Result<std::vector<journal::LogRow>> log(journal::HistoryFilter const&) override {
    return std::vector<journal::LogRow>{};
  }
  Result<journal::Verdict> verify(journal::VerifyAids const&) override { return verdict; }

  journal::Verdict verdict;
};

struct Asked {
  int exit = -1;
  std::string out, err;
};

template <class Ask>
Asked asked(std::string const& format, Ask const& ask, journal::Verdict const& verdict = {}) {
  WrittenHistory history;
  history.verdict = verdict;
  std::ostringstream out, err;
  Terminal const terminal{out, err, half_past_two};
  Asked answer;
  answer.exit = ask(Question{history, {}, format, ZoneName{}, terminal});
  answer.out = out.str();
  answer.err = err.str();
  return answer;
}

void check_width(std::string const& text) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    INFO(line);
    CHECK(views::width(line) <= views::columns_max);
  }
}

}  // namespace

TEST_CASE("acks as JSON has the contract's keys", "[cli]") {
  auto const answer = asked("json", answer_acks);
  CHECK(answer.exit == exit_good);
  auto const rows = json::parse(answer.out).as_array();
  REQUIRE(rows.size() == 1);
  auto const& row = rows[0].as_object();
  std::vector<std::string> keys;
  for (auto const& member : row) keys.emplace_back(member.key());
  CHECK(keys == std::vector<std::string>{"seq", "alert", "code", "officer", "answer", "via",
                                         "evidence", "at", "delay_s", "text"});
  CHECK(row.at("answer") == "accepted");
  CHECK(row.at("via") == "sms");
  CHECK(row.at("evidence") == "address+code");
  CHECK(row.at("at") == "2026-11-23T14:35:00+08:00");
  CHECK(row.at("delay_s").to_number<double>() == 299.5);
}

TEST_CASE("incidents shows what went wrong, since when, and what to do", "[cli]") {
  auto const table = asked("table", answer_incidents).out;
  for (auto const* part :
       {"2026-11-23 14:30:00", "open", "channel-down", "sms", "connection refused",
        "A channel cannot send.", "Look at its device or network.", "ended", "signature"})
    CHECK_THAT(table, ContainsSubstring(part));
  auto const rows = json::parse(asked("json", answer_incidents).out).as_array();
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].at("state") == "open");
  CHECK(rows[0].at("ended").is_null());
  CHECK(rows[0].at("do").at("id") == "Periksa perangkat atau jaringannya.");
  CHECK(rows[1].at("ended") == "2026-11-23T14:45:00+08:00");
  CHECK_THAT(asked("csv", answer_incidents).out,
             ContainsSubstring("kind,about,state,since,last,ended,count,told,detail,text,do\n"));
}

TEST_CASE("refused shows every reason, with where and which rule", "[cli]") {
  auto const table = asked("table", answer_refused).out;
  check_width(table);
  CHECK_THAT(table, ContainsSubstring("rejected") && ContainsSubstring("cap.sent.offset"));
  CHECK_THAT(table, ContainsSubstring("/sent (5:1)") && ContainsSubstring("tanpa zona"));
  CHECK_THAT(table, ContainsSubstring("authority.scope"));
  auto const rows = json::parse(asked("json", answer_refused).out).as_array();
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].at("inbox") == 9);
  CHECK(rows[0].at("decision") == "rejected");
  CHECK(rows[0].at("reasons").as_array().size() == 2);
  CHECK(rows[0].at("bytes") == 1'048'576);
  CHECK(rows[0].at("payload") == "cut");
  CHECK_THAT(table, ContainsSubstring("1048576 cut"));
}

TEST_CASE("acks as a table and as CSV tell the same", "[cli]") {
  auto const table = asked("table", answer_acks).out;
  check_width(table);
  CHECK_THAT(table, ContainsSubstring("kabag-ops"));
  CHECK_THAT(table, ContainsSubstring("AT (WITA)") && ContainsSubstring("2026-11-23 14:35:00 "));
  CHECK_THAT(table, ContainsSubstring("4m 59s"));
  CHECK(table.find('\x1b') == table.npos);
  auto const csv = asked("csv", answer_acks).out;
  CHECK_THAT(csv, ContainsSubstring("seq,alert,code,officer,answer,via,evidence,at,delay_s,text\n"
                                    "12,7,4821,kabag-ops,accepted,sms,address+code,"));
  CHECK_THAT(csv, ContainsSubstring(",299.5,"));
}

TEST_CASE("alerts are shown with who was reached and who answered", "[cli]") {
  auto const table = asked("table", answer_alerts).out;
  check_width(table);
  CHECK_THAT(table, ContainsSubstring("acknowledged"));
  CHECK_THAT(table, ContainsSubstring("3/4"));
  auto const rows = json::parse(asked("json", answer_alerts).out).as_array();
  CHECK(rows.at(0).at("alert") == 7);
  CHECK(rows.at(0).at("expires") == "2026-11-23T20:30:00+08:00");
  CHECK(rows.at(0).at("ended_at").is_null());
}

TEST_CASE("one alert has its deliveries, answers and timeline", "[cli]") {
  auto const one = [](Question const& question) { return answer_alert(question, "7"); };
  auto const table = asked("table", one);
  CHECK(table.exit == exit_good);
  check_width(table.out);
  for (auto const* part :
       {"Deliveries", "Answers", "Timeline", "possibly twice", "(all who listen)", "Kel. Lok Tuan"})
    CHECK_THAT(table.out, ContainsSubstring(part));
  auto const object = json::parse(asked("json", one).out).as_object();
  for (auto const* key : {"identifier", "sender", "agency", "code", "state", "status", "severity",
                          "sent", "accepted_at", "deliveries", "acknowledgements", "timeline"}) {
    INFO(key);
    CHECK(object.contains(key));
  }
  auto const& delivery = object.at("deliveries").at(0).as_object();
  for (auto const* key : {"id", "officer", "channel", "step", "state", "attempts", "at", "reason",
                          "possible_duplicate"}) {
    INFO(key);
    CHECK(delivery.contains(key));
  }
  CHECK(object.at("deliveries").at(1).at("officer").is_null());
}

TEST_CASE("an identifier that two senders use lists both alerts", "[cli]") {
  auto const ask_for = [](Question const& question) {
    return answer_alert(question, "polres-2026-0001");
  };
  auto const table = asked("table", ask_for);
  CHECK(table.exit == exit_good);
  CHECK_THAT(table.out, ContainsSubstring("2 alerts have the identifier polres-2026-0001; name one "
                                          "by its number: 9 (pmi) 7 (polres)"));
  auto const rows = json::parse(asked("json", ask_for).out).as_array();
  REQUIRE(rows.size() == 2);
  CHECK(rows.at(0).at("alert") == 9);
  CHECK(rows.at(1).at("alert") == 7);
  auto const cap = asked("cap", ask_for);
  CHECK(cap.exit == exit_usage);
  CHECK_THAT(cap.err, ContainsSubstring("name one by its number"));
}

TEST_CASE("a log row as JSON has its milliseconds and its leaf", "[cli]") {
  journal::LogRow row;
  row.seq = 3;
  row.at = half_past_two + 7ms;
  row.kind = "accepted";
  row.leaf = std::string(31, '\0') + "\xab";
  auto const object = views::json_of(row, ZoneName{});
  CHECK(object.at("at_ms") == 1'795'415'400'007);
  CHECK(object.at("leaf").as_string() == std::string(62, '0') + "ab");
}

TEST_CASE("a checkpoint kept elsewhere is read from the line or a file, and a wrong one is told",
          "[cli]") {
  auto const verify = [](std::string const& against) {
    return session({"log", "verify", "--against", against, "--config", "nowhere.toml"});
  };
  CHECK_THAT(verify("12:abc").err, ContainsSubstring("neither SIZE:ROOT nor a file"));
  siaga::test::TempDir dir;
  auto const file = dir.path() + "/kept";
  std::ofstream(file) << "# of the mail of Monday\n\n12:" << std::string(64, 'a') << "\n13:short\n";
  auto const done = verify(file);
  CHECK(done.exit == exit_usage);
  CHECK_THAT(done.err, ContainsSubstring("kept:4: not SIZE:ROOT"));
  CHECK(verify("12:" + std::string(64, 'a')).exit == exit_bad_config);  // so far it was good
}

TEST_CASE("an unknown alert is said to be unknown", "[cli]") {
  auto const answer =
      asked("table", [](Question const& question) { return answer_alert(question, "9"); });
  CHECK(answer.exit == exit_unknown);
  CHECK_THAT(answer.err, ContainsSubstring("no alert '9'"));
}

TEST_CASE("an empty log is said to be empty", "[cli]") {
  CHECK(asked("table", answer_log).out == "no log rows\n");
  CHECK(asked("json", answer_log).out == "[]\n");
  CHECK(asked("csv", answer_log).out == "seq,at,kind,alert,delivery,officer,detail\n");
}

TEST_CASE("a damaged log ends with 70 and says what is damaged", "[cli]") {
  std::ostringstream out, err;
  Terminal const terminal{out, err, half_past_two};
  CHECK(failed(terminal, Error(Errc::storage_corrupt, "var/siaga.db")) == exit_tampered);
  CHECK(err.str() == "siaga: the store is damaged: var/siaga.db\n");
  CHECK(failed(terminal, Error(Errc::storage_failed, "var/siaga.db")) == exit_store_failed);
}

int verdict_of(Question const& question) {
  return answer_verdict(question);
}

TEST_CASE("a store that its log contradicts is told apart from a tampered log", "[cli]") {
  journal::Verdict verdict;
  verdict.rows = 900;
  verdict.log_whole = true;
  verdict.first_bad_row = 412;
  verdict.why = "delivery 3 is 'sent' in the store and 'failed' by the log";
  auto const answer = asked("table", verdict_of, verdict);
  CHECK(answer.exit == exit_tampered);
  CHECK_THAT(answer.out, ContainsSubstring("THE STORE WAS TAMPERED WITH, its log was not: see row "
                                           "412 of 900, delivery 3"));
}

TEST_CASE("a whole log tells how many texts were not compared, and from which row they are",
          "[cli]") {
  journal::Verdict verdict;
  verdict.whole = verdict.log_whole = true;
  verdict.not_comparable = 2;
  verdict.texts_compared_from = 40;
  CHECK_THAT(asked("table", verdict_of, verdict).out,
             ContainsSubstring("the text of 2 alerts was not compared") &&
                 ContainsSubstring("from row 40 on"));
}

TEST_CASE("a tampered log ends with 70 and names the first bad row", "[cli]") {
  journal::Verdict verdict;
  verdict.rows = 900;
  verdict.whole = true;
  CHECK(asked("table", verdict_of, verdict).exit == exit_good);
  verdict.whole = false;
  verdict.first_bad_row = 412;
  verdict.why = "its hash differs";
  auto const answer = asked("table", verdict_of, verdict);
  CHECK(answer.exit == exit_tampered);
  CHECK_THAT(answer.out, ContainsSubstring("first bad row 412 of 900, its hash differs"));
  auto const rows = json::parse(asked("json", verdict_of, verdict).out).as_array();
  CHECK(rows.at(0).at("first_bad_row") == 412);
}
