#include "protocols/http/link_maker.hpp"

#include <sys/stat.h>

#include <fstream>

#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

using namespace siaga;
using http::KeyedLinks;

namespace {

std::unique_ptr<KeyedLinks> links_in(test::TempDir const& directory) {
  auto made = KeyedLinks::open(directory.path(), "https://siaga.example/");
  REQUIRE(made);
  return std::move(*made);
}

std::string token_of(KeyedLinks const& links, std::int64_t delivery) {
  auto const url = links.url(DeliveryId(delivery));
  return url.substr(url.rfind('/') + 1);
}

}  // namespace

TEST_CASE("a link names its delivery and reads back", "[http]") {
  test::TempDir const directory;
  auto const links = links_in(directory);
  for (std::int64_t const number : {std::int64_t(1), std::int64_t(4'821), std::int64_t(1) << 40,
                                    std::numeric_limits<std::int64_t>::max()}) {
    auto const url = links->url(DeliveryId(number));
    CHECK(url.starts_with("https://siaga.example/a/"));
    auto const token = token_of(*links, number);
    CHECK(token.size() == 32);
    CHECK(token.find_first_not_of(
              "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
          std::string::npos);
    auto const back = links->delivery_of(token);
    REQUIRE(back);
    CHECK(back->value == number);
  }
}

TEST_CASE("no token with one character changed is a link", "[http]") {
  test::TempDir const directory;
  auto const links = links_in(directory);
  auto const good = token_of(*links, 4'821);
  for (std::size_t at = 0; at < good.size(); ++at)
    for (char const c : std::string("A0_-+/= \n\xff")) {
      auto token = good;
      if (token[at] == c) continue;
      token[at] = c;
      INFO(token);
      auto const delivery = links->delivery_of(token);
      REQUIRE_FALSE(delivery);
      CHECK(delivery.error().is(Errc::not_found));
    }
}

TEST_CASE("tokens of another length are no links", "[http]") {
  test::TempDir const directory;
  auto const links = links_in(directory);
  auto const good = token_of(*links, 1);
  for (auto const& token :
       {std::string(), good.substr(1), good + "A", good + good, std::string(100'000, 'A')})
    CHECK_FALSE(links->delivery_of(token));
}

TEST_CASE("the key is made once, for the owner's eyes only", "[http]") {
  test::TempDir const directory;
  auto const token = token_of(*links_in(directory), 7);
  struct stat about {};
  REQUIRE(::stat((directory.path() + "/link.key").c_str(), &about) == 0);
  CHECK((about.st_mode & 0777) == 0600);
  CHECK(about.st_size == 32);
  CHECK(links_in(directory)->delivery_of(token));
}

TEST_CASE("links of another gateway's key are not ours", "[http]") {
  test::TempDir const one, other;
  CHECK_FALSE(links_in(other)->delivery_of(token_of(*links_in(one), 7)));
}

TEST_CASE("a key file that is too short is refused by name", "[http]") {
  test::TempDir const directory;
  std::ofstream(directory.path() + "/link.key") << "short";
  auto const links = KeyedLinks::open(directory.path(), "http://h");
  REQUIRE_FALSE(links);
  CHECK(links.error().is(Errc::file_unreadable));
  CHECK_THAT(links.error().detail, ContainsSubstring("link.key"));
}

TEST_CASE("a directory that is not there is told", "[http]") {
  CHECK_FALSE(KeyedLinks::open("/nowhere/at/all", "http://h"));
}
