// Doubts: messages that were written and got no answer. An answer that comes late, or a receipt
// that matches no other message, still finds its message here. News about a message that is being
// sent again, or was not written whole, resolves nothing; but a part that was taken is en route.
//
// Place:  Outbox (a submit unanswered, an answer come late), Inbound (a stranger's receipt) ->
//         DOUBTS -> LateOutcome -> ReceiptSink.
// Rule:   a receipt is taken as the answer for a message in doubt only if no other message in doubt
//         went to that number.
// Thread: core only. Lost with the process: messages in doubt then are sent again.
// Bounds: doubts_max, the oldest leave first; each for ten minutes.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/domain/delivery.hpp"
#include "protocols/sms/smpp/en_route.hpp"

namespace siaga::sms {

struct Doubt {
  std::uint64_t submission = 0;
  DeliveryId delivery;
  std::string destination;
  std::vector<std::optional<std::string>> references;  // by part; none = not answered yet
  EnRoute::Part en_route;  // of a part once it is taken; its id is not known yet
  bool open = true;        // may be resolved
  SteadyTime forget_at{};
};

// What became of a doubtful message; the channel adds its name and the time.
struct Resolved {
  DeliveryId delivery;
  SendOutcome outcome;
};

class Doubts {
 public:
  void add(Doubt doubt, SteadyTime now);
  void end(DeliveryId sent_again);

  Doubt const* find(std::uint64_t submission) const;  // resolvable or not; null = none
  // A part was taken after all; resolved when all of them are.
  std::optional<Resolved> accepted(Ticket ticket, std::string reference);
  // A part was refused after all. Of several parts some may have arrived: that stays in doubt.
  std::optional<Resolved> refused(Ticket ticket, SendOutcome outcome);
  // For a receipt whose reference nobody knows: whether it is a doubt's. It may resolve it.
  struct Match {
    std::optional<Resolved> resolved;
  };
  std::optional<Match> receipt_from(std::string_view destination, std::string const& reference,
                                    SteadyTime now);

 private:
  using Place = std::deque<Doubt>::iterator;
  Place open_one(std::uint64_t submission);
  std::optional<Resolved> when_whole(Place doubt);

  std::deque<Doubt> all_;  // oldest first
};

}  // namespace siaga::sms
