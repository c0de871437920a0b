#include "protocols/radio/speech/normalise.hpp"

#include <random>
#include "protocols/radio/speech/clean.hpp"

#include "tests/support/catch.hpp"

namespace {

using siaga::radio::clean;
using siaga::radio::normalise;

struct Reading {
  char const* written;
  char const* spoken;
};

void check_all(std::initializer_list<Reading> readings) {
  for (auto const& [written, spoken] : readings) {
    INFO("written: " << written);
    CHECK(normalise(written) == spoken);
  }
}

}  // namespace

TEST_CASE("codes are read digit by digit", "[radio]") {
  check_all({
      {"kode 4821", "kode, empat, delapan, dua, satu"},
      {"Kode: 0572", "kode, nol, lima, tujuh, dua"},
      {"sekitar 4821 orang", "sekitar 4821 orang"},
  });
}

TEST_CASE("telephone numbers are read in groups of digits", "[radio]") {
  check_all({
      {"hubungi 0812-3456-7890",
       "hubungi nol delapan satu dua, tiga empat lima enam, tujuh delapan sembilan nol"},
      {"081234567890", "nol delapan satu dua, tiga empat lima enam, tujuh delapan sembilan nol"},
      {"+62 812 3456 789",
       "enam dua, delapan satu dua, tiga empat lima enam, tujuh delapan sembilan"},
      {"(0548) 21110", "nol lima empat delapan, dua satu satu satu nol"},
      {"hubungi 112", "hubungi satu satu dua"},
      {"Call Center 110 Polri", "Call Center satu satu nol Polri"},
      {"hub. 0548-21110 / 112",
       "hubungi nol lima empat delapan, dua satu satu satu nol, satu satu dua"},
      {"112 orang mengungsi", "112 orang mengungsi"},
  });
}

TEST_CASE("times of day are said with hour, minutes and the zone's full name", "[radio]") {
  check_all({
      {"14:30 WITA", "pukul 14 lewat 30 menit waktu Indonesia tengah"},
      {"pukul 14.30", "pukul 14 lewat 30 menit"},
      {"Pkl. 07:05 WIB", "pukul 7 lewat 5 menit waktu Indonesia barat"},
      {"08.00-10.00 WIB", "pukul 8 sampai pukul 10 waktu Indonesia barat"},
      {"jam 21.15 s/d 22.00", "jam 21 lewat 15 menit sampai pukul 22"},
      {"08:28:31 WIT", "pukul 8 lewat 28 menit waktu Indonesia timur"},
      {"naik 1.50 m", "naik 1,50 meter"},
  });
}

TEST_CASE("dates are said with the month's name", "[radio]") {
  check_all({
      {"23/11/2026", "23 November 2026"},
      {"1-2-2027", "1 Februari 2027"},
      {"2026-11-23", "23 November 2026"},
      {"23 Nov 2026 14:30 WITA", "23 November 2026 pukul 14 lewat 30 menit waktu Indonesia tengah"},
      {"04-Jun-21", "4 Juni 2021"},
      {"23-25 Nov", "23 sampai 25 November"},
      {"H+1 sampai H-2", "ha plus 1 sampai ha minus 2"},
  });
}

TEST_CASE("places are said in full", "[radio]") {
  check_all({
      {"Jl. Ahmad Yani No. 5", "jalan Ahmad Yani nomor 5"},
      {"Jln MT Haryono, Kel. Lok Tuan, Kec. Bontang Utara",
       "jalan em te Haryono, kelurahan Lok Tuan, kecamatan Bontang Utara"},
      {"Gg. Kamboja RT05/RW02", "gang Kamboja er te nol lima er we nol dua"},
      {"RT. 12 RW 3", "er te 12 er we 3"},
      {"Lt. 2 Gd. Auditorium", "lantai 2 gedung Auditorium"},
      {"Km. 12 poros Bontang", "kilometer 12 poros Bontang"},
      {"Blok C", "Blok ce"},
      {"G. Semeru, M. Yamin", "gunung Semeru, em Yamin"},
      {"Air Putih", "a-ir Putih"},
  });
}

TEST_CASE("amounts get their unit's name", "[radio]") {
  check_all({
      {"150 cm", "150 sentimeter"},
      {"radius 3km", "radius 3 kilometer"},
      {"40-60 km/jam", "40 sampai 60 kilometer per jam"},
      {"12 m/s", "12 meter per detik"},
      {"5 ha lahan", "5 hektare lahan"},
      {"200 m2", "200 meter persegi"},
      {"80%", "80 persen"},
      {"34°C", "34 derajat Celsius"},
      {"suhu -5°C", "suhu minus 5 derajat Celsius"},
      {"TMA 2,5 m", "tinggi muka a-ir 2,5 meter"},
      {"M 5,6", "magnitudo 5,6"},
      {"Mag: 8.5 SR", "magnitudo 8,5"},
      {"1.250 jiwa", "1.250 jiwa"},
      {"Rp 1.500.000,-", "1.500.000 rupiah"},
      {"Rp5 juta", "5 juta rupiah"},
      {"007", "nol nol tujuh"},
      {"3-5 orang", "3 sampai 5 orang"},
  });
}

