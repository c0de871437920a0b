// serve: one connection: reads requests, asks the routes, writes responses, until either side is
// done.
//
// Place:  server -> SERVE -> Routes.
// Thread: core only.
// Time:   each request whole within `request_limit`; an idle connection is closed after as long.
// Errors: answered as HTTP (400, 404, 405, 408, 413, 431); a connection that breaks is dropped.
#pragma once

#include <memory>

#include "gateway/async/stream.hpp"
#include "protocols/http/message.hpp"
#include "protocols/http/settings.hpp"

namespace siaga::http {

boost::asio::awaitable<void> serve(std::unique_ptr<Stream> stream, Settings settings,
                                   std::shared_ptr<Routes const> routes,
                                   std::shared_ptr<std::int64_t> open_sessions);

}  // namespace siaga::http
