// StoredJournal: the Journal over the store thread. Every method is one job; nothing is decided
// here.
//
// Place:  flow -> STORED JOURNAL -> store thread -> state, changes.
// Thread: core only; each awaitable resumes on core after the commit.
// Errors: see ports/journal.hpp.
// Durable: see store_thread.hpp.
#pragma once

#include "gateway/journal/store/inbound_feed.hpp"
#include "gateway/journal/store/store_thread.hpp"

namespace siaga::journal {

class StoredJournal final : public Journal {
 public:
  StoredJournal(boost::asio::any_io_executor core, StoreThread& thread,
                std::shared_ptr<InboundFeed> feed)
      : core_(std::move(core)), thread_(thread), feed_(std::move(feed)) {}

  boost::asio::awaitable<InboundMessage> next_inbound() override;
  Awaitable<Accepted> accept(InboxId from, AuthorisedCommand raised, Plan plan, InFlight sending,
                             Moment now) override;
  Awaitable<Accepted> cancel(InboxId from, AuthorisedCommand cancelled, InFlight sending,
                             Moment now) override;
  Awaitable<Accepted> note(InboxId from, AuthorisedCommand noted, Moment now) override;
  Awaitable<void> hold(InboxId from, AgencyId agency, Rejection why, Moment now) override;
  Awaitable<InboundMessage> inbound(InboxId id) override;
  Awaitable<InboundMessages> undecided_on(std::string topics, InboxId first) override;
  Awaitable<Accepted> reject(InboxId from, AgencyId agency, Rejection why, Moment now) override;

  Awaitable<Expansion> expand(AlertId alert, Moment now) override;
  Awaitable<Claimed> claim_due(ChannelName channel, std::size_t count_max, Moment now) override;
  Awaitable<void> release(std::vector<DeliveryId> unbegun, Moment now) override;
  Awaitable<Recorded> record(Attempt attempt) override;
  Awaitable<Recorded> record(Receipt receipt) override;
  Awaitable<Recorded> resolve(LateOutcome outcome) override;

  Awaitable<Stopped> acknowledge(Acknowledgement answer, InFlight sending, Moment now,
                                 std::optional<InboxId> from) override;
  Awaitable<void> refuse_answer(RefusedAnswer refused, Moment now) override;
  Awaitable<std::vector<OpenAlert>> open_alerts_of(OfficerId officer) override;
  Awaitable<OpenAlert> alert_by_code(std::string code) override;
  Awaitable<AlertId> latest_of(AlertId alert) override;
  Awaitable<Delivery> delivery(DeliveryId id) override;
  Awaitable<AnsweredBefore> answered_before(InboxId from, Moment now) override;
  Awaitable<void> lock_link(LinkLock lock, Moment now) override;
  Awaitable<void> unlock_link(LinkLock lock, Moment now) override;
  Awaitable<std::vector<LinkLock>> locked_links() override;

  Awaitable<std::vector<LadderState>> open_ladders() override;
  Awaitable<StepStarted> start_step(StepStart step, Moment now) override;
  Awaitable<std::vector<AlertId>> expire_due(InFlight sending, Moment now) override;
  Awaitable<std::vector<AlertId>> assume_delivered(milliseconds waited, Moment now) override;
  Awaitable<std::shared_ptr<StoredAlert const>> alert(AlertId id) override;

  Awaitable<std::vector<OutboxItem>> outbox(OutboxId after, std::size_t count_max) override;
  Awaitable<void> published(std::vector<OutboxId> items) override;
  Awaitable<AlertStatus> status_of(AlertId alert) override;
  Awaitable<std::vector<AlertId>> alerts_to_announce(Moment now) override;
  Awaitable<void> status_cleared(AlertId alert) override;
  Awaitable<std::optional<UtcTime>> outbox_since() override;

  Awaitable<std::vector<ChannelName>> keep(IncidentPage page, Moment now) override;
  Awaitable<std::vector<KeptIncident>> incidents(UtcTime since) override;

  Awaitable<void> write_event(GatewayEvent event, Moment now) override;
  Awaitable<Checkpoint> checkpoint(Moment now) override;
  Awaitable<LogStanding> compare_checkpoint(PublishedCheckpoint noted, Moment now) override;
  Awaitable<LogStanding> log_standing(Moment now) override;
  Awaitable<std::vector<ChannelName>> mail_checkpoint(CheckpointMail mail, Moment now) override;
  Awaitable<void> probe() override;
  Awaitable<void> room() override;

 private:
  template <class T, class Work>
  Awaitable<T> ask(JobKind kind, Work work);

  boost::asio::any_io_executor core_;
  StoreThread& thread_;
  std::shared_ptr<InboundFeed> feed_;
};

}  // namespace siaga::journal
