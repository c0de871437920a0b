#include "protocols/http/session.hpp"

#include <array>

#include "protocols/http/request_reader.hpp"

namespace siaga::http {
namespace asio = boost::asio;

namespace {

using Clock = std::chrono::steady_clock;
using Doing = Connections::Doing;
using Progress = RequestReader::Progress;

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

enum class Arrival { whole, broken, late, gone };

// One connection and what it has sent that belongs to the next request.
struct Conversation {
  Stream& stream;
  Connections::Place& place;
  Serving const& serving;
  std::string unread;
};

// Reads on until `done` or the deadline.
asio::awaitable<Arrival> read_until(Conversation& with, RequestReader& reader, bool header_only,
                                    Clock::time_point deadline) {
  bool begun = header_only ? !with.unread.empty() : true;
  auto progress = reader.take(with.unread);
  while (progress == Progress::more && !(header_only && reader.has_header())) {
    std::array<char, 4096> buffer;
    auto const left = std::chrono::ceil<Stream::Limit>(deadline - Clock::now());
    if (left.count() <= 0) co_return begun ? Arrival::late : Arrival::gone;
    auto const bytes = co_await with.stream.read_some(buffer, left);
    if (!bytes) co_return begun&& bytes.error().is(Errc::timed_out) ? Arrival::late : Arrival::gone;
    begun = true;
    with.unread.append(buffer.data(), *bytes);
    progress = reader.take(with.unread);
  }
  co_return progress == Progress::broken ? Arrival::broken : Arrival::whole;
}

asio::awaitable<Arrival> read_request(Conversation& with, RequestReader& reader) {
  auto const& settings = with.serving.settings;
  with.place.now(Doing::idle);
  auto const header_by = Clock::now() + settings.idle_limit;
  auto const header = co_await read_until(with, reader, true, header_by);
  if (header != Arrival::whole) co_return header;
  with.place.now(Doing::receiving);
  auto const body_by = Clock::now() + settings.request_limit;
  co_return co_await read_until(with, reader, false, body_by);
}

Response refusal_of(Arrival arrival, RequestReader const& reader) {
  if (arrival == Arrival::late) return text(408, "the request did not arrive in time");
  return text(reader.refusal(), "the request cannot be read");
}

asio::awaitable<Result<void>> say(Conversation& with, Response const& response, bool with_body,
                                  bool keeps) {
  auto out = head_of(response, response.body.size(), keeps ? "keep-alive" : "close");
  if (with_body) out += response.body;
  co_return co_await with.stream.write(out, with.serving.settings.request_limit);
}

std::string client_in(Conversation const& with, RequestReader const& reader) {
  auto const peer = address_of_peer(with.stream.peer());
  return client_key(client_of(peer, reader.forwarded_for(), with.serving.trusted));
}

}  // namespace

std::unique_ptr<Connections::Place> place_for(Serving& serving, Stream& stream) {
  auto client = client_key(address_of_peer(stream.peer()));
  return serving.connections.admit(std::move(client), [&stream] { stream.close(); });
}

asio::awaitable<void> serve(std::unique_ptr<Stream> stream,
                            std::unique_ptr<Connections::Place> place,
                            std::shared_ptr<Serving> serving) {
  Conversation with{*stream, *place, *serving, ""};
  for (std::int64_t left = serving->settings.requests_max; left > 0; --left) {
    RequestReader reader(serving->settings);
    auto const arrival = co_await read_request(with, reader);
    if (arrival == Arrival::gone) co_return;
    place->now(Doing::answering);
    if (arrival != Arrival::whole) {
      auto const refusal = refusal_of(arrival, reader);
      (void)co_await say(with, refusal, true, false);
      co_return;
    }
    auto request = reader.request();
    request.client = client_in(with, reader);
    auto const response = co_await answer(serving->routes, std::move(request));
    bool const keeps = reader.keeps_alive() && left > 1;
    bool const with_body = !reader.head_only();
    auto const written = co_await say(with, response, with_body, keeps);
    if (!written || !keeps) co_return;
  }
}

}  // namespace siaga::http
