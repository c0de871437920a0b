// listening_at: "127.0.0.1:8080" or "[::1]:8080" as an endpoint. Pure.
//
// Place:  [http] listen, probes -> LISTENING -> server; also judged before anything is opened.
// Thread: any.
// Errors: invalid_configuration; the detail begins with the key.
#pragma once

#include <boost/asio/ip/tcp.hpp>

#include "gateway/base/result.hpp"

namespace siaga::http {

[[nodiscard]] Result<boost::asio::ip::tcp::endpoint> listening_at(std::string const& key,
                                                                  std::string const& listen);

}  // namespace siaga::http
