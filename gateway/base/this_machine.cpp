#include "gateway/base/this_machine.hpp"

#include <algorithm>
#include <cctype>
#include <string>

namespace siaga {
namespace {

std::string_view host_in(std::string_view address) {
  if (auto const scheme = address.find("://"); scheme != address.npos)
    address.remove_prefix(scheme + 3);
  address = address.substr(0, address.find('/'));
  if (auto const user = address.rfind('@'); user != address.npos) address.remove_prefix(user + 1);
  if (address.starts_with('[')) return address.substr(1, address.find(']') - 1);
  auto const colon = address.find(':');
  bool const has_port = colon != address.npos && colon == address.rfind(':');
  return has_port ? address.substr(0, colon) : address;
}

bool is_v4_loopback(std::string_view host) {
  return host.starts_with("127.") && std::ranges::all_of(host, [](unsigned char c) {
           return c == '.' || std::isdigit(c) != 0;
         });
}

}  // namespace

bool stays_on_this_machine(std::string_view address) {
  if (address.empty() || address.starts_with('/')) return true;
  std::string host(host_in(address));
  std::ranges::transform(host, host.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return host == "localhost" || host.ends_with(".localhost") || host == "::1" ||
         host == "0:0:0:0:0:0:0:1" || is_v4_loopback(host);
}

}  // namespace siaga
