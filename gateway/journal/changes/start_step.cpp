#include "gateway/journal/changes/start_step.hpp"

#include "gateway/journal/changes/agency_receipt.hpp"
#include "gateway/journal/changes/mailing.hpp"
#include "gateway/journal/state/acknowledgements.hpp"

namespace siaga::journal {
namespace {

struct Climber {
  AgencyId agency;
  std::string sender, identifier, code;
  Priority priority = Priority::normal;
  std::optional<UtcTime> expires;
  UtcTime accepted_at{};
};

// The open alert of a ladder that has not reached this place yet.
std::optional<Climber> load(Transaction& tx, StepStart const& step) {
  Query row(tx.db,
            "SELECT a.agency, a.sender, a.identifier, a.code, a.priority, a.expires, a.accepted_at"
            " FROM ladders l JOIN alerts a ON a.id = l.alert WHERE l.alert = ? AND l.ordinal = ?"
            " AND a.state = 'open' AND (l.round, l.step) < (?, ?)",
            step.alert, step.ladder, step.position.round, step.position.step);
  if (!row.next()) return std::nullopt;
  return Climber{row.get<AgencyId>(0),    row.get<std::string>(1),
                 row.get<std::string>(2), row.get<std::string>(3),
                 row.get<Priority>(4),    row.get<std::optional<UtcTime>>(5),
                 row.get<UtcTime>(6)};
}

std::string place_of(StepStart const& step) {
  return "ladder=" + std::to_string(step.ladder) +
         " round=" + std::to_string(step.position.round + 1) +
         " step=" + std::to_string(step.position.step + 1);
}

void report_empty(Transaction& tx, StepStart const& step, Climber const& climber, Moment now) {
  AgencyReceipt receipt;
  receipt.agency = climber.agency;
  receipt.identifier = climber.identifier;
  receipt.sender = climber.sender;
  receipt.alert = step.alert;
  receipt.code = climber.code;
  receipt.received_at = climber.accepted_at;
  receipt.decided_at = now.utc;
  receipt.reasons.push_back({"", "policy.step-empty",
                             "langkah " + std::to_string(step.position.step + 1) +
                                 " tidak menjangkau siapa pun / this step reaches nobody"});
  send_notice_to_agency(tx, receipt, now.utc);
}

}  // namespace

Result<StepStarted> start_step(Transaction& tx, StepStart const& step, Moment now) {
  auto const busy = officers_who_accepted(tx.db, step.alert);
  auto recipients = step.recipients.recipients;
  std::erase_if(recipients, [&](Recipient const& one) { return busy.contains(one.officer); });
  StepStarted started;
  auto const climber = load(tx, step);
  if (!climber) return started;
  started.began = true;
  run(tx.db,
      "UPDATE ladders SET round = ?, step = ?, round_started = ?, next_due = ?"
      " WHERE alert = ? AND ordinal = ?",
      step.position.round, step.position.step, step.position.round_started, step.next_due,
      step.alert, step.ladder);
  bool const empty = step.recipients.recipients.empty();
  auto const place = place_of(step);
  tx.log.write(now.utc, {"escalated", step.alert, {}, {}, place + " because=" + step.because});
  tx.log.write(now.utc, {empty ? "step-empty" : "step-started",
                         step.alert,
                         {},
                         {},
                         place + " recipients=" + std::to_string(recipients.size()) +
                             " unreachable=" + std::to_string(step.recipients.unreachable.size())});
  if (empty) {
    report_empty(tx, step, *climber, now);
    return started;
  }
  Mailing mailing;
  mailing.alert = step.alert;
  mailing.ladder = step.ladder;
  mailing.round = step.position.round;
  mailing.step = step.position.step;
  mailing.priority = climber->priority;
  mailing.due = now.steady;
  mailing.expires = climber->expires.value_or(never);
  auto planned = plan_deliveries(tx, mailing, recipients, now);
  started.more_to_expand = planned.more;
  started.due = std::move(planned.due);
  return started;
}

}  // namespace siaga::journal
