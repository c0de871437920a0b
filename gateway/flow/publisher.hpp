// Publisher: hands messages to the broker, so that one the broker cannot accept does not stop the
// others. Many messages go at a time; one that may have ended the connection goes alone.
//
// Place:  announcer, supervisor, held notices -> PUBLISHER (suspects) -> StatusFeed.
// Thread: core only.
// Errors: the outcome of each message. If the broker refuses a topic, that is an incident, once,
//         until a publish on it succeeds; so is a message that is set aside.
// Durable: nothing; the caller keeps its messages.
// See:    decisions/0024-one-sender-stops-nobody.md, tests/scenarios/poison_test.cpp
#pragma once

#include <set>

#include "gateway/async/event.hpp"
#include "gateway/flow/suspects.hpp"
#include "gateway/ports/clock.hpp"
#include "gateway/ports/incidents.hpp"
#include "gateway/ports/status_feed.hpp"

namespace siaga::flow {

class Publisher {
 public:
  struct Context {
    boost::asio::any_io_executor executor;
    Clock& clock;
    StatusFeed& feed;
    IncidentSink& incidents;
  };
  explicit Publisher(Context context)
      : context_(std::move(context)), free_(context_.executor), drained_(context_.executor) {}

  enum class Said {
    yes,
    refused,  // for good
    later,    // the broker is away
    not_yet,  // this one alone has to wait
  };
  boost::asio::awaitable<Said> say(OutgoingMessage message);

  bool calm() const noexcept { return !suspects_.any(); }  // nothing is suspected
  Suspects::Standing standing(OutgoingMessage const& message) const;
  std::optional<SteadyTime> next_try() const {
    return suspects_.next_try(context_.clock.steady_now());
  }
  // Whether it was set aside for so long that it may be dropped; then it is forgotten.
  bool let_go(OutgoingMessage const& message);

 private:
  static constexpr std::size_t refused_topics_max = 64;

  boost::asio::awaitable<void> until_free();
  boost::asio::awaitable<Said> say_alone(std::string name, OutgoingMessage message);
  boost::asio::awaitable<Said> say_in_company(std::string name, OutgoingMessage message);
  Said judge(std::string const& topic, Result<void> const& published);
  void passed(std::string const& name, std::string const& topic);
  void refused(std::string const& topic, Error const& why);

  Context context_;
  Suspects suspects_;
  Event free_;     // no message goes alone; whoever goes on wakes the next
  Event drained_;  // none is under way; the one that goes alone waits for it
  std::size_t under_way_ = 0;
  bool alone_ = false;  // one goes alone, or waits until it is
  std::set<std::string> refused_topics_;
};

}  // namespace siaga::flow
