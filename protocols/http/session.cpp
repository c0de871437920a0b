#include "protocols/http/session.hpp"

#include <array>

#include "protocols/http/request_reader.hpp"

namespace siaga::http {
namespace asio = boost::asio;

namespace {

struct Counted {
  explicit Counted(std::shared_ptr<std::int64_t> sessions) : count(std::move(sessions)) {
    ++*count;
  }
  ~Counted() { --*count; }
  Counted(Counted const&) = delete;
  Counted& operator=(Counted const&) = delete;
  std::shared_ptr<std::int64_t> count;
};

asio::awaitable<Response> answer(Routes const& routes, Request request) {
  bool allowed = true;
  auto const* route = find_route(routes, request, allowed);
  if (route == nullptr) {
    auto refusal = text(allowed ? 404 : 405, allowed ? "not found" : "method not allowed");
    if (!allowed) refusal.allow = methods_at(routes, request);
    co_return refusal;
  }
  co_return co_await route->answer(std::move(request));
}

asio::awaitable<Result<void>> say(Stream& stream, Response const& response, Stream::Limit limit,
                                  RequestReader const& reader) {
  auto out = head_of(response, response.body.size(), reader.keeps_alive() ? "keep-alive" : "close");
  if (!reader.head_only()) out += response.body;
  co_return co_await stream.write(out, limit);
}

enum class Arrival { whole, broken, late, gone };

// `unread` keeps what belongs to the next request.
asio::awaitable<Arrival> read_request(Stream& stream, RequestReader& reader, std::string& unread,
                                      Stream::Limit limit) {
  using Progress = RequestReader::Progress;
  auto const deadline = std::chrono::steady_clock::now() + limit;
  bool begun = !unread.empty();
  auto progress = reader.take(unread);
  while (progress == Progress::more) {
    std::array<char, 4096> buffer;
    auto const left = std::chrono::ceil<Stream::Limit>(deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0) co_return begun ? Arrival::late : Arrival::gone;
    auto const bytes = co_await stream.read_some(buffer, left);
    if (!bytes) co_return begun&& bytes.error().is(Errc::timed_out) ? Arrival::late : Arrival::gone;
    begun = true;
    unread.append(buffer.data(), *bytes);
    progress = reader.take(unread);
  }
  co_return progress == Progress::whole ? Arrival::whole : Arrival::broken;
}

Response refusal_of(Arrival arrival, RequestReader const& reader) {
  if (arrival == Arrival::late) return text(408, "the request did not arrive in time");
  return text(reader.refusal(), "the request cannot be read");
}

}  // namespace

asio::awaitable<void> serve(std::unique_ptr<Stream> stream, Settings settings,
                            std::shared_ptr<Routes const> routes,
                            std::shared_ptr<std::int64_t> open_sessions) {
  Counted const counted(std::move(open_sessions));
  auto const limit = settings.request_limit;
  std::string unread;
  for (;;) {
    RequestReader reader(settings);
    auto const arrival = co_await read_request(*stream, reader, unread, limit);
    if (arrival == Arrival::gone) co_return;
    if (arrival != Arrival::whole) {
      auto const refusal = refusal_of(arrival, reader);
      (void)co_await say(*stream, refusal, limit, reader);
      co_return;
    }
    auto request = reader.request();
    request.peer = stream->peer();
    auto const response = co_await answer(*routes, std::move(request));
    auto const written = co_await say(*stream, response, limit, reader);
    if (!written || !reader.keeps_alive()) co_return;
  }
}

}  // namespace siaga::http
