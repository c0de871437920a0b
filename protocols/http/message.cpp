#include "protocols/http/message.hpp"

#include "protocols/http/page_style.hpp"

namespace siaga::http {
namespace asio = boost::asio;

namespace {

std::string_view phrase(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 400:
      return "Bad Request";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 410:
      return "Gone";
    case 413:
      return "Content Too Large";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 503:
      return "Service Unavailable";
    default:
      return "Error";
  }
}

asio::awaitable<Response> at_once(std::function<Response(Request const&)> answer, Request request) {
  co_return answer(request);
}

bool path_fits(Route const& route, Request& request) {
  if (!route.path.ends_with('/')) return request.path == route.path;
  if (!request.path.starts_with(route.path)) return false;
  request.rest = request.path.substr(route.path.size());
  return !request.rest.empty() && request.rest.find('/') == std::string::npos;
}

}  // namespace

Response text(int status, std::string body) {
  Response response;
  response.status = status;
  response.body = std::move(body);
  if (!response.body.ends_with('\n')) response.body += '\n';
  return response;
}

Response html(int status, std::string body) {
  Response response;
  response.status = status;
  response.content_type = "text/html; charset=utf-8";
  response.body = std::move(body);
  return response;
}

Route route(std::string method, std::string path, std::function<Response()> answer) {
  return route(std::move(method), std::move(path),
               [answer = std::move(answer)](Request const&) { return answer(); });
}

Route route(std::string method, std::string path, std::function<Response(Request const&)> answer) {
  Route made;
  made.method = std::move(method);
  made.path = std::move(path);
  made.answer = [answer = std::move(answer)](Request request) {
    return at_once(answer, std::move(request));
  };
  return made;
}

Route const* find_route(Routes const& routes, Request& request, bool& allowed) {
  allowed = true;
  bool path_known = false;
  for (auto const& route : routes) {
    if (!path_fits(route, request)) continue;
    path_known = true;
    bool const reads = route.method == "GET" && request.method == "HEAD";
    if (route.method == request.method || reads) return &route;
  }
  allowed = !path_known;
  return nullptr;
}

std::string methods_at(Routes const& routes, Request request) {
  std::string methods;
  for (auto const& route : routes) {
    if (!path_fits(route, request)) continue;
    if (!methods.empty()) methods += ", ";
    methods += route.method == "GET" ? "GET, HEAD" : route.method;
  }
  return methods;
}

std::string head_of(Response const& response, std::size_t body_bytes, std::string_view connection) {
  std::string head = "HTTP/1.1 " + std::to_string(response.status) + " ";
  head += phrase(response.status);
  head += "\r\nContent-Type: " + response.content_type;
  head += "\r\nContent-Length: " + std::to_string(body_bytes);
  head +=
      "\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: "
      "nosniff";
  if (!response.allow.empty()) head += "\r\nAllow: " + response.allow;
  head +=
      "\r\nX-Frame-Options: DENY\r\nContent-Security-Policy: default-src 'none'; style-src "
      "'sha256-";
  head += page_style_sha256;
  head += "'; ";
  head += "form-action 'self'; frame-ancestors 'none'; base-uri 'none'\r\nConnection: ";
  head += connection;
  head += "\r\n\r\n";
  return head;
}

}  // namespace siaga::http
