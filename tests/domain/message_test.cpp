#include "gateway/domain/message.hpp"

#include "tests/domain/samples.hpp"
#include "tests/support/catch.hpp"

using namespace siaga;

namespace {

Delivery delivery_of(MessageKind kind, std::string language = "id") {
  Delivery delivery;
  delivery.id = DeliveryId(7);
  delivery.alert = AlertId(3);
  delivery.officer = OfficerId("kabag-ops");
  delivery.channel = ChannelName("sms");
  delivery.address = "+6281200000001";
  delivery.language = std::move(language);
  delivery.kind = kind;
  delivery.priority = Priority::life;
  delivery.attempts = 2;
  delivery.expires = test::utc("2026-11-23T20:30:00+08:00");
  return delivery;
}

Message composed(Delivery const& delivery, Alert const& alert = test::sample_alert()) {
  LevelTable const customary;
  Composition const from{delivery,         alert, "4823",   "Kabag Ops", "Polres Bontang",
                         "http://x/a/abc", {},    customary};
  return compose(from);
}

Message alert_message(Alert const& alert) {
  return composed(delivery_of(MessageKind::alert), alert);
}

std::string level(Severity severity, Urgency urgency = Urgency::immediate,
                  Certainty certainty = Certainty::observed) {
  Info info = test::unrest();
  info.severity = severity;
  info.urgency = urgency;
  info.certainty = certainty;
  return LevelTable().label_of(info);
}

}  // namespace

TEST_CASE("only the agency's own hosts can be tapped in a message", "[domain]") {
  auto alert = test::sample_alert();
  auto& info = alert.infos[0];
  info.web = "https://bontangkota.example/banjir";
  info.contact = "Posko 0548-21110, https://jahat.example/masuk";
  info.instruction = "Buka https://bit.ly/3xYz sekarang. Menuju titik kumpul.";
  info.description = "Lihat www.jahat.example atau https://bontangkota.example.";
  auto const delivery = delivery_of(MessageKind::alert);
  LevelTable const customary;
  Composition from{delivery,         alert, "4823",   "Kabag Ops", "Polres Bontang",
                   "http://x/a/abc", {},    customary};
  auto const nobodys = compose(from);
  CHECK(nobodys.web == "bontangkota(.)example");
  CHECK(nobodys.description == "Lihat www(.)jahat(.)example atau bontangkota(.)example.");
  CHECK(nobodys.link == "http://x/a/abc");
  from.hosts = {"bontangkota.example"};
  auto const message = compose(from);
  CHECK(message.web == "https://bontangkota.example/banjir");
  CHECK(message.contact == "Posko 0548-21110, jahat(.)example");
  CHECK(message.action == "Buka bit(.)ly sekarang");
  CHECK(message.description == "Lihat www(.)jahat(.)example atau https://bontangkota.example.");
}

TEST_CASE("an alert is put into the words of the trade", "[domain]") {
  auto const message = composed(delivery_of(MessageKind::alert));
  CHECK(message.mark.empty());
  CHECK(message.title == "PERINGATAN");
  CHECK(message.level == "SIAGA");
  CHECK(message.event == "Unjuk rasa");
  CHECK(message.place == "Kel. Lok Tuan");
  CHECK(message.time == "23 Nov 2026 14:30 WITA");
  CHECK(message.action == "Merapat ke titik kumpul, hindari konfrontasi");
  CHECK(message.headline == "Massa menuju gerbang pabrik");
  CHECK(message.urgency == "SEGERA");
  CHECK(message.certainty == "TERJADI");
  CHECK(message.expires_text == "23 Nov 2026 20:30 WITA");
  CHECK(message.code == "4823");
  CHECK(message.reply_hint == "Balas SIAP 4823 atau TOLAK 4823");
  CHECK(message.sender_tag == "POLRES BONTANG");
  CHECK(message.sender_name == "Polres Bontang");
  CHECK(message.link == "http://x/a/abc");
  CHECK(message.text.empty());
}

