// The command line itself: what it takes, and how it ends.
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "gateway/cli/exits.hpp"
#include "gateway/cli/table.hpp"
#include "tests/cli/session.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

using namespace siaga::cli;
using namespace siaga::cli::test;

TEST_CASE("help and version end well", "[cli]") {
  CHECK(session({"--help"}).exit == exit_good);
  CHECK_THAT(session({"--help"}).out, ContainsSubstring("acks"));
  CHECK(session({"version"}).out == "siaga 0.1.0\n");
  CHECK(session({"--version"}).out == "siaga 0.1.0\n");
  CHECK_THAT(session({"acks", "--help"}).out, ContainsSubstring("--officer"));
}

TEST_CASE("a line that cannot be understood ends with 64", "[cli]") {
  for (auto const& line :
       std::vector<std::vector<std::string>>{{},
                                             {"chek"},
                                             {"plan"},
                                             {"alert"},
                                             {"acks", "--format", "xml"},
                                             {"log"},
                                             {"send", "alert.json"},
                                             {"reference", "--example", "--directory"}}) {
    auto const done = session(line);
    INFO(done.err);
    CHECK(done.exit == exit_usage);
    CHECK_FALSE(done.err.empty());
  }
}

TEST_CASE("check prints all problems and ends with 78", "[cli]") {
  siaga::test::TempDir place;
  auto const file = place.path() + "/siaga.toml";
  std::ofstream(file) << "[gateway]\nname = \"x y\"\n[mqtt]\nulr = \"\"\n";
  auto const done = session({"check", "--config", file});
  CHECK(done.exit == exit_bad_config);
  CHECK_THAT(done.out, ContainsSubstring(file + ":2:8: [gateway] name 'x y' is not one word"));
  CHECK_THAT(done.out, ContainsSubstring(file + ":4:1: unknown key 'ulr' in [mqtt]: did you mean "
                                                "'url'?"));
  auto const absent = session({"check", "--config", place.path() + "/none.toml"});
  CHECK(absent.exit == exit_bad_config);
  CHECK_THAT(absent.out, ContainsSubstring("cannot read this file"));
}

TEST_CASE("check finds what only the parts themselves can judge, where it is written", "[cli]") {
  siaga::test::TempDir place;
  auto const file = place.path() + "/siaga.toml";
  std::ofstream(place.path() + "/directory.toml") << "";
  std::ofstream(file) << "[gateway]\nname = \"x\"\n[mqtt]\nurl = \"http://broker\"\n"
                      << "[channel.radio]\nkind = \"voice\"\nsink = \"tape:1\"\n";
  auto const done = session({"check", "--config", file});
  CHECK(done.exit == exit_bad_config);
  CHECK_THAT(done.out, ContainsSubstring(file + ":4:7: [mqtt] "));
  CHECK_THAT(done.out, ContainsSubstring(file + ":7:8: [channel.radio] sink"));
}

TEST_CASE("check refuses alerts longer than the broker's packets, wrapped ones among them",
          "[cli]") {
  siaga::test::TempDir place;
  auto const file = place.path() + "/siaga.toml";
  std::ofstream(place.path() + "/directory.toml") << "";
  auto const checked = [&](std::string const& cap, std::string const& mqtt) {
    std::ofstream(file) << "[gateway]\nname = \"x\"\n[mqtt]\n" + mqtt + "[cap]\n" + cap;
    return session({"check", "--config", file});
  };
  CHECK(checked("", "").exit == exit_good);
  auto const long_alerts = checked("bytes_max = 700000\n", "");
  CHECK(long_alerts.exit == exit_bad_config);
  CHECK_THAT(long_alerts.out, ContainsSubstring(file + ":5:13: [cap] bytes_max = 700000"));
  CHECK_THAT(long_alerts.out, ContainsSubstring("[mqtt] packet_bytes_max is 1048576"));
  CHECK(checked("bytes_max = 700000\n", "packet_bytes_max = 1060000\n").exit == exit_good);
  CHECK(checked("", "packet_bytes_max = 393216\n").exit == exit_bad_config);
}

TEST_CASE("check judges where browsers are listened for and sent to", "[cli]") {
  siaga::test::TempDir place;
  auto const file = place.path() + "/siaga.toml";
  std::ofstream(place.path() + "/directory.toml") << "";
  std::ofstream(file) << "[gateway]\nname = \"x\"\n[mqtt]\nurl = \"http://broker\"\n"
                      << "[http]\nlisten = \"localhost:1\"\npublic_url = \"somewhere\"\n";
  auto const checked = session({"check", "--config", file});
  CHECK(checked.exit == exit_bad_config);
  CHECK_THAT(checked.out, ContainsSubstring(file + ":6:10: [http] listen"));
  std::ofstream(file) << "[gateway]\nname = \"x\"\n[http]\npublic_url = \"somewhere\"\n";
  CHECK_THAT(session({"check", "--config", file}).out,
             ContainsSubstring(file + ":4:14: [http] public_url"));
}

TEST_CASE("a question needs no more of the file than [gateway]", "[cli]") {
  siaga::test::TempDir place;
  auto const file = place.path() + "/siaga.toml";
  std::ofstream(file) << "[gateway]\nname = \"x\"\n[mqtt]\nulr = \"\"\n";
  CHECK(session({"alerts", "--config", file}).exit == exit_unknown);  // no store, and nothing else
  std::ofstream(file) << "[gateway]\nname = \"x y\"\n";
  CHECK(session({"alerts", "--config", file}).exit == exit_bad_config);
}

TEST_CASE("SIAGA_CONFIG names the file when --config does not", "[cli]") {
  ::setenv("SIAGA_CONFIG", "/nowhere/of/the/environment.toml", 1);
  CHECK_THAT(session({"check"}).out, ContainsSubstring("/nowhere/of/the/environment.toml:1:1:"));
  CHECK_THAT(session({"check", "--config", "/other.toml"}).out,
             ContainsSubstring("/other.toml:1:1:"));
  ::unsetenv("SIAGA_CONFIG");
  CHECK_THAT(session({"check"}).out, ContainsSubstring("siaga.toml"));
}

TEST_CASE("a question before the gateway has ever run is answered with what to do", "[cli]") {
  siaga::test::TempDir place;
  auto const file = place.path() + "/siaga.toml";
  std::ofstream(place.path() + "/directory.toml") << "";
  std::ofstream(file) << "[gateway]\nname = \"x\"\n";
  for (std::string const word : {"alerts", "acks"}) {
    auto const done = session({word, "--config", file});
    CHECK(done.exit == exit_unknown);
    CHECK_THAT(done.err, ContainsSubstring(place.path() + "/var"));
  }
  CHECK_FALSE(std::filesystem::exists(place.path() + "/var"));
}

TEST_CASE("--since takes no nonsense", "[cli]") {
  auto const done =
      session({"acks", "--since", "yesterday", "--config", source("config/bontang/siaga.toml")});
  CHECK(done.exit == exit_usage);
  CHECK_THAT(done.err, ContainsSubstring("'yesterday' is no time: write"));
}
