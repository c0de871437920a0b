// ask: hands a request to routes, as a session would, and gives back the answer.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "protocols/http/message.hpp"

namespace siaga::test {

inline http::Response ask(http::Routes const& routes, http::Request request) {
  bool allowed = true;
  auto const* route = http::find_route(routes, request, allowed);
  if (route == nullptr) return http::text(allowed ? 404 : 405, "");
  boost::asio::io_context io;
  http::Response response;
  boost::asio::co_spawn(io, route->answer(std::move(request)),
                        [&](std::exception_ptr failure, http::Response answered) {
                          if (failure) std::rethrow_exception(failure);
                          response = std::move(answered);
                        });
  io.run();
  return response;
}

inline http::Response ask(http::Routes const& routes, std::string method, std::string path,
                          std::string body = "") {
  http::Request request;
  request.method = std::move(method);
  auto const mark = path.find('?');
  request.path = path.substr(0, mark);
  if (mark != std::string::npos) request.query = path.substr(mark + 1);
  request.body = std::move(body);
  return ask(routes, std::move(request));
}

}  // namespace siaga::test
