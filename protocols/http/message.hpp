// Request, Response, Route: what the server hands over and gets back; no socket, no library.
//
// Place:  session -> ROUTE -> app, ack page.
// Thread: core only.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace siaga::http {

struct Request {
  std::string method;
  std::string path;   // without the query
  std::string query;  // what follows the '?', as it was sent; form_fields() takes it apart
  std::string rest;   // what follows a route's prefix: the token
  std::string body;
  std::string client;  // whom it counts for: client_key()
};

struct Response {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;
  std::string allow;  // with 405: the methods there are
};

using Serve = std::function<boost::asio::awaitable<Response>(Request)>;

// `path` is whole, or ends in '/' and is followed by exactly one more segment.
struct Route {
  std::string method;  // GET also serves HEAD
  std::string path;
  Serve answer;
};
using Routes = std::vector<Route>;

Response text(int status, std::string body);
Response html(int status, std::string body);
Route route(std::string method, std::string path, std::function<Response()> answer);
Route route(std::string method, std::string path, std::function<Response(Request const&)> answer);

// The route for a request; `allowed` tells whether the path exists under another method.
Route const* find_route(Routes const& routes, Request& request, bool& allowed);

// "GET, HEAD, POST": the methods the request's path has.
std::string methods_at(Routes const& routes, Request request);

// Status line and headers of every response: no store, no framing, no scripts, no referrer.
std::string head_of(Response const& response, std::size_t body_bytes, std::string_view connection);

}  // namespace siaga::http
