// The command line itself: what it takes, and how it ends.
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "gateway/cli/exits.hpp"
#include "gateway/views/table.hpp"
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

// A gateway with which nothing is wrong, and `more`.
std::string careful(siaga::test::TempDir const& place, std::string const& more) {
  auto const file = place.path() + "/siaga.toml";
  std::ofstream(place.path() + "/directory.toml")
      << "[[officer]]\nid = \"ops\"\nname = \"Ops\"\nagency = \"polres\"\nsms = "
         "\"+6281200000001\"\n"
         "email = \"ops@kota.example\"\n[[team]]\nid = \"ops\"\nmembers = [\"ops\"]\n";
  std::ofstream(file)
      << "gateway = { name = \"x\" }\n"
      << more
      << "\n[channel.sms]\nkind = \"smpp\"\nhost = \"127.0.0.1\"\nsystem_id = \"x\"\n"
         "source = \"SIAGA\"\n[channel.email]\nkind = \"smtp\"\nfrom = \"x@kota.example\"\n"
         "[[agency]]\nid = \"polres\"\nname = \"P\"\nsenders = [\"x\"]\nmay = {}\n"
         "[[route]]\npolicy = \"p\"\n[[policy]]\nid = \"p\"\nsteps = [ { after = \"0s\","
         " teams = [\"ops\"], channels = [\"sms\"] } ]\n";
  return file;
}

constexpr char ops[] = "[incidents]\nteams = [\"ops\"]\nchannels = [\"sms\", \"email\"]\n";

TEST_CASE("check warns of what works and is not careful; --strict fails for it", "[cli]") {
  siaga::test::TempDir place;
  auto const secret = place.path() + "/secret";
  std::ofstream(secret) << "x\n";
  std::filesystem::permissions(secret, std::filesystem::perms(0644));
  struct Case {
    std::string more, warning;
  };
  auto const one = GENERATE_COPY(values<Case>({
      {"[mqtt]\nurl = \"mqtt://broker.kota.example\"\n",
       ":3:7: warning: [mqtt] url: alerts and receipts"},
      {"[http]\nlisten = \"0.0.0.0:8080\"\nprobes = \"127.0.0.1:9464\"\n",
       ":3:10: warning: [http] listen: answer pages"},
      {"[http]\npublic_url = \"http://siaga.kota.example\"\n", ":3:14: warning: [http] public_url"},
      {"[channel.a]\nkind = \"smpp\"\nhost = \"10.0.0.9\"\nsystem_id = \"x\"\nsource = \"1\"\n",
       ":4:8: warning: [channel.a] host: texts and the password"},
      {"[channel.a]\nkind = \"smtp\"\nurl = \"smtp://mail.kota.example\"\nfrom = \"x@y.example\"\n",
       ":4:7: warning: [channel.a] url: mail, where the server offers no STARTTLS"},
      {"[channel.a]\nkind = \"voice\"\nsink = \"rtp:239.1.2.3:5004\"\n",
       ":4:8: warning: [channel.a] sink: speech"},
      {"[channel.a]\nkind = \"voice\"\nptt = \"rigctld:10.0.0.7:4532\"\n",
       ":4:7: warning: [channel.a] ptt: the transmitter's key"},
  }));
  auto const file = careful(place, one.more + ops);
  INFO(one.more);
  auto const done = session({"check", "--config", file});
  CHECK(done.exit == exit_good);
  CHECK_THAT(done.out, ContainsSubstring(file + one.warning));
  CHECK_THAT(done.out, ContainsSubstring("good, 1 warning;"));
  CHECK(session({"check", "--strict", "--config", file}).exit == exit_bad_config);
  auto trusted = one.more + "private_link = true\n";
  CHECK(session({"check", "--strict", "--config", careful(place, trusted + ops)}).exit ==
        exit_good);
}

TEST_CASE("check warns of a mail server nobody verifies, whatever the wire", "[cli]") {
  siaga::test::TempDir place;
  auto const file = careful(place,
                            "[channel.a]\nkind = \"smtp\"\nurl = \"smtps://mail.kota.example\"\n"
                            "from = \"x@y.example\"\nverify = false\nprivate_link = true\n" +
                                std::string(ops));
  CHECK_THAT(
      session({"check", "--config", file}).out,
      ContainsSubstring(":6:10: warning: [channel.a] verify: the mail server is not verified"));
}

TEST_CASE("check warns of secrets that others can read, and of no others", "[cli]") {
  siaga::test::TempDir place;
  auto const secret = place.path() + "/secret";
  std::ofstream(secret) << "x\n";
  auto const mode = GENERATE(0644, 0640);
  std::filesystem::permissions(secret, std::filesystem::perms(mode));
  auto const file =
      careful(place,
              "[mqtt]\nusername = \"x\"\npassword_file = \"secret\"\n[channel.a]\nkind = \"modem\""
              "\ndevice = \"/dev/null\"\npin_file = \"secret\"\n" +
                  std::string(ops));
  auto const out = session({"check", "--config", file}).out;
  INFO(out);
  for (auto const* warning : {":4:17: warning: [mqtt] password_file names ",
                              ":8:12: warning: [channel.a] pin_file names "})
    CHECK((out.find(warning) != std::string::npos) == (mode == 0644));
}

TEST_CASE("check warns of agencies without keys when any has one", "[cli]") {
  siaga::test::TempDir place;
  auto const other =
      std::string("[[agency]]\nid = \"bpbd\"\nname = \"B\"\nsenders = [\"y\"]\n") + "may = {}\n";
  auto const key =
      "keys = [ { id = \"b\", public = \"11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\" } ]\n";
  CHECK(session({"check", "--strict", "--config", careful(place, other + ops)}).exit == exit_good);
  auto const done = session({"check", "--config", careful(place, other + key + ops)});
  CHECK_THAT(done.out, ContainsSubstring("agency 'polres' has no keys, though others have"));
  CHECK_THAT(done.out, ContainsSubstring("good, 1 warning;"));
}

TEST_CASE("check warns when incidents reach nobody, and refuses a team or channel there is not",
          "[cli]") {
  siaga::test::TempDir place;
  auto const said = [&](std::string const& more) {
    return session({"check", "--config", careful(place, more)});
  };
  CHECK_THAT(said("").out, ContainsSubstring("nobody hears of the gateway's own troubles"));
  CHECK(said("").exit == exit_good);
  CHECK_THAT(said("[incidents]\nteams = [\"ops\"]\nchannels = [\"sms\"]\n").out,
             ContainsSubstring(":4:12: warning: [incidents] names one channel"));
  auto const no_team = said("[incidents]\nteams = [\"opd\"]\nchannels = [\"sms\", \"email\"]\n");
  CHECK(no_team.exit == exit_bad_config);
  CHECK_THAT(no_team.out, ContainsSubstring(":3:9: [incidents] teams names 'opd'") &&
                              ContainsSubstring("did you mean 'ops'?"));
  CHECK_THAT(said("[channel.radio]\nkind = \"voice\"\n[incidents]\nteams = [\"ops\"]\n"
                  "channels = [\"sms\", \"radio\"]\n")
                 .out,
             ContainsSubstring("'radio', which speaks to all who listen"));
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
