#include "gateway/base/fresh_file.hpp"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

namespace fs = std::filesystem;
using siaga::Errc;

namespace {

struct Folder {
  siaga::test::TempDir dir;
  std::string at(std::string const& name) const { return dir.path() + "/" + name; }
  std::string content(std::string const& name) const {
    std::ostringstream text;
    text << std::ifstream(at(name)).rdbuf();
    return text.str();
  }
};

}  // namespace

TEST_CASE("a fresh file is for its owner alone", "[base]") {
  Folder const folder;
  REQUIRE(siaga::write_fresh(folder.at("a"), "isi"));
  CHECK(folder.content("a") == "isi");
  struct stat about {};
  REQUIRE(::stat(folder.at("a").c_str(), &about) == 0);
  CHECK((about.st_mode & 0777) == 0600);
}

TEST_CASE("a file that is there is not written over", "[base]") {
  Folder const folder;
  REQUIRE(siaga::write_fresh(folder.at("a"), "first"));
  CHECK(siaga::write_fresh(folder.at("a"), "second").error().is(Errc::already_exists));
  CHECK(folder.content("a") == "first");
}

TEST_CASE("a link is not followed, whether what it names is there or not", "[base]") {
  Folder const folder;
  std::ofstream(folder.at("precious")) << "precious";
  fs::create_symlink(folder.at("precious"), folder.at("a"));
  fs::create_symlink(folder.at("absent"), folder.at("b"));
  CHECK(siaga::write_fresh(folder.at("a"), "x").error().is(Errc::already_exists));
  CHECK(siaga::write_fresh(folder.at("b"), "x").error().is(Errc::already_exists));
  CHECK(folder.content("precious") == "precious");
  CHECK_FALSE(fs::exists(folder.at("absent")));
}

TEST_CASE("a name that is taken is not given, also when a link has it", "[base]") {
  Folder const folder;
  std::ofstream(folder.at("new")) << "new";
  std::ofstream(folder.at("old")) << "old";
  fs::create_symlink(folder.at("absent"), folder.at("link"));
  CHECK(siaga::give_name(folder.at("new"), folder.at("old")).error().is(Errc::already_exists));
  CHECK(siaga::give_name(folder.at("new"), folder.at("link")).error().is(Errc::already_exists));
  CHECK(folder.content("old") == "old");
  REQUIRE(siaga::give_name(folder.at("new"), folder.at("free")));
  CHECK(folder.content("free") == "new");
  CHECK_FALSE(fs::exists(folder.at("new")));
}

TEST_CASE("a folder that is not there is said by name", "[base]") {
  Folder const folder;
  auto const written = siaga::write_fresh(folder.at("no/such"), "x");
  REQUIRE_FALSE(written);
  CHECK(written.error().is(Errc::storage_failed));
  CHECK_THAT(written.error().text(), ContainsSubstring(folder.at("no/such")));
}
