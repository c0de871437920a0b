#include <utility>

#include "gateway/flow/intake.hpp"
#include "gateway/ports/topics.hpp"

// The part of intake for what takes long to read: beside the core, one at a time, in its agency's
// order. Other agencies go on meanwhile.
namespace siaga::flow {
namespace asio = boost::asio;

namespace {

// What the worker is handed, and what it hands back.
struct Question {
  std::shared_ptr<World const> world;
  AgencyId agency;
  RawMessage raw;
  UtcTime now{};
  std::optional<Judged<AuthorisedCommand>> answer = {};
};

}  // namespace

bool Intake::is_long(InboundMessage const& message) {
  return message.kept == Kept::whole && message.raw.payload.size() >= long_bytes;
}

// Where its shapes lie takes long to find out, however short it is.
bool Intake::draws_much(Alert const& alert) {
  std::size_t bytes = 0, circles = 0;
  for (auto const& info : alert.infos)
    for (auto const& area : info.areas) {
      for (auto const& polygon : area.polygons) bytes += polygon.size();
      circles += area.circles.size();
    }
  return bytes > drawn_bytes || circles > drawn_circles;
}

asio::awaitable<void> Intake::line_up(AgencyId agency, InboundMessage message, bool admitted) {
  ReadingLine::Place place{{bucket_of(agency), message.id}, message.raw.payload.size(), admitted};
  if (reading_.add(std::move(place))) {
    reading_changed_.notify();
    co_return;
  }
  auto why = too_much_waits();
  co_await refusals_.reject(message.id, std::move(agency), std::move(why));
}

asio::awaitable<void> Intake::run_reader() {
  while (!stopping_) {
    auto next = reading_.next();
    if (!next) {
      co_await reading_changed_.wait();
      continue;
    }
    auto const bucket = next->ticket.agency;
    auto place = std::move(*next);
    co_await read_one(std::move(place));
    reading_.done(bucket);
  }
}

asio::awaitable<void> Intake::read_one(ReadingLine::Place place) {
  auto found = co_await fetch(place.ticket.id);
  if (!found) co_return;
  auto message = std::move(*found);
  AgencyId agency{message.raw.topic.substr(topics::alert.size())};
  if (message.kept != Kept::whole) {
    if (place.admitted || admits(place.ticket.agency))
      co_await decide_alert(std::move(agency), std::move(message));
    else
      co_await hold_at_gate(std::move(agency), std::move(message));
    co_return;
  }
  auto judged = co_await judged_beside(agency, message);
  if (place.admitted || admits(place.ticket.agency)) {
    co_await carry_on(std::move(agency), std::move(message), std::move(judged));
    co_return;
  }
  Alert const* alert = judged ? &alert_of(judged->command()) : nullptr;
  co_await wait_at_gate(std::move(agency), std::move(message), alert);
}

asio::awaitable<Judged<AuthorisedCommand>> Intake::judged_beside(AgencyId agency,
                                                                 InboundMessage message) {
  auto const question = std::make_shared<Question>();
  question->world = context_.world.hold();
  question->agency = std::move(agency);
  question->raw = std::move(message.raw);
  question->now = context_.clock.utc_now();
  std::function<void()> work = [this, question] {
    auto command = judge_.decode(question->raw);
    question->answer.emplace(judge_.alert(*question->world, question->agency, question->raw,
                                          std::move(command), question->now));
  };
  co_await worker_.run(context_.executor, std::move(work));
  co_return std::move(*question->answer);
}

}  // namespace siaga::flow
