// Officers, teams and agencies.
#include "tests/config/written.hpp"
#include "tests/support/catch.hpp"

using namespace siaga;
using namespace siaga::config;
using namespace siaga::config::test;

namespace {

std::string directory_problems(std::string const& old, std::string const& fresh) {
  return problems_of(good_main, with(good_directory, old, fresh));
}

std::string main_problems(std::string const& old, std::string const& fresh) {
  return problems_of(with(good_main, old, fresh), good_directory);
}

}  // namespace

TEST_CASE("officers and teams become the directory", "[config]") {
  Written written;
  written.file("siaga.toml", good_main).file("directory.toml", good_directory);
  auto const loaded = written.load();
  REQUIRE(written.without_folder(loaded) == "");
  auto const* kabag = loaded.settings.directory->officer(OfficerId("kabag-ops"));
  REQUIRE(kabag != nullptr);
  CHECK(kabag->name == "Kabag Ops");
  CHECK(kabag->agency.value == "polres");
  CHECK(kabag->language == "id");
  CHECK(kabag->addresses.at("email") == "kabag.ops@polres.example");
  auto const* piket = loaded.settings.directory->team(TeamId("piket"));
  REQUIRE(piket != nullptr);
  CHECK(piket->members == std::vector<OfficerId>{OfficerId("piket-1")});
  CHECK(piket->test);
  CHECK_FALSE(piket->is_public);
  CHECK(loaded.settings.directory->team(TeamId("kabag"))->is_public);
}

TEST_CASE("officers may stand in several files and teams may mix them", "[config]") {
  Written written;
  written.file("siaga.toml", with(good_main, "name = \"bontang\"",
                                  "name = \"bontang\"\ndirectory = [\"teams.toml\", \"a.toml\"]"));
  std::string const all = good_directory;
  auto const teams = all.find("[[team]]");
  written.file("teams.toml", all.substr(teams)).file("a.toml", all.substr(0, teams));
  CHECK(written.problems() == "");
}

TEST_CASE("an address must have the form of its path", "[config]") {
  CHECK(directory_problems("+6281200000001", "0812-0000-0001") ==
        "directory.toml:6:7: officer 'piket-1' sms '0812-0000-0001' is not an international "
        "number: write '+', the country and the number without blanks, such as "
        "\"+6281200000001\"\n");
  CHECK_THAT(directory_problems("kabag.ops@polres.example", "kabag ops@polres"),
             ContainsSubstring("is not a mail address"));
  CHECK_THAT(directory_problems("sms = \"+6281200000001\"", "sms = 6281200000001"),
             ContainsSubstring("officer 'piket-1' sms must be text in quotes"));
}

TEST_CASE("a path no channel kind knows is an unknown key", "[config]") {
  CHECK(directory_problems("email =", "emial =") ==
        "directory.toml:13:1: unknown key 'emial' in [[officer]]: did you mean 'email'?\n");
}

TEST_CASE("an officer nobody can reach is warned about", "[config]") {
  CHECK_THAT(directory_problems("sms = \"+6281200000001\"\n", ""),
             ContainsSubstring("warning: officer 'piket-1' has no address"));
  CHECK_THAT(directory_problems("members = [\"kabag-ops\"]", "members = [\"piket-1\"]"),
             ContainsSubstring("directory.toml:8:1: warning: officer 'kabag-ops' is in no team"));
}

TEST_CASE("two officers with one address are warned about", "[config]") {
  CHECK_THAT(directory_problems("+6281200000002", "+6281200000001"),
             ContainsSubstring("directory.toml:12:7: warning: officer 'kabag-ops' sms "
                               "'+6281200000001' is also that of officer 'piket-1'"));
}

TEST_CASE("an id is given once", "[config]") {
  CHECK_THAT(
      directory_problems("id = \"kabag-ops\"", "id = \"piket-1\""),
      ContainsSubstring("directory.toml:9:6: officer id 'piket-1' is given twice, first at"));
  CHECK_THAT(directory_problems("id = \"kabag\"", "id = \"piket\""),
             ContainsSubstring("team id 'piket' is given twice"));
  CHECK_THAT(directory_problems("id = \"kabag\"", "id = \"Kabag Ops\""),
             ContainsSubstring("team id 'Kabag Ops' is not one word"));
}

TEST_CASE("a member that is no officer is an error", "[config]") {
  CHECK_THAT(directory_problems("members = [\"piket-1\"]", "members = [\"piket-2\"]"),
             ContainsSubstring("directory.toml:17:12: unknown officer 'piket-2' in team 'piket': "
                               "did you mean 'piket-1'?"));
}

TEST_CASE("an officer of an unknown agency is warned about", "[config]") {
  CHECK_THAT(directory_problems("agency = \"polres\"", "agency = \"polers\""),
             ContainsSubstring("directory.toml:4:10: warning: unknown agency 'polers' in officer "
                               "'piket-1': did you mean 'polres'?"));
}

TEST_CASE("an area must be a Kemendagri code", "[config]") {
  CHECK_THAT(directory_problems("64.74.01.1003", "64.74.1.1003"),
             ContainsSubstring("directory.toml:5:10: officer 'piket-1': '64.74.1.1003' is no "
                               "Kemendagri code"));
  CHECK_THAT(main_problems("areas = [\"64.74\"]", "areas = [\"64.74\", \"Bontang\"]"),
             ContainsSubstring("agency 'polres' may: 'Bontang' is no Kemendagri code"));
}

TEST_CASE("an agency becomes a grant", "[config]") {
  Written written;
  written.file("siaga.toml", good_main).file("directory.toml", good_directory);
  auto const loaded = written.load();
  auto const* grant = loaded.settings.grants.of(AgencyId("polres"));
  REQUIRE(grant != nullptr);
  CHECK(grant->agency_name == "Polres Bontang");
  CHECK(grant->senders == std::vector<std::string>{"spkt@polres.example"});
  CHECK(grant->scopes == std::vector<Scope>{Scope::restricted});
  CHECK(grant->severity_max == Severity::extreme);
  CHECK(grant->areas == std::vector<std::string>{"64.74"});
  CHECK(grant->statuses.empty());
}

TEST_CASE("an agency's grant uses CAP's words", "[config]") {
  auto const text = main_problems("scope = [\"Restricted\"]", "scope = [\"restricted\", \"X\"]");
  CHECK_THAT(text, ContainsSubstring("did you mean 'Restricted'? Right are: Public, Restricted, "
                                     "Private"));
  CHECK_THAT(text, ContainsSubstring("'X', which is none of its words"));
  CHECK_THAT(main_problems("scope =", "scopes ="), ContainsSubstring("did you mean 'scope'?"));
}

TEST_CASE("an agency that may say anything is warned about", "[config]") {
  std::string const main = good_main;
  auto const may = main.find("may = ");
  auto const text =
      problems_of(main.substr(0, may) + main.substr(main.find('\n', may)), good_directory);
  CHECK_THAT(text, ContainsSubstring("siaga.toml:16:1: warning: agency 'polres' has no 'may'"));
}
