#include "gateway/journal/sqlite_journal.hpp"

#include <boost/asio/use_awaitable.hpp>

#include "gateway/journal/answers.hpp"
#include "gateway/journal/checkpoint_mail.hpp"
#include "gateway/journal/climbing.hpp"
#include "gateway/journal/incident.hpp"
#include "gateway/journal/intake.hpp"
#include "gateway/journal/link_locks.hpp"
#include "gateway/journal/lookups.hpp"
#include "gateway/journal/network_receipts.hpp"
#include "gateway/journal/rollback.hpp"
#include "gateway/journal/sending.hpp"
#include "gateway/journal/signed_answers.hpp"

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
Journal::Awaitable<T> SqliteJournal::ask(JobKind kind, Work work) {
  auto start = [this, kind, work = std::move(work)](auto waiter) mutable {
    using Asked = AskedJob<T, Work, decltype(waiter)>;
    thread_.push(std::make_unique<Asked>(kind, std::move(work), std::move(waiter), core_));
  };
  return asio::async_initiate<asio::use_awaitable_t<> const, void(Result<T>)>(std::move(start),
                                                                              asio::use_awaitable);
}

asio::awaitable<InboundMessage> SqliteJournal::next_inbound() {
  for (;;) {
    if (auto message = feed_->pop()) co_return std::move(*message);
    if (!feed_->behind()) {
      thread_.intake_asks();
      co_await feed_->wait();
      continue;
    }
    auto const after = feed_->begin_reading();
    auto work = [after](Transaction& tx) -> Result<std::vector<InboundMessage>> {
      return undecided(tx, after, read_back_max);
    };
    auto asking = ask<std::vector<InboundMessage>>(JobKind::pressing, std::move(work));
    auto messages = co_await std::move(asking);
    if (messages)
      feed_->read_back(std::move(*messages), read_back_max);
    else
      co_await feed_->wait_for(read_back_pause);
  }
}

Journal::Awaitable<Accepted> SqliteJournal::accept(InboxId from, AuthorisedCommand raised,
                                                   Plan plan, InFlight sending, Moment now) {
  return ask<Accepted>(JobKind::intake, [from, raised = std::move(raised), plan = std::move(plan),
                                         sending = std::move(sending), now](Transaction& tx) {
    return accept_alert(tx, from, raised, plan, sending, now);
  });
}

Journal::Awaitable<Accepted> SqliteJournal::cancel(InboxId from, AuthorisedCommand cancelled,
                                                   InFlight sending, Moment now) {
  return ask<Accepted>(JobKind::pressing, [from, cancelled = std::move(cancelled),
                                           sending = std::move(sending), now](Transaction& tx) {
    return cancel_alert(tx, from, cancelled, sending, now);
  });
}

Journal::Awaitable<Accepted> SqliteJournal::note(InboxId from, AuthorisedCommand noted,
                                                 Moment now) {
  return ask<Accepted>(JobKind::recording, [from, noted = std::move(noted), now](Transaction& tx) {
    return note_message(tx, from, noted, now);
  });
}

Journal::Awaitable<Accepted> SqliteJournal::reject(InboxId from, AgencyId agency, Rejection why,
                                                   Moment now) {
  return ask<Accepted>(JobKind::recording,
                       [from, agency = std::move(agency), why = std::move(why), now](
                           Transaction& tx) { return reject_message(tx, from, agency, why, now); });
}

Journal::Awaitable<void> SqliteJournal::hold(InboxId from, AgencyId agency, Rejection why,
                                             Moment now) {
  return ask<void>(JobKind::recording,
                   [from, agency = std::move(agency), why = std::move(why), now](Transaction& tx) {
                     return hold_message(tx, from, agency, why, now);
                   });
}

Journal::Awaitable<InboundMessage> SqliteJournal::inbound(InboxId id) {
  return ask<InboundMessage>(JobKind::pressing,
                             [id](Transaction& tx) { return undecided_one(tx, id); });
}

Journal::Awaitable<InboundMessages> SqliteJournal::undecided_on(std::string topics, InboxId first) {
  return ask<std::vector<InboundMessage>>(
      JobKind::recording,
      [topics = std::move(topics), first](Transaction& tx) -> Result<std::vector<InboundMessage>> {
        return journal::undecided_on(tx, topics, first, read_back_max);
      });
}

Journal::Awaitable<Expansion> SqliteJournal::expand(AlertId alert, Moment now) {
  return ask<Expansion>(JobKind::background,
                        [alert, now](Transaction& tx) { return journal::expand(tx, alert, now); });
}

Journal::Awaitable<Claimed> SqliteJournal::claim_due(ChannelName channel, std::size_t count_max,
                                                     Moment now) {
  return ask<Claimed>(JobKind::pressing,
                      [channel = std::move(channel), count_max, now](Transaction& tx) {
                        return journal::claim_due(tx, channel, count_max, now);
                      });
}

