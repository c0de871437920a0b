#include "protocols/radio/speech/announcement.hpp"

#include "tests/radio/samples.hpp"
#include "tests/support/catch.hpp"

namespace {
using namespace siaga;
using radio::spoken_text;
using radio::test::an_alert;

radio::AnnouncementStyle const style{"SIAGA BONTANG", "", 2};
}  // namespace

TEST_CASE("an alert is said twice, in the order an officer writes it down", "[radio]") {
  auto const texts = spoken_text(an_alert(), style);
  REQUIRE(texts.size() == 2);
  CHECK(texts[0] ==
        "Perhatian, perhatian. Di sini Siaga Bontang. Peringatan, siaga, dari Polres Bontang. "
        "Unjuk rasa. Tempat, kelurahan Lok Tuan. Waktu, 23 November, pukul 14 lewat 30 menit waktu "
        "Indonesia tengah. Tindakan, Merapat ke titik kumpul. Kode, empat, delapan, dua, satu. "
        "Sekali lagi, kode, empat, delapan, dua, satu.");
  CHECK_THAT(texts[1], ContainsSubstring("Kami ulangi. Peringatan, siaga"));
  CHECK_THAT(texts[1], ContainsSubstring("Demikian, Siaga Bontang, selesai."));
}

TEST_CASE("an exercise says so before anything else, each time, and at the end", "[radio]") {
  auto message = an_alert();
  message.mark = "LATIHAN";
  for (auto const& text : spoken_text(message, style))
    CHECK(text.starts_with("Latihan, latihan, latihan. "));
  CHECK_THAT(spoken_text(message, style)[1], ContainsSubstring("Ini latihan."));
  message.mark = "UJI COBA";
  CHECK(spoken_text(message, style)[0].starts_with("Uji coba, uji coba, uji coba. Perhatian"));
}

TEST_CASE("a cancellation says what ended and asks for nothing", "[radio]") {
  auto message = an_alert();
  message.kind = MessageKind::cancel;
  message.title = "PEMBATALAN";
  auto const text = spoken_text(message, style)[0];
  CHECK_THAT(text,
             ContainsSubstring(
                 "Pembatalan. Peringatan Unjuk rasa, kelurahan Lok Tuan, dinyatakan berakhir."));
  CHECK(text.find("Tindakan") == std::string::npos);
  CHECK(text.find("Kode") == std::string::npos);
}

TEST_CASE("a closing message is said once, its mark first and only once", "[radio]") {
  auto message = an_alert();
  message.kind = MessageKind::closing;
  message.mark = "LATIHAN";
  message.text = "LATIHAN Unjuk rasa Kel. Lok Tuan sudah ditangani oleh Kabag Ops.";
  auto const texts = spoken_text(message, style);
  REQUIRE(texts.size() == 1);
  CHECK(
      texts[0] ==
      "Latihan, latihan, latihan. Informasi. Di sini Siaga Bontang. Unjuk rasa kelurahan Lok Tuan "
      "sudah ditangani oleh Kabag Ops. Ini latihan. Demikian, Siaga Bontang, selesai.");
}

TEST_CASE("the code of a closing message is named and read digit by digit", "[radio]") {
  auto message = an_alert();
  message.kind = MessageKind::closing;
  message.text = "Sudah ditangani oleh Kabag Ops: Kebakaran, Jl. Bhayangkara (5724).";
  CHECK_THAT(spoken_text(message, style)[0],
             ContainsSubstring("jalan Bhayangkara, kode, lima, tujuh, dua, empat."));
  message.text = "Banjir besar (2025) tidak terulang.";
  CHECK_THAT(spoken_text(message, style)[0], ContainsSubstring("Banjir besar, 2025, tidak"));
}

TEST_CASE("however long the instruction, the code is said whole", "[radio]") {
  auto message = an_alert();
  for (int i = 0; i < 200; ++i) message.action += " jauhi lokasi";
  auto const text = spoken_text(message, style)[0];
  CHECK_THAT(text, ContainsSubstring("Sekali lagi, kode, empat, delapan, dua, satu."));
  CHECK(text.size() < 1000);
}

TEST_CASE("the answer hint is said only when there is a code to answer with", "[radio]") {
  radio::AnnouncementStyle hinting = style;
  hinting.answer_hint = "Jawab lewat SMS, siap dan kode ini";
  auto message = an_alert();
  CHECK_THAT(spoken_text(message, hinting)[0], ContainsSubstring("Jawab lewat es em es, siap"));
  message.code.clear();
  CHECK(spoken_text(message, hinting)[0].find("Jawab") == std::string::npos);
}