TEST_CASE("acronyms nobody reads as words are spelled, the others are left", "[radio]") {
  check_all({
      {"TNI dan AKP Budi", "te en i dan a ka pe Budi"},
      {"BPBD, BMKG, SPKT", "be pe be de, be em ka ge, es pe ka te"},
      {"RSUD Taman Husada", "er es u de Taman Husada"},
      {"POLRES, KODIM, BRIMOB, SAR", "POLRES, KODIM, BRIMOB, SAR"},
      {"TNI-Polri", "te en i Polri"},
      {"PERINGATAN DINI", "PERINGATAN DINI"},
      {"Siaga II, Siaga I", "Siaga 2, Siaga 1"},
  });
}

TEST_CASE("everyday short forms are said in full", "[radio]") {
  check_all({
      {"jgn masuk krn api blm padam", "jangan masuk karena api belum padam"},
      {"warga yg sdh dievakuasi dgn truk utk ke posko",
       "warga yang sudah dievakuasi dengan truk untuk ke posko"},
      {"Sdr. Ali dll.", "saudara Ali dan lain-lain."},
      {"Mulai 08:28 WIB. Hindari tepi.",
       "Mulai pukul 8 lewat 28 menit waktu Indonesia barat. Hindari tepi."},
      {"dr. Andi dr RSUD", "dokter Andi dari er es u de"},
      {"hati-hati", "hati-hati"},
      {"Jum'at", "Jumat"},
  });
}

TEST_CASE("a number plate is read letter by letter and digit by digit", "[radio]") {
  CHECK(normalise("mobil KT 1234 XY putih") == "mobil ka te, satu, dua, tiga, empat, eks ye putih");
}

TEST_CASE("coordinates are never spoken", "[radio]") {
  check_all({
      {"Titik -5.147665,119.432732 di muara", "Titik di muara"},
      {"koordinat 0.1333, 117.5000", ""},
      {"Lok:10.50LS,114.80 BT, Kdlmn:10Km", "kedalaman, 10 kilometer"},
      {"5°08'51\"S 119°25'57\"E dekat dermaga", "dekat dermaga"},
      {"lat: -0.1333 lon: 117.4987", ""},
  });
}

TEST_CASE("links and mail addresses are never spoken", "[radio]") {
  check_all({
      {"Info https://bit.ly/abc?x=1 segera", "Info segera"},
      {"lihat www.bmkg.go.id, waspada", "lihat waspada"},
      {"kirim ke spkt@polres.example.", "kirim ke"},
      {"magma.esdm.go.id/v1", ""},
  });
}

TEST_CASE("nothing in a text can give the speech program orders", "[radio]") {
  CHECK(clean("awas [[h@l'o]] <speak>api</speak>") == "awas h@l'o speak api /speak");
  CHECK(normalise("[[ka]] kebakaran\x1b[0m\x07") == "ka kebakaran 0 meter");
  CHECK(normalise("\xf0\x9f\x9a\xa8 bahaya \xe4\xb8\xad") == "bahaya");
  CHECK(normalise("rusak \xff\xfe\xc3 parah") == "rusak parah");
  CHECK(normalise(std::string("a\0b", 3)) == "a b");
}

TEST_CASE("whatever comes in, only plain words and commas come out", "[radio]") {
  std::minstd_rand random(23112026);
  std::string_view const pieces[] = {
      "[[", "\x1b[", "08",  ".",         ":",   "-",           "/",        "Jl",
      "RT", "M",     "KT",  "koordinat", "+62", " ",           ",",        "\xc2\xb0",
      "LS", "s",     "d",   "%",         "Rp",  "'",           "kode",     "\xf0\x9f",
      "H",  "23",    "Nov", "www.",      "@",   "12345678901", "e\xcc\x81"};
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (auto count = random() % 12; count > 0; --count)
      text += pieces[random() % std::size(pieces)];
    auto const spoken = normalise(text, 200);
    INFO("from: " << text << "\nto: " << spoken);
    REQUIRE(spoken.size() <= 200);
    REQUIRE(spoken.find_first_of("[]{}<>|\\^`~@/%\x1b") == std::string::npos);
    REQUIRE(normalise(text, 200) == spoken);
  }
}

TEST_CASE("spoken text is bounded and cut between words", "[radio]") {
  auto const long_text = normalise(std::string(20000, '7'));
  CHECK(long_text.size() <= siaga::radio::spoken_chars_max);
  auto const cut = normalise("satu dua tiga empat", 12);
  CHECK(cut == "satu dua");
}
