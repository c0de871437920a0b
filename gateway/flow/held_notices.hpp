// HeldNotices: tells an agency at once that its message waits, and why. The notice is not stored:
// the message itself is safe, with us or with the broker, and gets its receipt when it is decided.
//
// Place:  intake -> HELD NOTICES -> announcer -> StatusFeed.
// Thread: core only. Holds at most `waiting_max` notices; further ones are left out. An agency that
//         hears nothing may publish again, which is harmless.
// Errors: a notice that the broker does not take is lost.
#pragma once

#include <deque>

#include "gateway/flow/announcer.hpp"
#include "gateway/ports/inbox.hpp"

namespace siaga::flow {

class HeldNotices {
 public:
  struct Context {
    boost::asio::any_io_executor executor;
    Current& world;
    Announcer& announcer;
  };
  explicit HeldNotices(Context context) : context_(context), added_(context.executor) {}

  // The decision `held`, to the agency's receipt topic and where else the message asks for it.
  void tell(AgencyId const& agency, RawMessage const& message, Rejection const& why);
  boost::asio::awaitable<void> run();

 private:
  static constexpr std::size_t waiting_max = 1000;

  Context context_;
  std::deque<OutgoingMessage> waiting_;
  Event added_;
};

}  // namespace siaga::flow
