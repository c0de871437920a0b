#include "protocols/http/link_maker.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "tests/support/catch.hpp"

using namespace siaga;
using http::KeyedLinks;

namespace {

std::string const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

http::LinkKeys keys_of(char store) {
  return {std::string(32, store), std::string(32, 'k'), "", DeliveryId()};
}

KeyedLinks links_of(http::LinkKeys keys) {
  return KeyedLinks(std::move(keys), "https://siaga.example/");
}

LinkedTo to(std::int64_t delivery, std::string sender = "spkt@polres.example",
            std::string identifier = "polres-0001") {
  return {DeliveryId(delivery), std::move(sender), std::move(identifier)};
}

std::string token_of(KeyedLinks const& links, LinkedTo const& about) {
  auto const url = links.url(about);
  return url.substr(url.rfind('/') + 1);
}

// As the program before wrote them: number and 16 bytes of an HMAC over it.
std::string older_token(std::string const& key, std::uint64_t delivery) {
  std::string bytes;
  for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(delivery >> shift & 0xff);
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size(), digest, &size);
  bytes.append(reinterpret_cast<char const*>(digest), 16);
  unsigned char encoded[64];
  EVP_EncodeBlock(encoded, reinterpret_cast<unsigned char const*>(bytes.data()),
                  static_cast<int>(bytes.size()));
  std::string text(reinterpret_cast<char const*>(encoded), 32);
  for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return text;
}

}  // namespace

TEST_CASE("a link names its delivery, reads back and fits its alert", "[http]") {
  auto const links = links_of(keys_of('s'));
  for (std::int64_t const number : {std::int64_t(1), std::int64_t(4'821), std::int64_t(1) << 40,
                                    std::numeric_limits<std::int64_t>::max()}) {
    CHECK(links.url(to(number)).starts_with("https://siaga.example/a/"));
    auto const token = token_of(links, to(number));
    CHECK(token.size() == 43);
    CHECK(token.find_first_not_of(letters) == std::string::npos);
    auto const back = links.read(token);
    REQUIRE(back);
    CHECK(back->delivery.value == number);
    CHECK_FALSE(back->by_older_program);
    CHECK(links.fits(token, to(number)));
  }
}

TEST_CASE("no token with one character changed is a link", "[http]") {
  auto const links = links_of(keys_of('s'));
  auto const good = token_of(links, to(4'821));
  for (std::size_t at = 0; at < good.size(); ++at)
    for (char const c : letters + "+/= \n\xff") {
      auto token = good;
      if (token[at] == c) continue;
      token[at] = c;
      INFO(token);
      CHECK_FALSE(links.fits(token, to(4'821)));
    }
}

TEST_CASE("a token whose number is not ours is known without asking the store", "[http]") {
  auto const links = links_of(keys_of('s'));
  auto const good = token_of(links, to(4'821));
  for (std::size_t at = 0; at < 21; ++at) {  // number and check
    auto token = good;
    token[at] = token[at] == 'A' ? 'B' : 'A';
    INFO(token);
    auto const read = links.read(token);
    REQUIRE_FALSE(read);
    CHECK(read.error().is(Errc::not_found));
  }
}

TEST_CASE("tokens of another length are no links", "[http]") {
  auto const links = links_of(keys_of('s'));
  auto const good = token_of(links, to(1));
  for (auto const& token : {std::string(), good.substr(1), good + "A", good + "=", good + good,
                            good.substr(0, 32), std::string(100'000, 'A')})
    CHECK_FALSE(links.read(token));
}

TEST_CASE("a link of another store opens nothing, not even under the same key", "[http]") {
  auto const token = token_of(links_of(keys_of('a')), to(7));
  CHECK_FALSE(links_of(keys_of('b')).read(token));
  auto other_key = keys_of('a');
  other_key.key = std::string(32, 'x');
  CHECK_FALSE(links_of(other_key).read(token));
}

TEST_CASE("a link opens only the alert it was mailed about", "[http]") {
  auto const links = links_of(keys_of('s'));
  auto const token = token_of(links, to(7, "ab", "c"));
  CHECK(links.fits(token, to(7, "ab", "c")));
  for (auto const& other : {to(7, "ab", "d"), to(7, "a", "bc"), to(7, "abc", ""), to(8, "ab", "c")})
    CHECK_FALSE(links.fits(token, other));
}

TEST_CASE("a link of the program before is known up to the last delivery that program had",
          "[http]") {
  auto keys = keys_of('s');
  keys.older_key = std::string(32, 'o');
  keys.older_last = DeliveryId(41);
  auto const links = links_of(keys);
  auto const read = links.read(older_token(keys.older_key, 41));
  REQUIRE(read);
  CHECK(read->delivery.value == 41);
  CHECK(read->by_older_program);
  CHECK(links.fits(older_token(keys.older_key, 41), to(41)));
  CHECK_FALSE(links.fits(older_token(keys.older_key, 41), to(40)));
  CHECK_FALSE(links.read(older_token(keys.older_key, 42)));
  CHECK_FALSE(links.read(older_token(keys.key, 41)));
  CHECK_FALSE(links_of(keys_of('s')).read(older_token(keys.older_key, 41)));
}
