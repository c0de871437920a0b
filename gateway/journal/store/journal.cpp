#include "gateway/journal/store/journal.hpp"

#include <boost/asio/use_awaitable.hpp>

#include "gateway/journal/changes/accept.hpp"
#include "gateway/journal/changes/acknowledge.hpp"
#include "gateway/journal/changes/cancel.hpp"
#include "gateway/journal/changes/claim.hpp"
#include "gateway/journal/changes/expand.hpp"
#include "gateway/journal/changes/expire.hpp"
#include "gateway/journal/changes/hold.hpp"
#include "gateway/journal/changes/incident.hpp"
#include "gateway/journal/changes/link_locks.hpp"
#include "gateway/journal/changes/mail_checkpoint.hpp"
#include "gateway/journal/changes/note.hpp"
#include "gateway/journal/changes/publish.hpp"
#include "gateway/journal/changes/record_attempt.hpp"
#include "gateway/journal/changes/record_receipt.hpp"
#include "gateway/journal/changes/refuse_answer.hpp"
#include "gateway/journal/changes/reject.hpp"
#include "gateway/journal/changes/rollback.hpp"
#include "gateway/journal/changes/signed_answers.hpp"
#include "gateway/journal/changes/start_step.hpp"
#include "gateway/journal/state/alerts.hpp"
#include "gateway/journal/state/deliveries.hpp"
#include "gateway/journal/state/incidents.hpp"
#include "gateway/journal/state/ladders.hpp"
#include "gateway/journal/state/status.hpp"
#include "gateway/journal/state/undecided.hpp"

namespace siaga::journal {
namespace asio = boost::asio;

namespace {

constexpr std::size_t read_back_max = 64;
constexpr milliseconds read_back_pause{1000};

// Resumes the coroutine that asked, on core. While it waits, core has work to do.
template <class T, class Work, class Waiter>
class AskedJob final : public JobOf<T, Work> {
 public:
  AskedJob(JobKind kind, Work work, Waiter waiter, asio::any_io_executor const& core)
      : JobOf<T, Work>(kind, std::move(work)),
        waiter_(std::move(waiter)),
        core_(asio::prefer(core, asio::execution::outstanding_work.tracked)) {}
  void resume() override {
    auto result = std::move(*this->result_);
    std::move(waiter_)(std::move(result));
  }

