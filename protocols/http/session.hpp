// serve: one connection: reads requests, asks the routes, writes responses, until either side is
// done.
//
// Place:  server -> SERVE -> Routes.
// Thread: core only.
// Time:   a header whole within `idle_limit` of the connection's start or of the answer before it,
//         its body within `request_limit` after that. Bytes that trickle in buy no time.
// Errors: answered as HTTP (400, 404, 405, 408, 413, 431); a connection that breaks is dropped.
#pragma once

#include <memory>

#include "gateway/async/stream.hpp"
#include "protocols/http/client_address.hpp"
#include "protocols/http/connections.hpp"
#include "protocols/http/message.hpp"
#include "protocols/http/settings.hpp"

namespace siaga::http {

// What all connections of one server share.
struct Serving {
  Serving(Settings s, Routes r)
      : settings(std::move(s)), routes(std::move(r)), connections(settings.connections_max) {}

  Settings settings;
  Routes routes;
  Networks trusted;
  Connections connections;
};

// Null when there is no place for it; then the stream is closed by the caller.
std::unique_ptr<Connections::Place> place_for(Serving& serving, Stream& stream);

// `place` is given back when it ends.
boost::asio::awaitable<void> serve(std::unique_ptr<Stream> stream,
                                   std::unique_ptr<Connections::Place> place,
                                   std::shared_ptr<Serving> serving);

}  // namespace siaga::http