Journal::Awaitable<void> SqliteJournal::release(std::vector<DeliveryId> unbegun, Moment now) {
  return ask<void>(JobKind::recording,
                   [unbegun = std::move(unbegun), now](Transaction& tx) -> Result<void> {
                     journal::release(tx, unbegun, now.utc);
                     return {};
                   });
}

Journal::Awaitable<Recorded> SqliteJournal::record(Attempt attempt) {
  return ask<Recorded>(JobKind::recording, [attempt = std::move(attempt)](Transaction& tx) {
    return record_attempt(tx, attempt);
  });
}

Journal::Awaitable<Recorded> SqliteJournal::record(Receipt receipt) {
  return ask<Recorded>(JobKind::recording, [receipt = std::move(receipt)](Transaction& tx) {
    return record_receipt(tx, receipt);
  });
}

Journal::Awaitable<Recorded> SqliteJournal::resolve(LateOutcome outcome) {
  return ask<Recorded>(JobKind::recording, [outcome = std::move(outcome)](Transaction& tx) {
    return resolve_attempt(tx, outcome);
  });
}

Journal::Awaitable<Stopped> SqliteJournal::acknowledge(Acknowledgement answer, InFlight sending,
                                                       Moment now, std::optional<InboxId> from) {
  return ask<Stopped>(JobKind::pressing, [answer = std::move(answer), sending = std::move(sending),
                                          now, from](Transaction& tx) {
    return journal::acknowledge(tx, answer, from, sending, now);
  });
}

Journal::Awaitable<void> SqliteJournal::refuse_answer(RefusedAnswer refused, Moment now) {
  return ask<void>(JobKind::recording,
                   [refused = std::move(refused), now](Transaction& tx) -> Result<void> {
                     journal::refuse_answer(tx, refused, now);
                     return {};
                   });
}

Journal::Awaitable<std::vector<OpenAlert>> SqliteJournal::open_alerts_of(OfficerId officer) {
  return ask<std::vector<OpenAlert>>(
      JobKind::pressing,
      [officer = std::move(officer)](Transaction& tx) -> Result<std::vector<OpenAlert>> {
        return journal::open_alerts_of(tx, officer);
      });
}

Journal::Awaitable<OpenAlert> SqliteJournal::alert_by_code(std::string code) {
  return ask<OpenAlert>(JobKind::pressing, [code = std::move(code)](Transaction& tx) {
    return journal::alert_by_code(tx, code);
  });
}

Journal::Awaitable<AlertId> SqliteJournal::latest_of(AlertId alert) {
  return ask<AlertId>(JobKind::pressing,
                      [alert](Transaction& tx) { return journal::latest_of(tx, alert); });
}

Journal::Awaitable<Delivery> SqliteJournal::delivery(DeliveryId id) {
  return ask<Delivery>(JobKind::recording,
                       [id](Transaction& tx) { return stored_delivery(tx, id); });
}

Journal::Awaitable<AnsweredBefore> SqliteJournal::answered_before(InboxId from, Moment now) {
  return ask<AnsweredBefore>(JobKind::recording, [from, now](Transaction& tx) {
    return journal::answered_before(tx, from, now.utc);
  });
}

Journal::Awaitable<void> SqliteJournal::lock_link(LinkLock lock, Moment now) {
  return ask<void>(JobKind::recording,
                   [lock = std::move(lock), now](Transaction& tx) -> Result<void> {
                     journal::lock_link(tx, lock, now.utc);
                     return {};
                   });
}

Journal::Awaitable<void> SqliteJournal::unlock_link(LinkLock lock, Moment now) {
  return ask<void>(JobKind::recording,
                   [lock = std::move(lock), now](Transaction& tx) -> Result<void> {
                     journal::unlock_link(tx, lock, now.utc);
                     return {};
                   });
}

Journal::Awaitable<std::vector<LinkLock>> SqliteJournal::locked_links() {
  return ask<std::vector<LinkLock>>(
      JobKind::recording,
      [](Transaction& tx) -> Result<std::vector<LinkLock>> { return journal::locked_links(tx); });
}

Journal::Awaitable<std::vector<LadderState>> SqliteJournal::open_ladders() {
  return ask<std::vector<LadderState>>(JobKind::recording,
                                       [](Transaction& tx) { return journal::open_ladders(tx); });
}

Journal::Awaitable<StepStarted> SqliteJournal::start_step(StepStart step, Moment now) {
  return ask<StepStarted>(JobKind::pressing, [step = std::move(step), now](Transaction& tx) {
    return journal::start_step(tx, step, now);
  });
}

Journal::Awaitable<std::vector<AlertId>> SqliteJournal::expire_due(InFlight sending, Moment now) {
  return ask<std::vector<AlertId>>(
      JobKind::pressing,
      [sending = std::move(sending), now](Transaction& tx) -> Result<std::vector<AlertId>> {
        return journal::expire_due(tx, sending, now);
      });
}