 private:
  Waiter waiter_;
  asio::any_io_executor core_;
};

// Why a channel is down is in the words of its peer.
std::string detail_of(GatewayEvent const& event) {
  return event.kind.starts_with("channel-") ? scrubbed(event.detail, "") : event.detail;
}

// A start says how many checkpoints there are: taking them out later shows.
std::string checkpoints_so_far(Transaction& tx, std::string_view kind) {
  if (kind != "started") return {};
  auto const count = first<std::int64_t>(tx.db, "SELECT checkpoints FROM head");
  return " checkpoints=" + std::to_string(count.value_or(0));
}

}  // namespace

// Not a coroutine: arguments are safe in the job before anything is awaited (architecture, section
// 5).
template <class T, class Work>
Journal::Awaitable<T> StoredJournal::ask(JobKind kind, Work work) {
  auto start = [this, kind, work = std::move(work)](auto waiter) mutable {
    using Asked = AskedJob<T, Work, decltype(waiter)>;
    thread_.push(std::make_unique<Asked>(kind, std::move(work), std::move(waiter), core_));
  };
  return asio::async_initiate<asio::use_awaitable_t<> const, void(Result<T>)>(std::move(start),
                                                                              asio::use_awaitable);
}

asio::awaitable<InboundMessage> StoredJournal::next_inbound() {
  for (;;) {
    if (auto message = feed_->pop()) co_return std::move(*message);
    if (!feed_->behind()) {
      thread_.intake_asks();
      co_await feed_->wait();
      continue;
    }
    auto const after = feed_->begin_reading();
    auto work = [after](Transaction& tx) -> Result<std::vector<InboundMessage>> {
      return undecided(tx.db, after, read_back_max);
    };
    auto asking = ask<std::vector<InboundMessage>>(JobKind::pressing, std::move(work));
    auto messages = co_await std::move(asking);
    if (messages)
      feed_->read_back(std::move(*messages), read_back_max);
    else
      co_await feed_->wait_for(read_back_pause);
  }
}

Journal::Awaitable<Accepted> StoredJournal::accept(InboxId from, AuthorisedCommand raised,
                                                   Plan plan, InFlight sending, Moment now) {
  return ask<Accepted>(JobKind::intake, [from, raised = std::move(raised), plan = std::move(plan),
                                         sending = std::move(sending), now](Transaction& tx) {
    return accept_alert(tx, from, raised, plan, sending, now);
  });
}

Journal::Awaitable<Accepted> StoredJournal::cancel(InboxId from, AuthorisedCommand cancelled,
                                                   InFlight sending, Moment now) {
  return ask<Accepted>(JobKind::pressing, [from, cancelled = std::move(cancelled),
                                           sending = std::move(sending), now](Transaction& tx) {
    return cancel_alert(tx, from, cancelled, sending, now);
  });
}

Journal::Awaitable<Accepted> StoredJournal::note(InboxId from, AuthorisedCommand noted,
                                                 Moment now) {
  return ask<Accepted>(JobKind::recording, [from, noted = std::move(noted), now](Transaction& tx) {
    return note_message(tx, from, noted, now);
  });
}

Journal::Awaitable<Accepted> StoredJournal::reject(InboxId from, AgencyId agency, Rejection why,
                                                   Moment now) {
  return ask<Accepted>(JobKind::recording,
                       [from, agency = std::move(agency), why = std::move(why), now](
                           Transaction& tx) { return reject_message(tx, from, agency, why, now); });
}

Journal::Awaitable<void> StoredJournal::hold(InboxId from, AgencyId agency, Rejection why,
                                             Moment now) {
  return ask<void>(JobKind::recording,
                   [from, agency = std::move(agency), why = std::move(why), now](Transaction& tx) {
                     return hold_message(tx, from, agency, why, now);
                   });
}

Journal::Awaitable<InboundMessage> StoredJournal::inbound(InboxId id) {
  return ask<InboundMessage>(JobKind::pressing,
                             [id](Transaction& tx) { return undecided_one(tx.db, id); });
}

Journal::Awaitable<InboundMessages> StoredJournal::undecided_on(std::string topics, InboxId first) {
  return ask<std::vector<InboundMessage>>(
      JobKind::recording,
      [topics = std::move(topics), first](Transaction& tx) -> Result<std::vector<InboundMessage>> {
        return journal::undecided_on(tx.db, topics, first, read_back_max);
      });
}

Journal::Awaitable<Expansion> StoredJournal::expand(AlertId alert, Moment now) {
  return ask<Expansion>(JobKind::background,
                        [alert, now](Transaction& tx) { return journal::expand(tx, alert, now); });
}

Journal::Awaitable<Claimed> StoredJournal::claim_due(ChannelName channel, std::size_t count_max,
                                                     Moment now) {
  return ask<Claimed>(JobKind::pressing,
                      [channel = std::move(channel), count_max, now](Transaction& tx) {
                        return journal::claim_due(tx, channel, count_max, now);
                      });
}

Journal::Awaitable<void> StoredJournal::release(std::vector<DeliveryId> unbegun, Moment now) {
  return ask<void>(JobKind::recording,
                   [unbegun = std::move(unbegun), now](Transaction& tx) -> Result<void> {
                     journal::release(tx, unbegun, now.utc);
                     return {};
                   });
}

Journal::Awaitable<Recorded> StoredJournal::record(Attempt attempt) {
  return ask<Recorded>(JobKind::recording, [attempt = std::move(attempt)](Transaction& tx) {
    return record_attempt(tx, attempt);
  });
}

Journal::Awaitable<Recorded> StoredJournal::record(Receipt receipt) {
  return ask<Recorded>(JobKind::recording, [receipt = std::move(receipt)](Transaction& tx) {
    return record_receipt(tx, receipt);
  });
}

Journal::Awaitable<Recorded> StoredJournal::resolve(LateOutcome outcome) {
  return ask<Recorded>(JobKind::recording, [outcome = std::move(outcome)](Transaction& tx) {
    return resolve_attempt(tx, outcome);
  });
}

Journal::Awaitable<Stopped> StoredJournal::acknowledge(Acknowledgement answer, InFlight sending,
                                                       Moment now, std::optional<InboxId> from) {
  return ask<Stopped>(JobKind::pressing, [answer = std::move(answer), sending = std::move(sending),
                                          now, from](Transaction& tx) {
    return journal::acknowledge(tx, answer, from, sending, now);
  });
}

Journal::Awaitable<void> StoredJournal::refuse_answer(RefusedAnswer refused, Moment now) {
  return ask<void>(JobKind::recording,
                   [refused = std::move(refused), now](Transaction& tx) -> Result<void> {
                     journal::refuse_answer(tx, refused, now);
                     return {};
                   });
}

Journal::Awaitable<std::vector<OpenAlert>> StoredJournal::open_alerts_of(OfficerId officer) {
  return ask<std::vector<OpenAlert>>(
      JobKind::pressing,
      [officer = std::move(officer)](Transaction& tx) -> Result<std::vector<OpenAlert>> {
        return journal::open_alerts_of(tx.db, officer);
      });
}

Journal::Awaitable<OpenAlert> StoredJournal::alert_by_code(std::string code) {
  return ask<OpenAlert>(JobKind::pressing, [code = std::move(code)](Transaction& tx) {
    return journal::alert_by_code(tx.db, code);
  });
}

Journal::Awaitable<AlertId> StoredJournal::latest_of(AlertId alert) {
  return ask<AlertId>(JobKind::pressing,
                      [alert](Transaction& tx) { return journal::latest_of(tx.db, alert); });
}

Journal::Awaitable<Delivery> StoredJournal::delivery(DeliveryId id) {
  return ask<Delivery>(JobKind::recording,
                       [id](Transaction& tx) { return stored_delivery(tx.db, id); });
}

Journal::Awaitable<AnsweredBefore> StoredJournal::answered_before(InboxId from, Moment now) {
  return ask<AnsweredBefore>(JobKind::recording, [from, now](Transaction& tx) {
    return journal::answered_before(tx, from, now.utc);
  });
}

Journal::Awaitable<void> StoredJournal::lock_link(LinkLock lock, Moment now) {
  return ask<void>(JobKind::recording,
                   [lock = std::move(lock), now](Transaction& tx) -> Result<void> {
                     journal::lock_link(tx, lock, now.utc);
                     return {};
                   });
}

Journal::Awaitable<void> StoredJournal::unlock_link(LinkLock lock, Moment now) {
  return ask<void>(JobKind::recording,
                   [lock = std::move(lock), now](Transaction& tx) -> Result<void> {
                     journal::unlock_link(tx, lock, now.utc);
                     return {};
                   });
}

Journal::Awaitable<std::vector<LinkLock>> StoredJournal::locked_links() {
  return ask<std::vector<LinkLock>>(
      JobKind::recording,
      [](Transaction& tx) -> Result<std::vector<LinkLock>> { return journal::locked_links(tx); });
}

Journal::Awaitable<std::vector<LadderState>> StoredJournal::open_ladders() {
  return ask<std::vector<LadderState>>(
      JobKind::recording, [](Transaction& tx) { return journal::open_ladders(tx.db); });
}

Journal::Awaitable<StepStarted> StoredJournal::start_step(StepStart step, Moment now) {
  return ask<StepStarted>(JobKind::pressing, [step = std::move(step), now](Transaction& tx) {
    return journal::start_step(tx, step, now);
  });
}

Journal::Awaitable<std::vector<AlertId>> StoredJournal::expire_due(InFlight sending, Moment now) {
  return ask<std::vector<AlertId>>(
      JobKind::pressing,
      [sending = std::move(sending), now](Transaction& tx) -> Result<std::vector<AlertId>> {
        return journal::expire_due(tx, sending, now);
      });
}

Journal::Awaitable<std::vector<AlertId>> StoredJournal::assume_delivered(milliseconds waited,
                                                                         Moment now) {
  return ask<std::vector<AlertId>>(JobKind::recording,
                                   [waited, now](Transaction& tx) -> Result<std::vector<AlertId>> {
                                     return journal::assume_delivered(tx, waited, now.utc);
                                   });
}

Journal::Awaitable<std::shared_ptr<StoredAlert const>> StoredJournal::alert(AlertId id) {
  return ask<std::shared_ptr<StoredAlert const>>(
      JobKind::pressing, [id](Transaction& tx) { return stored_alert(tx.db, id); });
}

Journal::Awaitable<std::vector<OutboxItem>> StoredJournal::outbox(OutboxId after,
                                                                  std::size_t count_max) {
  return ask<std::vector<OutboxItem>>(
      JobKind::pressing, [after, count_max](Transaction& tx) -> Result<std::vector<OutboxItem>> {
        return journal::outbox(tx, after, count_max);
      });
}

Journal::Awaitable<void> StoredJournal::published(std::vector<OutboxId> items) {
  return ask<void>(JobKind::recording, [items = std::move(items)](Transaction& tx) -> Result<void> {
    journal::published(tx, items);
    return {};
  });
}

Journal::Awaitable<AlertStatus> StoredJournal::status_of(AlertId alert) {
  return ask<AlertStatus>(JobKind::recording,
                          [alert](Transaction& tx) { return journal::status_of(tx.db, alert); });
}

Journal::Awaitable<std::vector<AlertId>> StoredJournal::alerts_to_announce(Moment) {
  return ask<std::vector<AlertId>>(JobKind::recording,
                                   [](Transaction& tx) -> Result<std::vector<AlertId>> {
                                     return journal::alerts_to_announce(tx.db);
                                   });
}

Journal::Awaitable<void> StoredJournal::status_cleared(AlertId alert) {
  return ask<void>(JobKind::recording, [alert](Transaction& tx) -> Result<void> {
    journal::status_cleared(tx, alert);
    return {};
  });
}

Journal::Awaitable<std::optional<UtcTime>> StoredJournal::outbox_since() {
  return ask<std::optional<UtcTime>>(
      JobKind::recording,
      [](Transaction& tx) -> Result<std::optional<UtcTime>> { return journal::outbox_since(tx); });
}

Journal::Awaitable<std::vector<ChannelName>> StoredJournal::keep(IncidentPage page, Moment now) {
  return ask<std::vector<ChannelName>>(
      JobKind::recording,
      [page = std::move(page), now](Transaction& tx) -> Result<std::vector<ChannelName>> {
        return keep_incidents(tx, page, now);
      });
}

Journal::Awaitable<std::vector<KeptIncident>> StoredJournal::incidents(UtcTime since) {
  return ask<std::vector<KeptIncident>>(
      JobKind::recording, [since](Transaction& tx) -> Result<std::vector<KeptIncident>> {
        return incidents_since(tx.db, since);
      });
}

Journal::Awaitable<void> StoredJournal::write_event(GatewayEvent event, Moment now) {
  return ask<void>(JobKind::recording,
                   [event = std::move(event), now](Transaction& tx) -> Result<void> {
                     auto detail = detail_of(event) + checkpoints_so_far(tx, event.kind);
                     tx.log.write(now.utc, {event.kind, {}, {}, {}, std::move(detail)});
                     return {};
                   });
}

Journal::Awaitable<Checkpoint> StoredJournal::checkpoint(Moment now) {
  return ask<Checkpoint>(JobKind::recording, [now](Transaction& tx) -> Result<Checkpoint> {
    auto made = tx.log.checkpoint(now.utc);
    made.mac = checkpoint_mac(tx, made.size, made.root);
    return made;
  });
}

Journal::Awaitable<LogStanding> StoredJournal::compare_checkpoint(PublishedCheckpoint noted,
                                                                  Moment now) {
  return ask<LogStanding>(JobKind::recording, [noted = std::move(noted), now](Transaction& tx) {
    return journal::compare_checkpoint(tx, noted, now.utc);
  });
}

Journal::Awaitable<LogStanding> StoredJournal::log_standing(Moment now) {
  return ask<LogStanding>(JobKind::recording,
                          [now](Transaction& tx) { return journal::log_standing(tx, now.utc); });
}

Journal::Awaitable<std::vector<ChannelName>> StoredJournal::mail_checkpoint(CheckpointMail mail,
                                                                            Moment now) {
  return ask<std::vector<ChannelName>>(JobKind::recording,
                                       [mail = std::move(mail), now](Transaction& tx) {
                                         return journal::mail_checkpoint(tx, mail, now);
                                       });
}

Journal::Awaitable<void> StoredJournal::probe() {
  return ask<void>(JobKind::recording, [](Transaction&) -> Result<void> { return {}; });
}

// Refused as a new alert would be.
Journal::Awaitable<void> StoredJournal::room() {
  return ask<void>(JobKind::intake, [](Transaction&) -> Result<void> { return {}; });
}

}  // namespace siaga::journal
