#include "protocols/http/listening.hpp"

#include <charconv>

namespace siaga::http {

Result<boost::asio::ip::tcp::endpoint> listening_at(std::string const& key,
                                                    std::string const& listen) {
  auto const colon = listen.rfind(':');
  std::uint16_t port = 0;
  auto const* last = listen.data() + listen.size();
  auto const digits = colon == std::string::npos
                          ? std::from_chars_result{nullptr, std::errc::invalid_argument}
                          : std::from_chars(listen.data() + colon + 1, last, port);
  if (digits.ec != std::errc() || digits.ptr != last)
    return Error(Errc::invalid_configuration, key + " = \"" + listen + "\": write ADDRESS:PORT");
  auto host = listen.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  boost::system::error_code ec;
  auto const address = boost::asio::ip::make_address(host, ec);
  if (ec)
    return Error(Errc::invalid_configuration,
                 key + " = \"" + listen + "\": the address must be numeric, e.g. 127.0.0.1:8080");
  return boost::asio::ip::tcp::endpoint(address, port);
}

}  // namespace siaga::http
