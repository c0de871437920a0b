#include "protocols/http/client_address.hpp"

#include "tests/support/catch.hpp"

using namespace siaga;
using namespace siaga::http;

namespace {

Address at(std::string const& text) {
  return boost::asio::ip::make_address(text);
}

Networks networks(std::vector<std::string> const& written) {
  auto const parsed = Networks::parse("trusted_proxy", written);
  REQUIRE(parsed);
  return *parsed;
}

std::string client(std::string const& peer, std::string_view forwarded_for,
                   std::vector<std::string> const& trusted) {
  return client_of(at(peer), forwarded_for, networks(trusted)).to_string();
}

}  // namespace

TEST_CASE("what a stranger says of who he is does not count", "[http]") {
  CHECK(client("203.0.113.5", "192.0.2.1", {}) == "203.0.113.5");
  CHECK(client("203.0.113.5", "192.0.2.1", {"10.0.0.0/8"}) == "203.0.113.5");
}

TEST_CASE("a trusted proxy tells who its client is", "[http]") {
  CHECK(client("10.1.2.3", "192.0.2.1", {"10.0.0.0/8"}) == "192.0.2.1");
  CHECK(client("::ffff:10.1.2.3", "192.0.2.1", {"10.0.0.0/8"}) == "192.0.2.1");
  CHECK(client("10.1.2.3", "[2001:db8::7]:443", {"10.1.2.3"}) == "2001:db8::7");
  CHECK(client("10.1.2.3", "192.0.2.1:50000", {"10.1.2.3"}) == "192.0.2.1");
  CHECK(client("2001:db8:f::1", " 192.0.2.1 ", {"2001:db8:f::/48"}) == "192.0.2.1");
}

TEST_CASE("only what stands after the last stranger is believed", "[http]") {
  std::vector<std::string> const trusted = {"10.0.0.0/8"};
  CHECK(client("10.0.0.1", "6.6.6.6, 192.0.2.1", trusted) == "192.0.2.1");
  CHECK(client("10.0.0.1", "6.6.6.6, 192.0.2.1, 10.0.0.2", trusted) == "192.0.2.1");
  CHECK(client("10.0.0.1", "10.0.0.9,10.0.0.2", trusted) == "10.0.0.9");
}

TEST_CASE("a proxy that tells nothing, or nonsense, is its client itself", "[http]") {
  for (auto const* forwarded :
       {"", " ", ",", "unknown", "192.0.2.1, _hidden", "1.2.3", "[::1", "192.0.2.1,", "::%lo"}) {
    INFO(forwarded);
    CHECK(client("10.0.0.1", forwarded, {"10.0.0.0/8"}) == "10.0.0.1");
  }
}

TEST_CASE("networks are addresses or have a prefix, and anything else is told", "[http]") {
  auto const all = networks({"192.0.2.7", "10.0.0.0/8", "2001:db8::/32", "0.0.0.0/32"});
  for (auto const* inside : {"192.0.2.7", "10.255.0.1", "2001:db8:ffff::1", "0.0.0.0"})
    CHECK(all.contain(at(inside)));
  for (auto const* outside : {"192.0.2.8", "11.0.0.1", "2001:db9::1", "::1", "::"})
    CHECK_FALSE(all.contain(at(outside)));
  for (auto const* wrong : {"", "proxy", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/x", "10.0.0/8",
                            "2001:db8::/129", "10.0.0.0/-1", "/8"}) {
    INFO(wrong);
    auto const parsed = Networks::parse("trusted_proxy", {wrong});
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().is(Errc::invalid_configuration));
    CHECK_THAT(parsed.error().detail, ContainsSubstring("trusted_proxy"));
  }
}

TEST_CASE("one client is an IPv4 address or 64 bits of an IPv6 address", "[http]") {
  CHECK(client_key(at("192.0.2.7")) == "192.0.2.7");
  CHECK(client_key(at("::ffff:192.0.2.7")) == "192.0.2.7");
  CHECK(client_key(at("2001:db8:1:2:3:4:5:6")) == "2001:db8:1:2::/64");
  CHECK(client_key(at("2001:db8:1:2::9")) == client_key(at("2001:db8:1:2:ffff::1")));
  CHECK(client_key(at("2001:db8:1:2::9")) != client_key(at("2001:db8:1:3::9")));
}

TEST_CASE("a peer's address is read as streams write it", "[http]") {
  CHECK(address_of_peer("192.0.2.7:50000").to_string() == "192.0.2.7");
  CHECK(address_of_peer("2001:db8::1:50000").to_string() == "2001:db8::1");
  CHECK(address_of_peer("closed").is_unspecified());
}
