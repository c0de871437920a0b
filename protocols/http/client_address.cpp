#include "protocols/http/client_address.hpp"

#include <algorithm>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>
#include <charconv>

namespace siaga::http {
namespace ip = boost::asio::ip;

namespace {

// An IPv4 address may come in the clothes of IPv6.
Address plain(Address const& address) {
  if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address;
  return ip::make_address_v4(ip::v4_mapped, address.to_v6());
}

Address parsed(std::string_view text) {
  boost::system::error_code ec;
  auto const address = ip::make_address(std::string(text), ec);
  return ec ? Address() : plain(address);
}

std::string_view trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(" \t");
  if (first == text.npos) return "";
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// "192.0.2.7", "192.0.2.7:443", "2001:db8::1", "[2001:db8::1]:443"; a port is left out.
Address forwarded(std::string_view text) {
  text = trimmed(text);
  auto const bracket = text.find(']');
  if (text.starts_with('[') && bracket != text.npos) return parsed(text.substr(1, bracket - 1));
  bool const has_port = std::ranges::count(text, ':') == 1;
  return parsed(has_port ? text.substr(0, text.find(':')) : text);
}

bool is_within(Address const& address, Address const& start, unsigned prefix_bits) {
  if (address.is_v4() != start.is_v4()) return false;
  auto const bits = static_cast<unsigned short>(prefix_bits);
  if (address.is_v4())
    return ip::network_v4(address.to_v4(), bits).network() ==
           ip::network_v4(start.to_v4(), bits).network();
  return ip::network_v6(address.to_v6(), bits).network() ==
         ip::network_v6(start.to_v6(), bits).network();
}

}  // namespace

Result<Networks> Networks::parse(std::string_view key, std::vector<std::string> const& written) {
  Networks networks;
  for (auto const& text : written) {
    auto const slash = text.find('/');
    Network network;
    network.start = parsed(text.substr(0, slash));
    unsigned const most = network.start.is_v4() ? 32 : 128;
    network.prefix_bits = most;
    bool good =
        !network.start.is_unspecified() || text.starts_with("0.0.0.0/") || text.starts_with("::/");
    if (slash != std::string::npos) {
      auto const* last = text.data() + text.size();
      auto const bits = std::from_chars(text.data() + slash + 1, last, network.prefix_bits);
      good = good && bits.ec == std::errc() && bits.ptr == last && network.prefix_bits <= most;
    }
    if (!good)
      return Error(Errc::invalid_configuration,
                   std::string(key) + " = \"" + text +
                       "\" is no address and no network: write 192.0.2.7, or 10.0.0.0/8");
    networks.all_.push_back(network);
  }
  return networks;
}

bool Networks::contain(Address const& address) const {
  auto const one = plain(address);
  return std::ranges::any_of(all_, [&](Network const& network) {
    return is_within(one, network.start, network.prefix_bits);
  });
}

Address address_of_peer(std::string_view peer) {
  auto const colon = peer.rfind(':');
  return colon == peer.npos ? Address() : parsed(peer.substr(0, colon));
}

Address client_of(Address peer, std::string_view forwarded_for, Networks const& trusted) {
  auto client = plain(peer);
  while (trusted.contain(client) && !forwarded_for.empty()) {
    auto const comma = forwarded_for.rfind(',');
    auto const next = forwarded(forwarded_for.substr(comma == forwarded_for.npos ? 0 : comma + 1));
    if (next.is_unspecified()) break;
    client = next;
    forwarded_for = comma == forwarded_for.npos ? "" : forwarded_for.substr(0, comma);
  }
  return client;
}

std::string client_key(Address const& address) {
  auto const one = plain(address);
  if (one.is_v4()) return one.to_string();
  return ip::network_v6(one.to_v6(), 64).network().to_string() + "/64";
}

}  // namespace siaga::http