Journal::Awaitable<std::vector<AlertId>> SqliteJournal::assume_delivered(milliseconds waited,
                                                                         Moment now) {
  return ask<std::vector<AlertId>>(JobKind::recording,
                                   [waited, now](Transaction& tx) -> Result<std::vector<AlertId>> {
                                     return journal::assume_delivered(tx, waited, now.utc);
                                   });
}

Journal::Awaitable<std::shared_ptr<StoredAlert const>> SqliteJournal::alert(AlertId id) {
  return ask<std::shared_ptr<StoredAlert const>>(
      JobKind::pressing, [id](Transaction& tx) { return stored_alert(tx, id); });
}

Journal::Awaitable<std::vector<OutboxItem>> SqliteJournal::outbox(OutboxId after,
                                                                  std::size_t count_max) {
  return ask<std::vector<OutboxItem>>(
      JobKind::pressing, [after, count_max](Transaction& tx) -> Result<std::vector<OutboxItem>> {
        return journal::outbox(tx, after, count_max);
      });
}

Journal::Awaitable<void> SqliteJournal::published(std::vector<OutboxId> items) {
  return ask<void>(JobKind::recording, [items = std::move(items)](Transaction& tx) -> Result<void> {
    journal::published(tx, items);
    return {};
  });
}

Journal::Awaitable<AlertStatus> SqliteJournal::status_of(AlertId alert) {
  return ask<AlertStatus>(JobKind::recording,
                          [alert](Transaction& tx) { return journal::status_of(tx, alert); });
}

Journal::Awaitable<std::vector<AlertId>> SqliteJournal::alerts_to_announce(Moment) {
  return ask<std::vector<AlertId>>(JobKind::recording,
                                   [](Transaction& tx) -> Result<std::vector<AlertId>> {
                                     return journal::alerts_to_announce(tx);
                                   });
}

Journal::Awaitable<void> SqliteJournal::status_cleared(AlertId alert) {
  return ask<void>(JobKind::recording, [alert](Transaction& tx) -> Result<void> {
    journal::status_cleared(tx, alert);
    return {};
  });
}

Journal::Awaitable<std::optional<UtcTime>> SqliteJournal::outbox_since() {
  return ask<std::optional<UtcTime>>(
      JobKind::recording,
      [](Transaction& tx) -> Result<std::optional<UtcTime>> { return journal::outbox_since(tx); });
}

Journal::Awaitable<std::vector<ChannelName>> SqliteJournal::keep(IncidentPage page, Moment now) {
  return ask<std::vector<ChannelName>>(
      JobKind::recording,
      [page = std::move(page), now](Transaction& tx) -> Result<std::vector<ChannelName>> {
        return keep_incidents(tx, page, now);
      });
}

Journal::Awaitable<std::vector<KeptIncident>> SqliteJournal::incidents(UtcTime since) {
  return ask<std::vector<KeptIncident>>(
      JobKind::recording, [since](Transaction& tx) -> Result<std::vector<KeptIncident>> {
        return incidents_since(tx.db, since);
      });
}

Journal::Awaitable<void> SqliteJournal::write_event(GatewayEvent event, Moment now) {
  return ask<void>(JobKind::recording,
                   [event = std::move(event), now](Transaction& tx) -> Result<void> {
                     auto detail = detail_of(event) + checkpoints_so_far(tx, event.kind);
                     tx.log.write(now.utc, {event.kind, {}, {}, {}, std::move(detail)});
                     return {};
                   });
}

Journal::Awaitable<Checkpoint> SqliteJournal::checkpoint(Moment now) {
  return ask<Checkpoint>(JobKind::recording, [now](Transaction& tx) -> Result<Checkpoint> {
    auto made = tx.log.checkpoint(now.utc);
    made.mac = checkpoint_mac(tx, made.size, made.root);
    return made;
  });
}

Journal::Awaitable<LogStanding> SqliteJournal::compare_checkpoint(PublishedCheckpoint noted,
                                                                  Moment now) {
  return ask<LogStanding>(JobKind::recording, [noted = std::move(noted), now](Transaction& tx) {
    return journal::compare_checkpoint(tx, noted, now.utc);
  });
}

Journal::Awaitable<LogStanding> SqliteJournal::log_standing(Moment now) {
  return ask<LogStanding>(JobKind::recording,
                          [now](Transaction& tx) { return journal::log_standing(tx, now.utc); });
}

Journal::Awaitable<std::vector<ChannelName>> SqliteJournal::mail_checkpoint(CheckpointMail mail,
                                                                            Moment now) {
  return ask<std::vector<ChannelName>>(JobKind::recording,
                                       [mail = std::move(mail), now](Transaction& tx) {
                                         return journal::mail_checkpoint(tx, mail, now);
                                       });
}

Journal::Awaitable<void> SqliteJournal::probe() {
  return ask<void>(JobKind::recording, [](Transaction&) -> Result<void> { return {}; });
}

// Refused as a new alert would be.
Journal::Awaitable<void> SqliteJournal::room() {
  return ask<void>(JobKind::intake, [](Transaction&) -> Result<void> { return {}; });
}

}  // namespace siaga::journal
