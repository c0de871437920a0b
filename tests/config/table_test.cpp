// What a table may hold, and what is said when it does not.
#include "tests/config/written.hpp"
#include "tests/support/catch.hpp"

using namespace siaga::config;
using namespace siaga::config::test;
using namespace std::chrono_literals;

namespace {

// The problems of [channel.sms] with these lines in it; the first of them is line 9.
std::string sms_problems(std::string const& lines) {
  return problems_of(with(good_main, "host = \"127.0.0.1\"\n", "host = \"127.0.0.1\"\n" + lines),
                     good_directory);
}

}  // namespace

TEST_CASE("every type of setting is read as it is written", "[config]") {
  Written written;
  written.file("siaga.toml",
               with(good_main, "host = \"127.0.0.1\"\n",
                    "host = \"smsc.example\"\nport = 2776\ngain = 1\nloud = true\n"
                    "patience = \"45s\"\nhosts = [\"a\", \"b\"]\nmode = \"harsh\"\n"));
  written.file("directory.toml", good_directory);
  auto const loaded = written.load();
  REQUIRE(written.without_folder(loaded) == "");
  auto const& sms = std::any_cast<LinkSettings const&>(loaded.settings.channels.at(0).settings);
  CHECK(sms.host == "smsc.example");
  CHECK(sms.port == 2776);
  CHECK(sms.gain == 1.0);
  CHECK(sms.loud);
  CHECK(sms.patience == 45s);
  CHECK(sms.hosts == std::vector<std::string>{"a", "b"});
  CHECK(sms.mode == "harsh");
}

TEST_CASE("an unknown key is an error that suggests the nearest", "[config]") {
  CHECK(sms_problems("prot = 1\n") ==
        "siaga.toml:9:1: unknown key 'prot' in [channel.sms]: did you mean 'port'?\n");
  CHECK_THAT(sms_problems("zzzzzzzz = 1\n"), ContainsSubstring("known keys: host, port"));
}

TEST_CASE("a value of the wrong type names the type it should have", "[config]") {
  CHECK(sms_problems("port = \"2775\"\n") ==
        "siaga.toml:9:8: [channel.sms] port is text, but must be a whole number\n");
  CHECK_THAT(sms_problems("loud = 1\n"), ContainsSubstring("must be true or false"));
  CHECK_THAT(sms_problems("gain = \"0.5\"\n"), ContainsSubstring("must be a number"));
  CHECK_THAT(sms_problems("gain = nan\n"), ContainsSubstring("must be a number"));
  CHECK_THAT(sms_problems("mode = true\n"), ContainsSubstring("must be text in quotes"));
  CHECK_THAT(sms_problems("hosts = [\"a\", 1]\n"),
             ContainsSubstring("holds a whole number, but must be a list of texts"));
}

TEST_CASE("a number out of range names the range", "[config]") {
  CHECK(sms_problems("port = 65536\n") ==
        "siaga.toml:9:8: [channel.sms] port is 65536, which is out of range: write 1 to 65535\n");
  CHECK_THAT(sms_problems("gain = 1.5\n"), ContainsSubstring("write 0 to 1"));
  CHECK_THAT(sms_problems("patience = \"2m\"\n"), ContainsSubstring("write 1s to 1m"));
}

TEST_CASE("a bad duration shows how durations are written", "[config]") {
  CHECK_THAT(sms_problems("patience = \"5 minutes\"\n"),
             ContainsSubstring("siaga.toml:9:12: [channel.sms] patience is '5 minutes', which is "
                               "no duration"));
  CHECK_THAT(sms_problems("patience = 30\n"), ContainsSubstring("\"30s\""));
}

