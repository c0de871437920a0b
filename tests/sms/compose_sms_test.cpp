#include "protocols/sms/text/compose_sms.hpp"

#include "tests/support/catch.hpp"

namespace siaga::sms {
namespace {

Message riot() {
  Message m;
  m.title = "PERINGATAN";
  m.level = "SIAGA";
  m.event = "Unjuk rasa";
  m.place = "Kel. Lok Tuan";
  m.time = "23 Nov 2026 14:30 WITA";
  m.action = "Merapat ke titik kumpul, hindari konfrontasi.";
  m.headline = "Massa menuju gerbang pabrik";
  m.code = "4821";
  m.reply_hint = "Balas SIAP 4821 atau TOLAK 4821";
  m.sender_tag = "POLRES BONTANG";
  m.contact = "SPKT 0548-21110";
  return m;
}

std::size_t parts(std::string const& text) {
  return count_parts(text, Charset::gsm);
}

}  // namespace

TEST_CASE("an alert says level, event, place, time, action, how to answer and who sends", "[sms]") {
  auto const text = compose_sms(riot(), {});
  CHECK(text ==
        "SIAGA Unjuk rasa, Kel. Lok Tuan, 23 Nov 2026 14:30 WITA. Merapat ke titik kumpul, hindari "
        "konfrontasi. Balas SIAP 4821/TOLAK 4821 ::POLRES BONTANG");
  CHECK(parts(text) == 1);
}

TEST_CASE("an exercise begins with its mark, whatever the kind", "[sms]") {
  for (auto const kind : {MessageKind::alert, MessageKind::update, MessageKind::cancel}) {
    auto m = riot();
    m.kind = kind;
    m.mark = "LATIHAN";
    m.possible_duplicate = true;
    CHECK(compose_sms(m, {}).rfind("LATIHAN ", 0) == 0);
  }
}

TEST_CASE("updates and cancellations say so before the level", "[sms]") {
  auto m = riot();
  m.kind = MessageKind::update;
  m.title = "PEMUTAKHIRAN";
  CHECK(compose_sms(m, {}).rfind("PEMUTAKHIRAN SIAGA Unjuk rasa, ", 0) == 0);
  m.kind = MessageKind::cancel;
  m.title = "PEMBATALAN";
  m.action = "Peringatan ini tidak berlaku lagi";
  m.code = m.reply_hint = "";
  CHECK(compose_sms(m, {}) ==
        "PEMBATALAN SIAGA Unjuk rasa, Kel. Lok Tuan, 23 Nov 2026 14:30 WITA. Peringatan ini tidak "
        "berlaku lagi. Kontak SPKT 0548-21110. ::POLRES BONTANG");
}

TEST_CASE("closing messages and notices are their sentence, with the sender where it fits",
          "[sms]") {
  auto m = riot();
  m.kind = MessageKind::closing;
  m.text = "Sudah ditangani oleh Kabag Ops: Unjuk rasa, Kel. Lok Tuan (4821).";
  CHECK(compose_sms(m, {}) == m.text + " ::POLRES BONTANG");
  m.kind = MessageKind::notice;
  m.text = std::string(158, 'x');
  CHECK(compose_sms(m, {}) == m.text);
}

TEST_CASE("what may go, goes before a second part is begun", "[sms]") {
  auto m = riot();
  std::string text;
  for (std::size_t length = 10; length < 130; ++length) {
    m.place = "Kel. " + std::string(length, 'x');
    text = compose_sms(m, {});
    for (auto const& kept : {m.level, m.event, m.place, m.time, m.action, std::string("SIAP 4821")})
      REQUIRE(text.find(kept) != std::string::npos);
    auto const least = m.level + " " + m.event + ", " + m.place + ", " + m.time + ". " + m.action +
                       " Balas SIAP 4821";
    REQUIRE(parts(text) == parts(least));
  }
  CHECK(parts(text) == 2);
  CHECK(text.find("::POLRES BONTANG") != std::string::npos);  // a second part has room again
  CHECK(text.find("Kontak SPKT") != std::string::npos);
}

TEST_CASE("headline and contact are there when they cost nothing", "[sms]") {
  auto m = riot();
  m.action = "PANTAU";
  CHECK(compose_sms(m, {}).find("Kontak SPKT 0548-21110.") != std::string::npos);
  m.contact = "";
  auto const text = compose_sms(m, {});
  CHECK(text.find("WITA. Massa menuju gerbang pabrik. PANTAU.") != std::string::npos);
  CHECK(parts(text) == 1);
  m.headline = m.event;
  CHECK(compose_sms(m, {}).find("Unjuk rasa. ") == std::string::npos);
}

TEST_CASE("a repeated message says so only where that costs no part", "[sms]") {
  auto m = riot();
  m.possible_duplicate = true;
  auto const text = compose_sms(m, {});
  CHECK(text.find("14:30 WITA (ulang).") != std::string::npos);
  CHECK(parts(text) == 1);
  m.place = std::string(38, 'x');
  auto const full = compose_sms(m, {});
  CHECK(full.find("(ulang)") == std::string::npos);
  CHECK(full.find("TOLAK 4821") != std::string::npos);
  CHECK(parts(full) == 1);
}

TEST_CASE("typography does not turn a text into UCS-2", "[sms]") {
  auto m = riot();
  m.event = "Unjuk rasa – “damai”";
  CHECK(coding_of(compose_sms(m, {}), Charset::gsm) == Coding::seven_bit);
  ComposeRules as_it_is;
  as_it_is.transliterate = false;
  CHECK(coding_of(compose_sms(m, as_it_is), Charset::gsm) == Coding::ucs2);
}

TEST_CASE("a text beyond parts_max loses pictures and accents before any word", "[sms]") {
  auto m = riot();
  m.event = "Banjir 🌊 dēsa";
  for (int i = 0; i < 9; ++i) m.place += ", Kel. Berbas";
  CHECK(coding_of(compose_sms(m, {}), Charset::gsm) == Coding::ucs2);
  for (int i = 0; i < 20; ++i) m.place += ", Kel. Berbas";
  auto const text = compose_sms(m, {});
  CHECK(parts(text) <= 4);
  CHECK(text.rfind("SIAGA Banjir desa, Kel. Lok Tuan, Kel. Berbas, ", 0) == 0);
  for (auto const& kept : {m.place, m.action, m.code}) CHECK(text.find(kept) != std::string::npos);
}

TEST_CASE("a text beyond parts_max keeps letters that have no plain form", "[sms]") {
  auto m = riot();
  m.event = "洪水警報 🌊";
  for (int i = 0; i < 30; ++i) m.place += ", Kel. Berbas Pantai";
  auto const text = compose_sms(m, {});
  CHECK(text.rfind("SIAGA 洪水警報 🌊, Kel. Lok Tuan, Kel. Berbas Pantai", 0) == 0);
  CHECK(text.find('?') == std::string::npos);
  CHECK(parts(text) <= 4);
}

TEST_CASE("letters beyond the alphabet are written in it where that saves a part", "[sms]") {
  auto m = riot();
  m.event = "Kebakaran gudang Łódź";
  ComposeRules rules;
  CHECK(compose_sms(m, rules).find("Łódź") != std::string::npos);
  rules.plain_letters = true;
  CHECK(compose_sms(m, rules).find("Kebakaran gudang Lodz") != std::string::npos);
  CHECK(parts(compose_sms(m, rules)) == 1);
  m.event = "Пожар ٣ km²";
  CHECK(compose_sms(m, rules).find("Pozhar 3 km2") != std::string::npos);
  m.kind = MessageKind::notice;
  m.text = "Tunggu di Łódź";
  m.sender_tag = m.sender_name = "";
  CHECK(compose_sms(m, rules) == "Tunggu di Łódź");  // one part either way
}

TEST_CASE("a mark apart from its letter does not turn a text into UCS-2", "[sms]") {
  auto m = riot();
  m.event = "Café terbakar";
  auto const text = compose_sms(m, {});
  CHECK(text.find("Café terbakar") != std::string::npos);
  CHECK(coding_of(text, Charset::gsm) == Coding::seven_bit);
}

TEST_CASE("no text has more parts than parts_max, whatever is in it", "[sms]") {
  for (auto const* letter : {"x", "字", "각", "["}) {
    auto m = riot();
    m.mark = "LATIHAN";
    m.place = m.action = "";
    for (int i = 0; i < 20000; ++i) m.action += letter;
    for (int i = 0; i < 10; ++i) m.place += "Kel. Berbas Pantai, ";
    ComposeRules rules;
    rules.parts_max = 16;
    auto const text = compose_sms(m, rules);
    CAPTURE(letter, text);
    CHECK(parts(text) <= 16);
    CHECK(parts(text) >= 15);
    CHECK(text.rfind("LATIHAN SIAGA Unjuk rasa, Kel. Berbas", 0) == 0);
    CHECK(text.find(", 23 Nov 2026 14:30 WITA. ") != std::string::npos);
    CHECK(text.find("... Balas SIAP 4821") != std::string::npos);
  }
  auto m = riot();
  m.kind = MessageKind::notice;
  m.text = std::string(5000, 'x');
  CHECK(parts(compose_sms(m, {})) == 4);
}

TEST_CASE("line breaks and control characters from an alert cannot shape the text", "[sms]") {
  auto m = riot();
  m.place = "Kel.\r\nLok\x07 Tuan\t";
  auto const text = compose_sms(m, {});
  CHECK(text.find("Kel. Lok Tuan, 23 Nov") != std::string::npos);
}

TEST_CASE("an officer who reads English is asked in English", "[sms]") {
  auto m = riot();
  m.language = "en";
  m.reply_hint = "Reply OK 4821 or NO 4821";
  CHECK(compose_sms(m, {}).find("Reply OK 4821/NO 4821") != std::string::npos);
}

}  // namespace siaga::sms
