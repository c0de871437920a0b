#include "gateway/domain/sentence.hpp"

#include "tests/support/catch.hpp"

using namespace siaga;

TEST_CASE("the first sentence ends at its full stop", "[domain]") {
  CHECK(first_sentence("Merapat ke titik kumpul. Hindari konfrontasi.") ==
        "Merapat ke titik kumpul");
  CHECK(first_sentence("Evakuasi segera! Jauhi pagar.") == "Evakuasi segera!");
  CHECK(first_sentence("Tanpa titik") == "Tanpa titik");
  CHECK(first_sentence("Siaga 24 jam. Jauhi lokasi.") == "Siaga 24 jam");
  CHECK(first_sentence("Jauhi radius 3 km. 2 regu merapat.") == "Jauhi radius 3 km");
  CHECK(first_sentence("  \n ").empty());
  CHECK(first_sentence("...").empty());
}

TEST_CASE("abbreviations, numbers and initials do not end a sentence", "[domain]") {
  CHECK(first_sentence("Merapat ke Kel. Lok Tuan. Lapor.") == "Merapat ke Kel. Lok Tuan");
  CHECK(first_sentence("Jaga Jl. M.H. Thamrin No. 5, RT. 02. Lapor.") ==
        "Jaga Jl. M.H. Thamrin No. 5, RT. 02");
  CHECK(first_sentence("Jauhi radius 2.5 km. Lapor.") == "Jauhi radius 2.5 km");
  CHECK(first_sentence("1. Tutup gerbang. 2. Evakuasi.") == "1. Tutup gerbang");
  CHECK(first_sentence("Erupsi G. Sinabung. Lapor.") == "Erupsi G. Sinabung");
  CHECK(first_sentence("Pasokan air dsb. tersedia di posko. Lapor.") ==
        "Pasokan air dsb. tersedia di posko");
  CHECK(first_sentence("Laporkan ke RT. Tutup pagar.") == "Laporkan ke RT");
}

TEST_CASE("a blank line ends a sentence, a wrapped line does not", "[domain]") {
  CHECK(first_sentence("Merapat ke titik\n  kumpul\n\nHindari massa") == "Merapat ke titik kumpul");
  CHECK(first_sentence("\n\nMerapat\r\n\r\nLapor") == "Merapat");
}
