// Journal: everything that must survive, each change and its log row in one transaction.
//
// Place:  every leg of the flow -> JOURNAL -> store thread. Due deliveries are its queue.
// Thread: called on core; each awaitable resumes on core after the commit.
// Errors: storage_full, storage_failed, storage_corrupt, not_found: nothing of the call is kept.
// Durable: every call that returned success; open work is found again by query after a crash.
// Lease:  a claim carries a fence; record() refuses a fence that is no longer the delivery's.
#pragma once

#include <vector>

#include "gateway/ports/answer_guard.hpp"
#include "gateway/ports/checkpoints.hpp"
#include "gateway/ports/inbox.hpp"
#include "gateway/ports/incident_journal.hpp"

namespace siaga {

class Journal : public Checkpoints, public IncidentJournal, public AnswerGuard {
 public:
  template <class T>
  using Awaitable = boost::asio::awaitable<Result<T>>;

  // Intake. A message may come before it is committed; its decision fails with `cancelled` when
  // that commit fails. Each ends in exactly one of accept, cancel, note, reject or acknowledge. The
  // result says what was decided: the same bytes again give `duplicate`; a used name with other
  // content is rejected.
  virtual boost::asio::awaitable<InboundMessage> next_inbound() = 0;
  virtual Awaitable<Accepted> accept(InboxId from, AuthorisedCommand raised, Plan plan,
                                     InFlight sending, Moment now) = 0;
  virtual Awaitable<Accepted> cancel(InboxId from, AuthorisedCommand cancelled, InFlight sending,
                                     Moment now) = 0;
  virtual Awaitable<Accepted> note(InboxId from, AuthorisedCommand noted, Moment now) = 0;
  // It waits, undecided; its agency is told why, once. Later it is read again and decided.
  virtual Awaitable<void> hold(InboxId from, AgencyId agency, Rejection why, Moment now) = 0;
  virtual Awaitable<InboundMessage> inbound(InboxId id) = 0;  // not_found once it is decided
  // Of this topic, or of all that begin so if it ends in *; from this on, oldest first, by pages.
  virtual Awaitable<InboundMessages> undecided_on(std::string topics, InboxId first) = 0;
  virtual Awaitable<Accepted> reject(InboxId from, AgencyId agency, Rejection why, Moment now) = 0;

  // Deliveries.
  virtual Awaitable<Expansion> expand(AlertId alert, Moment now) = 0;  // a big step's next chunk
  virtual Awaitable<Claimed> claim_due(ChannelName channel, std::size_t count_max, Moment now) = 0;
  virtual Awaitable<void> release(std::vector<DeliveryId> unbegun,
                                  Moment now) = 0;  // claimed, never begun
  virtual Awaitable<Recorded> record(Attempt attempt) = 0;
  virtual Awaitable<Recorded> record(Receipt receipt) = 0;
  virtual Awaitable<Recorded> resolve(LateOutcome outcome) = 0;

  // Answers.
  virtual Awaitable<Stopped> acknowledge(Acknowledgement answer, InFlight sending, Moment now,
                                         std::optional<InboxId> from = {}) = 0;
  virtual Awaitable<void> refuse_answer(RefusedAnswer refused, Moment now) = 0;
  virtual Awaitable<std::vector<OpenAlert>> open_alerts_of(OfficerId officer) = 0;
  virtual Awaitable<OpenAlert> alert_by_code(std::string code) = 0;  // open, or closed within 24 h
  virtual Awaitable<AlertId> latest_of(AlertId alert) = 0;  // itself, or the last to replace it
  virtual Awaitable<Delivery> delivery(DeliveryId id) = 0;

  // Escalation, expiry, and receipts that never come.
  virtual Awaitable<std::vector<LadderState>> open_ladders() = 0;
  virtual Awaitable<StepStarted> start_step(StepStart step, Moment now) = 0;
  virtual Awaitable<std::vector<AlertId>> expire_due(InFlight sending, Moment now) = 0;
  virtual Awaitable<std::vector<AlertId>> assume_delivered(milliseconds waited, Moment now) = 0;
  virtual Awaitable<std::shared_ptr<StoredAlert const>> alert(AlertId id) = 0;

  // What is said back over MQTT.
  virtual Awaitable<std::vector<OutboxItem>> outbox(OutboxId after, std::size_t count_max) = 0;
  virtual Awaitable<void> published(std::vector<OutboxId> items) = 0;
  virtual Awaitable<AlertStatus> status_of(AlertId alert) = 0;
  virtual Awaitable<std::vector<AlertId>> alerts_to_announce(Moment now) = 0;  // or ended < a day
  virtual Awaitable<void> status_cleared(AlertId alert) = 0;

  // The log itself.
  virtual Awaitable<void> write_event(GatewayEvent event, Moment now) = 0;
  virtual Awaitable<Checkpoint> checkpoint(Moment now) = 0;  // none new when nothing was logged
  virtual Awaitable<void> probe() = 0;  // one round trip through the store, behind what waits
  virtual Awaitable<void> room() = 0;   // storage_full: there is none for new alerts
};

}  // namespace siaga
