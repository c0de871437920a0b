// What agencies may do beyond `may`: parents, limits, keys, districts; and the levels' words.
#include "tests/config/written.hpp"
#include "tests/support/catch.hpp"

using namespace siaga;
using namespace siaga::config;
using namespace siaga::config::test;

namespace {

constexpr char const* public_key = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";  // RFC 8032, 7.1

// `more` stands in [[agency]] polres.
std::string with_agency_key(std::string const& more) {
  return with(good_main, "senders = [", more + "\nsenders = [");
}

Loaded loaded_with(std::string const& main, std::string const& directory = good_directory) {
  Written written;
  written.file("siaga.toml", main).file("directory.toml", directory);
  return written.load();
}

std::string problems_with(std::string const& more) {
  return problems_of(with_agency_key(more), good_directory);
}

constexpr char const* two_areas = R"(
[[area]]
code = "64.74.01"
name = "Bontang Utara"

[[area]]
code = "64.74.01.1003"
name = "Lok Tuan"
outline = ["0.15,117.47 0.15,117.48 0.17,117.48 0.17,117.47 0.15,117.47"]
)";

}  // namespace

TEST_CASE("an agency's parents and children are known from `parent`", "[config]") {
  auto main = with_agency_key("parent = \"kesbangpol\"") +
              "[[agency]]\nid = \"kesbangpol\"\nname = \"Kesbangpol\"\nparent = \"kota\"\n"
              "[[agency]]\nid = \"kota\"\nname = \"Wali Kota\"\n";
  auto const loaded = loaded_with(main);
  REQUIRE(loaded.usable());
  auto const& grants = loaded.settings.grants;
  CHECK(grants.of(AgencyId("polres"))->parents ==
        std::vector<AgencyId>{AgencyId("kesbangpol"), AgencyId("kota")});
  CHECK(grants.of(AgencyId("kota"))->children.size() == 2);
  CHECK(grants.of(AgencyId("polres"))->children.empty());
}

TEST_CASE("a parent that is not there or goes round in circles is refused", "[config]") {
  CHECK_THAT(problems_with("parent = \"polress\""),
             ContainsSubstring("unknown agency 'polress' in agency 'polres': did you mean"));
  CHECK_THAT(problems_with("parent = \"polres\""),
             ContainsSubstring("agency 'polres' stands above itself"));
}

TEST_CASE("limits of an agency become its allowance", "[config]") {
  auto const loaded =
      loaded_with(with_agency_key("recipients_max = 500\nrate_per_s = 0.5\nburst = 20\n"
                                  "answers_per_s = 5\nanswers_burst = 50"));
  auto const* grant = loaded.settings.grants.of(AgencyId("polres"));
  REQUIRE(grant != nullptr);
  CHECK(grant->recipients_max == 500);
  CHECK(grant->allowance.per_s == 0.5);
  CHECK(grant->allowance.burst == 20);
  CHECK(grant->answers.per_s == 5);
  CHECK(grant->answers.burst == 50);
  CHECK_FALSE(
      loaded_with(good_main).settings.grants.of(AgencyId("polres"))->recipients_max.has_value());
}

TEST_CASE("keys are read with their periods", "[config]") {
  auto const loaded = loaded_with(
      with_agency_key("keys = [ { id = \"polres-1\", public = \"" + std::string(public_key) +
                      "\", until = \"2027-01-01T00:00:00+08:00\", revoked = true } ]"));
  REQUIRE(loaded.usable());
  auto const& keys = loaded.settings.grants.of(AgencyId("polres"))->signers.keys;
  REQUIRE(keys.size() == 1);
  CHECK(keys[0].id == "polres-1");
  CHECK(keys[0].public_key.size() == 32);
  CHECK(keys[0].public_key.starts_with("\xd7\x5a\x98"));
  CHECK_FALSE(keys[0].from.has_value());
  CHECK(keys[0].until.has_value());
  CHECK(keys[0].revoked);
}

TEST_CASE("a key that is none, ends before it begins or stands twice is refused", "[config]") {
  CHECK_THAT(problems_with("keys = [ { id = \"a\", public = \"abc\" } ]"),
             ContainsSubstring("agency 'polres' key 'a' is no Ed25519 public key"));
  std::string const key = "{ id = \"a\", public = \"" + std::string(public_key) + "\"";
  CHECK_THAT(problems_with("keys = [ " + key +
                           ", from = \"2027-01-01T00:00:00Z\", until = \"2026-01-01T00:00:00Z\" "
                           "} ]"),
             ContainsSubstring("ends before it begins"));
  CHECK_THAT(problems_with("keys = [ " + key + ", until = \"soon\" } ]"),
             ContainsSubstring("'soon' is no time"));
  CHECK_THAT(problems_with("keys = [ " + key + " }, " + key + " } ]"),
             ContainsSubstring("is listed twice"));
}

TEST_CASE("a certificate file must be there and hold one", "[config]") {
  CHECK_THAT(problems_with("certificates = [\"not-there.pem\"]"),
             ContainsSubstring("not-there.pem"));
  CHECK_THAT(problems_with("certificates = [\"directory.toml\"]"),
             ContainsSubstring("holds no certificate"));
}

TEST_CASE("districts are listed in a directory file", "[config]") {
  auto const loaded = loaded_with(good_main, std::string(good_directory) + two_areas);
  REQUIRE(loaded.usable());
  auto const& places = loaded.settings.grants.places;
  REQUIRE(places != nullptr);
  CHECK(places->knows("64.74.01.1003"));
  CHECK(places->knows("64.74"));
  CHECK_FALSE(places->knows("64.74.02"));
  CHECK(loaded_with(good_main).settings.grants.places == nullptr);
}

