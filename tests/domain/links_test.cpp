#include "gateway/domain/links.hpp"

#include "tests/support/catch.hpp"

using namespace siaga;

namespace {

Hosts const hosts = {"bontangkota.example"};

std::string web(std::string_view address) {
  return link_or_words(address, hosts);
}
std::string contact(std::string_view text) {
  return without_foreign_links(text, hosts, Bare::any);
}
std::string prose(std::string_view text) {
  return without_foreign_links(text, hosts, Bare::well_known);
}

}  // namespace

TEST_CASE("a link to a listed host, or to one below it, stays whole", "[links]") {
  for (auto const* link :
       {"https://bontangkota.example", "https://bontangkota.example/banjir?id=5#peta",
        "http://www.bontangkota.example/x", "HTTPS://BPBD.Bontangkota.Example:8443/x",
        "bontangkota.example/banjir", "https://bontangkota.example./x"}) {
    CHECK(web(link) == link);
    CHECK(contact(link) == link);
    CHECK(prose(std::string("Lihat ") + link + ".") == std::string("Lihat ") + link + ".");
  }
}

TEST_CASE("a link to another host is plain words without scheme and path", "[links]") {
  CHECK(web("https://bit.ly/3xYz") == "bit(.)ly");
  CHECK(web("http://www.jahat.example/a?b=c") == "www(.)jahat(.)example");
  CHECK(contact("Info: https://bit.ly/3xYz.") == "Info: bit(.)ly.");
  CHECK(prose("Baca (https://jahat.example/x), lalu kumpul.") ==
        "Baca (jahat(.)example), lalu kumpul.");
  CHECK(prose("Baca:https://jahat.example/x") == "Baca:jahat(.)example");
  CHECK(web("https://10.0.0.1/x") == "10(.)0(.)0(.)1");
}

TEST_CASE("a name that only looks like a listed host is another host", "[links]") {
  CHECK(web("https://xbontangkota.example/") == "xbontangkota(.)example");
  CHECK(web("https://bontangkota.example.jahat.example/") ==
        "bontangkota(.)example(.)jahat(.)example");
  CHECK(contact("https://bontangkota.example@jahat.example/") == "jahat(.)example");
  CHECK(contact("https://jahat.example\\@bontangkota.example/") == "jahat(.)example");
  CHECK(contact("https://jahat.example/https://bontangkota.example") == "jahat(.)example");
  CHECK(contact("https://bontangkota.example/,https://jahat.example") ==
        "https://bontangkota.example/,jahat(.)example");
  CHECK(contact("ftp://bontangkota.example/x") == "bontangkota(.)example");
  CHECK(contact("https://jahat\u3002example/x") == "jahat(.)example");
  CHECK(contact("https://bontangkot\u0430.example/x") == "bontangkot\u0430(.)example");
}

TEST_CASE("without a scheme an address is none either", "[links]") {
  CHECK(web("jahat.example/x") == "jahat(.)example");
  CHECK(contact("wa.me/62812") == "wa(.)me/62812");
  CHECK(contact("kontak.jahat.zip") == "kontak(.)jahat(.)zip");
  CHECK(prose("Buka jahat.com segera.") == "Buka jahat(.)com segera.");
  CHECK(prose("WWW.jahat.aneh") == "WWW(.)jahat(.)aneh");
}

TEST_CASE("an address is found in whatever it hides", "[links]") {
  CHECK(prose("a,jahat.com;b") == "a,jahat(.)com;b");
  CHECK(prose("a(jahat.com)") == "a(jahat(.)com)");
  CHECK(prose("x=jahat.com&y") == "x=jahat(.)com&y");
  CHECK(prose("baca/jahat.com") == "baca/jahat(.)com");
  CHECK(prose("jahat.com:https://bontangkota.example/x") ==
        "jahat(.)com:https://bontangkota.example/x");
  CHECK(contact("a@jahat.example/x") == "a@jahat(.)example/x");
}

TEST_CASE("what only looks like an address in prose is left alone", "[links]") {
  for (auto const* text :
       {"Jl.Sudirman No.5 RT.03", "pukul 14.30 WITA, 3.5 km", "Kec.Utara/Selatan", "a.n. Budi S.H.",
        "Kel. Lok Tuan...", "", "50.000 orang", "Rp.10.000.000"})
    CHECK(prose(text) == text);
}

TEST_CASE("telephone numbers and mail addresses of a contact stay, without a scheme", "[links]") {
  CHECK(contact("SPKT 0548-21110, spkt@polres-bontang.example") ==
        "SPKT 0548-21110, spkt@polres-bontang.example");
  CHECK(contact("mailto:spkt@polres.example tel:110") == "spkt@polres.example 110");
  CHECK(web("tel:110") == "110");
  CHECK(web("javascript:alert(1)") == "alert(1)");
  CHECK(web("data:text/html,jahat.example") == "text/html,jahat(.)example");
}

TEST_CASE("without a list no address stays", "[links]") {
  CHECK(link_or_words("https://polres.example/x", {}) == "polres(.)example");
}

TEST_CASE("a host name has a dot and nothing else beside letters, digits and hyphens", "[links]") {
  for (auto const* name : {"bontangkota.example", "xn--bcher-kva.example", "a-b.c.id"})
    CHECK(is_host_name(name));
  for (auto const* name : {"", "id", "https://a.id", "a.id/x", "*.a.id", "a..id", ".a.id", "a.id.",
                           "a_b.id", "-a.id", "10.0.0.1", "A.id", "a b.id"})
    CHECK_FALSE(is_host_name(name));
}
