// Doubts: messages that were written and not answered for. What the network says of them later, by
// an answer after its time or by a receipt nobody knows, still finds them.
//
// Place:  Outbox (a submit unanswered, an answer come late), Inbound (a stranger's receipt) ->
//         DOUBTS -> LateOutcome -> ReceiptSink.
// Rule:   a receipt is taken for a doubt's only when one doubt alone went to that number.
// Thread: core only. Lost with the process: what was in doubt then is sent again.
// Bounds: doubts_max, the oldest leave first; each for ten minutes; one that is sent again ends.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/domain/delivery.hpp"
#include "protocols/sms/smpp/session.hpp"

namespace siaga::sms {

struct Doubt {
  std::uint64_t submission = 0;
  DeliveryId delivery;
  std::string destination;
  std::vector<std::optional<std::string>> references;  // by part; none = not answered yet
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

  bool holds(std::uint64_t submission) const;
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
  Place of(std::uint64_t submission);
  std::optional<Resolved> when_whole(Place doubt);

  std::deque<Doubt> all_;  // oldest first
};

}  // namespace siaga::sms
