// AnswerIntake: takes what agencies' systems answer for their officers, apart from alerts, so that
// no flood of answers stands before an alert. Each agency has an allowance; what is more waits, and
// the agencies have their turns.
//
// Place:  intake -> ANSWER INTAKE (gate, judge) -> replies -> Journal::acknowledge or reject.
// Thread: core only.
// Errors: an answer that cannot count becomes a rejection, told of once a second and agency; a
//         journal that fails is waited out.
// Bound:  `at_hand_max` messages in memory; of the others only the ids.
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

  boost::asio::awaitable<void> read_on(Gate::Ticket first);
  boost::asio::awaitable<void> decide(InboxId id);
  boost::asio::awaitable<Result<InboundMessage>> message_of(InboxId id);
  boost::asio::awaitable<std::optional<Rejection>> objection(AgencyId agency,
                                                             InboundMessage message);
  boost::asio::awaitable<AnsweredBefore> came_before(InboxId from);
  boost::asio::awaitable<void> pause();
  void tell_in_turn(AgencyId const& bucket, Rejection& why);
  AgencyId bucket_of(AgencyId const& agency) const;  // all strangers share one

  Context context_;
  Gate gate_;
  Event changed_;
  ReceiptPace pace_;
  std::unordered_map<InboxId, InboundMessage> at_hand_;
  bool stopping_ = false;
};

}  // namespace siaga::flow
