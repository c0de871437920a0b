// mailing: writes the deliveries of one message to many people: the first at once, a large rest in
// chunks.
//
// Place:  accept, start_step, cancel, acknowledge -> MAILING -> tables deliveries and chunks ->
//         claim.
// Thread: store thread.
// Rules:  a delivery waits for an unfinished earlier one of the same alert family to the same
//         address (after_delivery). An officer who was told of an earlier alert of the family gets
//         an update, not an alert. Cancel, closing, and an update outside a step go only to those
//         who were told.
// Durable: a chunk is one row until its turn: ending an alert drops the chunks that no lane has
//         reached yet.
#pragma once

#include <span>
#include <vector>

#include "gateway/domain/plan.hpp"
#include "gateway/journal/changes/transaction.hpp"

namespace siaga::journal {

// What a set of deliveries has in common.
struct Mailing {
  AlertId alert;
  int ladder = -1;  // -1: belongs to no step
  int round = 0;
  int step = 0;
  MessageKind kind = MessageKind::alert;
  Priority priority = Priority::normal;
  SteadyTime due{};
  UtcTime expires{};
  std::string text;
};

struct Planned {
  bool more = false;  // some are in chunks
  std::vector<ChannelName> due;

  void add(Planned other);
};

Planned plan_deliveries(Transaction& tx, Mailing const& mailing,
                        std::vector<Recipient> const& recipients, Moment now);
// Writes these deliveries now; see the rules above.
void write_out(Transaction& tx, Mailing const& mailing, std::span<Recipient const> recipients,
               Moment now);
// A single message outside any alert's flow: a notice.
void plan_notice(Transaction& tx, Mailing const& mailing, Recipient const& recipient, Moment now);

// Past every deadline: what an alert without `expires` is kept by.
constexpr UtcTime never{milliseconds{253'402'300'799'000}};  // the end of the year 9999

}  // namespace siaga::journal