TEST_CASE("a size is read in bytes, kB, MB or GB, by the thousand", "[config]") {
  auto const room = [](std::string const& written_as) {
    Written written;
    written.file("siaga.toml", with(good_main, "host = \"127.0.0.1\"\n",
                                    "host = \"a\"\nroom = " + written_as + "\n"));
    written.file("directory.toml", good_directory);
    auto const loaded = written.load();
    CHECK(written.without_folder(loaded) == "");
    return std::any_cast<LinkSettings const&>(loaded.settings.channels.at(0).settings).room;
  };
  CHECK(room("\"64MB\"") == 64'000'000);
  CHECK(room("\"1500kB\"") == 1'500'000);
  CHECK(room("\"2GB\"") == 2'000'000'000);
  CHECK(room("\"1000001B\"") == 1'000'001);
  CHECK(room("1000001") == 1'000'001);
}

TEST_CASE("a bad size shows how sizes are written, and its bounds", "[config]") {
  for (std::string const text : {"64 MB", "64mb", "MB", "-1MB", "1.5MB", "99999999999999GB", ""})
    CHECK_THAT(sms_problems("room = \"" + text + "\"\n"),
               ContainsSubstring("siaga.toml:9:8: [channel.sms] room is '" + text +
                                 "', which is no size: write a number of bytes with its unit"));
  CHECK_THAT(sms_problems("room = \"1kB\"\n"),
             ContainsSubstring("room is \"1kB\", which is out of range: write 1MB to 2000GB"));
  CHECK_THAT(sms_problems("room = true\n"), ContainsSubstring("must be a number of bytes"));
}

TEST_CASE("a word that is none of the choices lists them", "[config]") {
  CHECK_THAT(sms_problems("mode = \"sotf\"\n"),
             ContainsSubstring("did you mean 'soft'? Right are: soft, harsh"));
  CHECK_THAT(sms_problems("mode = \"whatever\"\n"), ContainsSubstring("right are: soft, harsh"));
}

TEST_CASE("a missing required key is reported at its table", "[config]") {
  auto const main = with(good_main, "host = \"127.0.0.1\"\n", "");
  CHECK_THAT(problems_of(main, good_directory),
             ContainsSubstring("siaga.toml:6:1: [channel.sms] needs 'host', the peer's name"));
  CHECK_THAT(
      problems_of(with(good_main, "host = \"127.0.0.1\"\n", "host = \"\"\n"), good_directory),
      ContainsSubstring("siaga.toml:8:8: [channel.sms] host is empty"));
}

TEST_CASE("text with a line end in it is refused", "[config]") {
  CHECK_THAT(sms_problems("mode = \"soft\\r\\nRCPT\"\n"), ContainsSubstring("control character"));
}

TEST_CASE("a secret in the file is warned about and still read", "[config]") {
  Written written;
  written.file("siaga.toml", with(good_main, "host = \"127.0.0.1\"\n",
                                  "host = \"127.0.0.1\"\npassword = \"hush\"\n"));
  written.file("directory.toml", good_directory);
  auto const loaded = written.load();
  CHECK(loaded.usable());
  auto const text = written.without_folder(loaded);
  CHECK_THAT(text,
             ContainsSubstring("siaga.toml:9:12: warning: [channel.sms] password is a secret"));
  CHECK_THAT(text, ContainsSubstring("password_file"));
  CHECK_THAT(text, !ContainsSubstring("hush"));
  auto const& sms = std::any_cast<LinkSettings const&>(loaded.settings.channels.at(0).settings);
  CHECK(sms.password == "hush");
}

TEST_CASE("a file of a secret must exist and be closed to other users", "[config]") {
  namespace fs = std::filesystem;
  Written written;
  written.file("siaga.toml", with(good_main, "host = \"127.0.0.1\"\n",
                                  "host = \"127.0.0.1\"\npassword_file = \"sms.password\"\n"));
  written.file("directory.toml", good_directory);
  CHECK_THAT(written.problems(), ContainsSubstring("siaga.toml:9:17: [channel.sms] password_file"));
  written.file("sms.password", "hush\n");
  fs::permissions(written.path("sms.password"), fs::perms(0644));
  CHECK_THAT(written.problems(), ContainsSubstring("every user can read"));
  fs::permissions(written.path("sms.password"), fs::perms(0640));
  auto const loaded = written.load();
  CHECK(written.without_folder(loaded) == "");
  auto const& sms = std::any_cast<LinkSettings const&>(loaded.settings.channels.at(0).settings);
  CHECK(sms.password_file == written.path("sms.password"));
}
