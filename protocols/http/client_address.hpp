// Client address: who is at the other end, behind a proxy of ours or not; and whom connections and
// wrong codes are counted by. Pure.
//
// Place:  server, session -> CLIENT ADDRESS -> Connections, link desk.
// Thread: any.
// Rule:   X-Forwarded-For counts only from a proxy we trust, and is read from its end: what stands
//         before the last address that is no proxy of ours was written by anybody.
// Errors: invalid_configuration; the detail begins with the key.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <string_view>
#include <vector>

#include "gateway/base/result.hpp"

namespace siaga::http {

using Address = boost::asio::ip::address;

// Addresses and networks, as "192.0.2.7", "10.0.0.0/8" or "2001:db8::/32".
class Networks {
 public:
  static Result<Networks> parse(std::string_view key, std::vector<std::string> const& written);
  bool contain(Address const& address) const;

 private:
  struct Network {
    Address start;
    unsigned prefix_bits = 0;
  };
  std::vector<Network> all_;
};

// Of "192.0.2.7:50000" or "2001:db8::1:50000", as Stream::peer() writes it; unspecified when it is
// none.
Address address_of_peer(std::string_view peer);

// `forwarded_for`: the values of X-Forwarded-For, joined by commas in their order.
Address client_of(Address peer, std::string_view forwarded_for, Networks const& trusted);

// What counts as one client: an IPv4 address, or 64 bits of an IPv6 address.
std::string client_key(Address const& address);

}  // namespace siaga::http
