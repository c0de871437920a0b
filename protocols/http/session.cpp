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
  if (route == nullptr)
    co_return allowed ? text(404, "not found") : text(405, "method not allowed");
  co_return co_await route->answer(std::move(request));
}

asio::awaitable<Result<void>> say(Stream& stream, Response const& response, Stream::Limit limit,
                                  RequestReader const& reader) {
  auto out = head_of(response, response.body.size(), reader.keeps_alive() ? "keep-alive" : "close");
  if (!reader.head_only()) out += response.body;
  co_return co_await stream.write(out, limit);
}

}  // namespace

asio::awaitable<void> serve(std::unique_ptr<Stream> stream, Settings settings,
                            std::shared_ptr<Routes const> routes,
                            std::shared_ptr<std::int64_t> open_sessions) {
  Counted const counted(std::move(open_sessions));
  std::string unread;
  for (;;) {
    RequestReader reader(settings);
    auto const deadline = std::chrono::steady_clock::now() + settings.request_limit;
    auto progress = reader.take(unread);
    while (progress == RequestReader::Progress::more) {
      std::array<char, 4096> buffer;
      auto const left =
          std::chrono::duration_cast<Stream::Limit>(deadline - std::chrono::steady_clock::now());
      if (left.count() <= 0) co_return;
      auto const bytes = co_await stream->read_some(buffer, left);
      if (!bytes) co_return;
      unread.append(buffer.data(), *bytes);
      progress = reader.take(unread);
    }
    if (progress == RequestReader::Progress::broken) {
      auto const refusal = text(reader.refusal(), "the request cannot be read");
      (void)co_await say(*stream, refusal, settings.request_limit, reader);
      co_return;
    }
    auto request = reader.request();
    request.peer = stream->peer();
    auto const response = co_await answer(*routes, std::move(request));
    auto const written = co_await say(*stream, response, settings.request_limit, reader);
    if (!written || !reader.keeps_alive()) co_return;
  }
}

}  // namespace siaga::http