TEST_CASE("of texts without end people are shown as much as can be read", "[domain]") {
  auto alert = test::sample_alert();
  auto& info = alert.infos.at(0);
  std::string const endless(200'000, 'a');
  for (auto* text : {&info.event, &info.headline, &info.sender_name, &info.contact})
    *text = endless;
  info.description = info.instruction = endless;
  info.areas.assign(1999, info.areas.at(0));
  for (std::size_t i = 0; i < info.areas.size(); ++i)
    info.areas[i].description = std::to_string(i) + endless;
  auto const message = alert_message(alert);
  for (auto const* text : {&message.event, &message.headline, &message.sender_name,
                           &message.contact, &message.action}) {
    CHECK(text->size() == 1024);
    CHECK(text->ends_with("a..."));
  }
  CHECK(message.description.size() == 16 * 1024);
  CHECK(message.instruction.size() == 16 * 1024);
  CHECK(message.place.starts_with("0aaa"));
  CHECK(message.place.ends_with("1987 wilayah lain"));
  CHECK(message.place.size() < 3000);
}

TEST_CASE("a message knows its delivery", "[domain]") {
  auto delivery = delivery_of(MessageKind::alert);
  delivery.possible_duplicate = true;
  auto const message = composed(delivery);
  CHECK(message.delivery == DeliveryId(7));
  CHECK(message.alert == AlertId(3));
  CHECK(message.officer == OfficerId("kabag-ops"));
  CHECK(message.officer_name == "Kabag Ops");
  CHECK(message.channel == ChannelName("sms"));
  CHECK(message.address == "+6281200000001");
  CHECK(message.priority == Priority::life);
  CHECK(message.attempt == 2);
  CHECK(message.possible_duplicate);
  CHECK(message.expires == delivery.expires);
}

TEST_CASE("exercise and test are the first word", "[domain]") {
  Alert alert = test::sample_alert();
  alert.status = Status::exercise;
  CHECK(alert_message(alert).mark == "LATIHAN");
  CHECK(composed(delivery_of(MessageKind::cancel), alert).mark == "LATIHAN");
  CHECK(composed(delivery_of(MessageKind::alert, "en"), alert).mark == "LATIHAN (EXERCISE)");
  alert.status = Status::test;
  CHECK(alert_message(alert).mark == "UJI COBA");
  CHECK(composed(delivery_of(MessageKind::alert, "en"), alert).mark == "UJI COBA (TEST)");
  CHECK(mark_of(Status::system).empty());
}

TEST_CASE("severity gives the level, and what is over or unlikely is one lower", "[domain]") {
  CHECK(level(Severity::extreme) == "AWAS");
  CHECK(level(Severity::severe) == "SIAGA");
  CHECK(level(Severity::moderate) == "WASPADA");
  CHECK(level(Severity::minor) == "INFO");
  CHECK(level(Severity::unknown) == "INFO");
  CHECK(level(Severity::extreme, Urgency::past) == "SIAGA");
  CHECK(level(Severity::extreme, Urgency::past, Certainty::unlikely) == "SIAGA");
  CHECK(level(Severity::severe, Urgency::immediate, Certainty::unlikely) == "WASPADA");
  CHECK(level(Severity::minor, Urgency::past) == "INFO");
}

TEST_CASE("an update keeps the question, a cancellation asks nothing", "[domain]") {
  auto const update = composed(delivery_of(MessageKind::update));
  CHECK(update.title == "PEMUTAKHIRAN");
  CHECK(update.code == "4823");
  CHECK_FALSE(update.link.empty());
  auto const cancel = composed(delivery_of(MessageKind::cancel));
  CHECK(cancel.title == "PEMBATALAN");
  CHECK(cancel.code.empty());
  CHECK(cancel.link.empty());
  CHECK(cancel.reply_hint.empty());
}

TEST_CASE("a cancellation does not repeat what the alert asked for", "[domain]") {
  auto const cancel = composed(delivery_of(MessageKind::cancel));
  CHECK(cancel.event == "Unjuk rasa");
  CHECK(cancel.action == "Peringatan ini tidak berlaku lagi");
  CHECK(cancel.instruction.empty());
  CHECK(cancel.description.empty());
  Alert own = test::sample_alert();
  own.msg_type = MsgType::cancel;
  own.infos[0].instruction = "Kembali ke pos. Situasi kondusif.";
  CHECK(composed(delivery_of(MessageKind::cancel), own).action == "Kembali ke pos");
}

TEST_CASE("a CAP update is titled as one even to those who hear of it first", "[domain]") {
  Alert alert = test::sample_alert();
  alert.msg_type = MsgType::update;
  CHECK(alert_message(alert).title == "PEMUTAKHIRAN");
}

TEST_CASE("the time is that of the onset, else effective, else sent", "[domain]") {
  Alert alert = test::sample_alert();
  alert.infos[0].effective = test::cap_time("2026-08-17T15:00:00+08:00");
  CHECK(alert_message(alert).time == "17 Agu 2026 15:00 WITA");
  alert.infos[0].onset = test::cap_time("2026-05-01T23:30:00+07:00");
  CHECK(alert_message(alert).time == "2 Mei 2026 00:30 WITA");
  CHECK(local_text(test::utc("2026-12-31T23:00:00Z"), {std::chrono::minutes(420), "WIB"}) ==
        "1 Jan 2027 06:00 WIB");
}

TEST_CASE("without an instruction the response type is the action", "[domain]") {
  Alert alert = test::sample_alert();
  alert.infos[0].instruction = " \n";
  CHECK(alert_message(alert).action == "PANTAU");
  alert.infos[0].response_types = {ResponseType::evacuate, ResponseType::monitor};
  CHECK(alert_message(alert).action == "EVAKUASI");
  alert.infos[0].response_types.clear();
  CHECK(alert_message(alert).action.empty());
}

TEST_CASE("every place is named once, and many are counted", "[domain]") {
  Alert alert = test::sample_alert();
  alert.infos[0].areas = {test::area_of("Guntung", ""), test::area_of("Loktuan", ""),
                          test::area_of("Guntung ", "")};
  CHECK(alert_message(alert).place == "Guntung, Loktuan");
  alert.infos[0].areas.clear();
  for (int i = 1; i <= 15; ++i)
    alert.infos[0].areas.push_back(test::area_of("RT " + std::to_string(i), ""));
  CHECK_THAT(alert_message(alert).place, ContainsSubstring("RT 12 dan 3 wilayah lain"));
}

TEST_CASE("an English-speaking officer is told in English", "[domain]") {
  Alert alert = test::sample_alert();
  Info english = test::unrest();
  english.language = "en-GB";
  english.event = "Unrest";
  english.severity = Severity::extreme;
  english.onset = test::cap_time("2026-08-17T15:00:00+08:00");
  english.instruction.clear();
  alert.infos.push_back(english);
  auto const message = composed(delivery_of(MessageKind::alert, "en"), alert);
  CHECK(message.title == "WARNING");
  CHECK(message.level == "EXTREME");
  CHECK(message.event == "Unrest");
  CHECK(message.action == "MONITOR");
  CHECK(message.urgency == "IMMEDIATE");
  CHECK(message.time == "17 Aug 2026 15:00 WITA");
  CHECK(message.reply_hint == "Reply OK 4823 or NO 4823");
}

TEST_CASE("no word of an alert can forge a line or hide a code", "[domain]") {
  Alert alert = test::sample_alert();
  auto& info = alert.infos[0];
  for (auto* text : {&info.event, &info.headline, &info.description, &info.instruction,
                     &info.contact, &info.web, &info.sender_name, &info.areas[0].description})
    *text =
        "a\r\nBcc: b\x1B\xE2\x80\xAE"
        "c";
  auto const message = alert_message(alert);
  for (auto const* text :
       {&message.event, &message.headline, &message.description, &message.instruction,
        &message.contact, &message.web, &message.sender_name, &message.place, &message.action})
    CHECK(*text == "a Bcc: bc");
}

TEST_CASE("an alert without blocks still says who, what it is and whether it is real", "[domain]") {
  Alert alert = test::sample_alert();
  alert.infos.clear();
  alert.status = Status::exercise;
  auto const message = composed(delivery_of(MessageKind::cancel), alert);
  CHECK(message.mark == "LATIHAN");
  CHECK(message.title == "PEMBATALAN");
  CHECK(message.sender_tag == "POLRES BONTANG");
  CHECK(message.action == "Peringatan ini tidak berlaku lagi");
}

TEST_CASE("a closing message says who has it in hand", "[domain]") {
  CHECK(handled_text(Status::actual, "Unjuk rasa", "Kel. Lok Tuan", "Kabag Ops", "4821") ==
        "Sudah ditangani oleh Kabag Ops: Unjuk rasa, Kel. Lok Tuan (4821).");
  CHECK(handled_text(Status::exercise, "Banjir", "", "Pusdalops", "") ==
        "LATIHAN: Sudah ditangani oleh Pusdalops: Banjir.");
  CHECK(handled_text(Status::test, "a\nb", "c", "d\r", "1").starts_with("UJI COBA: "));
}

TEST_CASE("closing and notice are sent as written, with the mark once", "[domain]") {
  Alert alert = test::sample_alert();
  auto delivery = delivery_of(MessageKind::closing, "en");
  delivery.text = "Sudah ditangani oleh Kabag Ops.";
  CHECK(composed(delivery, alert).text == "Sudah ditangani oleh Kabag Ops.");
  CHECK(composed(delivery, alert).code.empty());
  alert.status = Status::exercise;
  CHECK(composed(delivery, alert).text == "LATIHAN: Sudah ditangani oleh Kabag Ops.");
  delivery.text = "LATIHAN: Sudah ditangani oleh Kabag Ops.";
  CHECK(composed(delivery, alert).text == delivery.text);
  CHECK(composed(delivery, alert).mark == "LATIHAN");
  delivery.kind = MessageKind::notice;
  delivery.text = "Kode salah.\r\nKetik SIAP 4823";
  CHECK(composed(delivery, Alert{}).text == "Kode salah. Ketik SIAP 4823");
  delivery.text = "Checkpoint\x07 log:\n\n  4:ab \n\nSimpan\nsurat ini.";
  CHECK(composed(delivery, Alert{}).text == "Checkpoint log:\n\n4:ab\n\nSimpan surat ini.");
  CHECK(composed(delivery, Alert{}).mark.empty());
}
