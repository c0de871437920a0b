// AnswerIntake: takes the answers that agencies' systems send for their officers, apart from
// alerts, so that a flood of answers delays no alert. Each agency has an allowance; further answers
// wait, and the agencies take turns.
//
// Place:  intake -> ANSWER INTAKE (gate, judge) -> replies -> Journal::acknowledge or reject.
// Thread: core only.
// Errors: an answer that cannot count becomes a rejection. An agency is told of its rejections once
//         a second; the last of a burst says how many were not told. When the journal fails, this
//         waits.
// Bound:  `at_hand_max` messages in memory; of the others only the ids. One rejection an agency.
// Durable: an answer not decided when the process dies is handed out again after the restart.
#pragma once

#include <unordered_map>

#include "gateway/flow/gate.hpp"
#include "gateway/flow/judge.hpp"
#include "gateway/flow/receipt_pace.hpp"
#include "gateway/flow/refusals.hpp"
#include "gateway/flow/replies.hpp"

namespace siaga::flow {

class AnswerIntake {
 public:
  struct Context {
    boost::asio::any_io_executor executor;
    Clock& clock;
    Journal& journal;
    Current& world;
    Judge const& judge;
    Wire const& wire;
    StorageWatch& storage;
    Replies& replies;
    Refusals& refusals;
  };
  explicit AnswerIntake(Context context) : context_(context), changed_(context.executor) {}

  void take(AgencyId const& agency, InboundMessage message);
  boost::asio::awaitable<void> run();
  void stop();
  std::size_t waiting() const noexcept { return gate_.waiting(); }

 private:
  static constexpr std::size_t at_hand_max = 256;
  static constexpr std::size_t at_hand_bytes_max = 4096;

  struct Refused {
    InboxId id;
    AgencyId agency;
    Rejection why;
    Refused(InboxId i, AgencyId a, Rejection w) : id(i), agency(std::move(a)), why(std::move(w)) {}
  };

  boost::asio::awaitable<void> read_on(Gate::Ticket first);
  boost::asio::awaitable<void> decide(InboxId id);
  boost::asio::awaitable<Result<InboundMessage>> message_of(InboxId id);
  boost::asio::awaitable<std::optional<Rejection>> objection(AgencyId agency,
                                                             InboundMessage message);
  boost::asio::awaitable<AnsweredBefore> came_before(InboxId from);
  boost::asio::awaitable<void> pause();
  boost::asio::awaitable<void> reject_in_turn(AgencyId bucket, Refused refused);
  boost::asio::awaitable<void> reject_the_last(SteadyTime now);
  boost::asio::awaitable<void> reject(Refused refused, std::optional<std::size_t> untold);
  SteadyTime next_turn(SteadyTime no_later) const;
  AgencyId bucket_of(AgencyId const& agency) const;  // all strangers share one

  Context context_;
  Gate gate_;
  Event changed_;
  ReceiptPace pace_;
  std::map<AgencyId, Refused> untold_;  // an agency's last, until its next or its turn comes
  std::unordered_map<InboxId, InboundMessage> at_hand_;
  bool stopping_ = false;
};

}  // namespace siaga::flow