TEST_CASE("a district that is none, stands twice or has a crooked outline is refused", "[config]") {
  auto const problems = [](std::string const& old, std::string const& fresh) {
    return problems_of(good_main, good_directory + with(two_areas, old, fresh));
  };
  CHECK_THAT(problems("64.74.01\"", "6474\""), ContainsSubstring("is no Kemendagri code"));
  CHECK_THAT(problems("64.74.01\"", "64.74.01.1003\""), ContainsSubstring("is listed twice"));
  CHECK_THAT(problems(" 0.15,117.47\"", "\""), ContainsSubstring("that is no polygon"));
  CHECK_THAT(problems("0.15,117.48 0.17,117.48 0.17,117.47", "0.17,117.48 0.17,117.47 0.15,117.48"),
             ContainsSubstring("that is no polygon"));
}

TEST_CASE("an agency's area that no district lies in is warned about", "[config]") {
  auto const main = with(good_main, "areas = [\"64.74\"]", "areas = [\"64.75\"]");
  CHECK_THAT(problems_of(main, std::string(good_directory) + two_areas),
             ContainsSubstring("warning: no [[area]] of a directory file lies in '64.75'"));
}

TEST_CASE("levels of one's own replace the customary ones", "[config]") {
  auto const loaded =
      loaded_with(std::string(good_main) +
                  "[[level]]\nword = \"AWAS\"\nlabel = \"SIAGA 1 (AWAS)\"\nurgency = "
                  "[\"Immediate\"]\n");
  REQUIRE(loaded.usable());
  Info info;
  info.urgency = Urgency::immediate;
  CHECK(loaded.settings.levels.label_of(info) == "SIAGA 1 (AWAS)");
  info.urgency = Urgency::past;
  CHECK(loaded.settings.levels.label_of(info) == "INFO");
}

TEST_CASE("a number never stands without its word", "[config]") {
  CHECK_THAT(
      problems_of(std::string(good_main) + "[[level]]\nword = \"AWAS\"\nlabel = \"SIAGA 1\"\n",
                  good_directory),
      ContainsSubstring("label 'SIAGA 1' does not hold its word AWAS"));
}

TEST_CASE("a channel of any kind can be public", "[config]") {
  auto const loaded =
      loaded_with(with(good_main, "kind = \"voice\"", "kind = \"voice\"\npublic = true"));
  REQUIRE(loaded.usable());
  for (auto const& channel : loaded.settings.channels)
    CHECK(channel.is_public == (channel.name.value == "radio"));
  CHECK_THAT(problems_of(with(good_main, "kind = \"voice\"", "kind = \"voice\"\npublik = true"),
                         good_directory),
             ContainsSubstring("unknown key 'publik' in [channel.radio]: did you mean 'public'?"));
}

TEST_CASE("a channel names the one that stands by for it", "[config]") {
  auto const second =
      std::string(good_main) + "[channel.cadangan]\nkind = \"smpp\"\nhost = \"127.0.0.1\"\n";
  auto const with_standby = [&](std::string const& text) {
    return with(second, "[channel.email]", text + "\n\n[channel.email]");
  };
  auto const loaded = loaded_with(with_standby("standby = \"cadangan\"\nstandby_after = \"10s\""));
  REQUIRE(loaded.usable());
  auto const sms = std::ranges::find(loaded.settings.channels, ChannelName("sms"),
                                     &config::ChannelSettings::name);
  REQUIRE(sms != loaded.settings.channels.end());
  CHECK(sms->standby == ChannelName("cadangan"));
  CHECK(sms->standby_after == std::chrono::seconds(10));
  auto const problems = [&](std::string const& text) {
    return problems_of(with_standby(text), good_directory);
  };
  CHECK_THAT(problems("standby = \"cadagan\""), ContainsSubstring("did you mean 'cadangan'?"));
  CHECK_THAT(problems("standby = \"sms\""), ContainsSubstring("cannot be its own standby"));
  CHECK_THAT(problems("standby = \"radio\""), ContainsSubstring("by another address"));
  CHECK_THAT(problems_of(with(with_standby("standby = \"cadangan\""), "[channel.cadangan]\n",
                              "[channel.cadangan]\npublic = true\n"),
                         good_directory),
             ContainsSubstring("a public channel cannot stand by"));
}

TEST_CASE("an agency's hosts are names, written in any case", "[config]") {
  auto const loaded = loaded_with(with_agency_key("hosts = [\"BontangKota.example\"]"));
  CHECK(loaded.usable());
  CHECK(loaded.settings.grants.of(AgencyId("polres"))->hosts == Hosts{"bontangkota.example"});
  for (std::string const wrong :
       {"https://bontangkota.example", "example", "*.bontang.example", ""})
    CHECK_THAT(problems_with("hosts = [\"" + wrong + "\"]"),
               ContainsSubstring("'" + wrong + "' is no host name"));
}

TEST_CASE("a problem shows what stands in the file and obeys none of it", "[config]") {
  auto const text = problems_with("\"na\u202Eme\u009b\" = 1");
  CHECK_THAT(text, ContainsSubstring("na\\u202Eme\\u009B"));
  CHECK_THAT(text, !ContainsSubstring("\u202E"));
}
