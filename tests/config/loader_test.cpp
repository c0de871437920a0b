// The whole: sections, channels, order of problems, paths, fingerprints.
#include "tests/config/written.hpp"
#include "tests/support/catch.hpp"

using namespace siaga;
using namespace siaga::config;
using namespace siaga::config::test;

TEST_CASE("a good configuration has no problems and becomes settings", "[config]") {
  Written written;
  written.file("siaga.toml", good_main).file("directory.toml", good_directory);
  auto const loaded = written.load();
  CHECK(written.without_folder(loaded) == "");
  CHECK(loaded.usable());
  auto const& settings = loaded.settings;
  CHECK(settings.gateway.name == "bontang");
  CHECK(settings.gateway.data_dir == written.path("var"));
  CHECK(settings.gateway.directory == std::vector<std::string>{written.path("directory.toml")});
  CHECK(settings.zone.name == "WITA");
  CHECK(settings.zone.offset == std::chrono::hours(8));
  CHECK(settings.section<BrokerSettings>("mqtt").url == "mqtt://127.0.0.1:1883");
  REQUIRE(settings.channels.size() == 3);
  CHECK(settings.channels[0].name.value == "sms");
  CHECK(settings.channels[0].kind == "smpp");
  CHECK(settings.channels[2].name.value == "radio");
}

TEST_CASE("all problems of all files come at once and in order", "[config]") {
  auto main = with(good_main, "name = \"bontang\"", "name = \"Kota Bontang\"\ntimezone = \"x\"");
  main = with(main, "kind = \"smtp\"", "kind = \"smpt\"");
  main = with(main, "policy = \"siaga-1\"", "policy = \"siaga-9\"");
  auto directory = with(good_directory, "+6281200000001", "123");
  directory = with(directory, "members = [\"kabag-ops\"]", "members = [\"kabag\"]");
  Written written;
  written.file("siaga.toml", main).file("directory.toml", directory);
  auto const loaded = written.load();
  CHECK_FALSE(loaded.usable());
  std::vector<std::string> where;
  for (auto const& problem : loaded.problems)
    if (!problem.warning)
      where.push_back(problem.file.substr(problem.file.rfind('/') + 1) + ":" +
                      std::to_string(problem.line));
  CHECK(where == std::vector<std::string>{"siaga.toml:2", "siaga.toml:3", "siaga.toml:12",
                                          "siaga.toml:25", "directory.toml:6",
                                          "directory.toml:22"});
}

TEST_CASE("an unknown section or kind suggests the nearest", "[config]") {
  CHECK_THAT(problems_of(with(good_main, "[mqtt]", "[mqqt]"), good_directory),
             ContainsSubstring("siaga.toml:4:2: unknown key 'mqqt' in the file: did you mean "
                               "'mqtt'?"));
  CHECK_THAT(
      problems_of(with(good_main, "kind = \"smtp\"", "kind = \"sntp\""), good_directory),
      ContainsSubstring("[channel.email] has the unknown kind 'sntp': did you mean 'smtp'?"));
  CHECK_THAT(problems_of(with(good_main, "kind = \"smtp\"\n", ""), good_directory),
             ContainsSubstring("[channel.email] needs 'kind', how it reaches people: add kind = "
                               "\"...\", one of smpp, smtp, voice"));
}

TEST_CASE("the gateway needs its section and a name of one word", "[config]") {
  CHECK_THAT(problems_of(with(good_main, "[gateway]\nname = \"bontang\"\n", ""), good_directory),
             ContainsSubstring("siaga.toml:1:1: [gateway] is missing"));
  CHECK_THAT(problems_of(with(good_main, "\"bontang\"", "\"a/b\""), good_directory),
             ContainsSubstring("siaga.toml:2:8: [gateway] name 'a/b' is not one word"));
}

TEST_CASE("officers in the main file are sent to the directory file", "[config]") {
  CHECK_THAT(problems_of(std::string(good_main) + "[[officer]]\nid = \"x\"\n", good_directory),
             ContainsSubstring("[[officer]] belongs in a directory file"));
}

TEST_CASE("a gateway without channels, agencies or routes is warned about", "[config]") {
  auto const text = problems_of("[gateway]\nname = \"x\"\n", "");
  CHECK_THAT(text, ContainsSubstring("there is no channel"));
  CHECK_THAT(text, ContainsSubstring("there is no agency"));
  CHECK_THAT(text, ContainsSubstring("there is no route"));
}

TEST_CASE("the fingerprint is that of the files one after the other", "[config]") {
  Written written;
  written.file("siaga.toml", "abc");
  CHECK(written.load().settings.hash ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");  // FIPS 180-2, B.1
  written.file("siaga.toml", good_main).file("directory.toml", good_directory);
  auto const before = written.load().settings.hash;
  CHECK(before.size() == 64);
  written.file("directory.toml", std::string(good_directory) + "\n");
  CHECK(written.load().settings.hash != before);
}

TEST_CASE("the fixed fingerprint changes with what a running gateway cannot change", "[config]") {
  auto const fixed = [](std::string const& main, std::string const& directory) {
    Written written;
    written.file("siaga.toml", main).file("directory.toml", directory);
    return written.load().settings.fixed_hash;
  };
  auto const before = fixed(good_main, good_directory);
  CHECK(fixed(with(good_main, "repeat = 2", "repeat = 3"), good_directory) == before);
  CHECK(fixed(with(good_main, "[mqtt]", "# the broker\n[mqtt]"), good_directory) == before);
  CHECK(fixed(good_main, std::string(good_directory) + "\n") == before);
  CHECK(fixed(with(good_main, "[mqtt]", "[mqtt]\nurl = \"x\""), good_directory) != before);
  CHECK(fixed(with(good_main, "[channel.radio]", "[channel.ht]"), good_directory) != before);
}
