#include "gateway/journal/changes/acknowledge.hpp"

#include <algorithm>

#include "gateway/domain/message.hpp"
#include "gateway/journal/changes/inbound.hpp"
#include "gateway/journal/changes/mailing.hpp"
#include "gateway/journal/state/acknowledgements.hpp"
#include "gateway/journal/state/family.hpp"

namespace siaga::journal {
namespace {

constexpr std::chrono::hours closing_lives{24};  // of an alert that says no expiry
constexpr std::size_t salt_bytes = 16;

struct Asked {  // the alert that was answered
  AlertState state = AlertState::open;
  Status status = Status::actual;
  Priority priority = Priority::normal;
  std::string event, place, code;
  std::optional<UtcTime> expires;
};

std::optional<Asked> load(Transaction& tx, AlertId alert) {
  Query row(tx.db,
            "SELECT state, status, priority, event, place, code, expires FROM alerts"
            " WHERE id = ?",
            alert);
  if (!row.next()) return std::nullopt;
  return Asked{row.get<AlertState>(0),
               row.get<Status>(1),
               row.get<Priority>(2),
               row.get<std::string>(3),
               row.get<std::string>(4),
               row.get<std::string>(5),
               row.get<std::optional<UtcTime>>(6)};
}

bool says_something_new(Transaction& tx, Acknowledgement const& answer) {
  auto const before = first<Answer>(tx.db,
                                    "SELECT answer FROM acknowledgements WHERE alert = ?"
                                    " AND officer = ? ORDER BY seq DESC LIMIT 1",
                                    answer.alert, answer.officer);
  return before != answer.answer;
}

void keep(Transaction& tx, Acknowledgement const& answer, bool counted) {
  auto const salt = random_bytes(salt_bytes);
  auto detail =
      answer_detail(to_word(answer.answer), to_word(answer.via), to_word(answer.evidence), counted);
  if (!answer.note.empty()) detail += note_detail(salt, answer.note);
  auto const seq =
      tx.log.write(answer.at, {"answer", answer.alert, {}, answer.officer, std::move(detail)});
  run(tx.db, "INSERT INTO acknowledgements VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", seq,
      answer.alert, answer.officer, answer.answer, answer.via, answer.evidence, answer.at, counted,
      answer.note, Blob{salt});
}

bool is_enough(Transaction& tx, AlertId alert) {
  auto const needed = first<std::int64_t>(
      tx.db, "SELECT coalesce(max(acks_needed), 1) FROM ladders WHERE alert = ?", alert);
  return static_cast<std::int64_t>(count_answers(tx.db, alert).accepted) >= needed.value_or(1);
}

// One per officer, on the path that reached him first; one per broadcast channel.
std::vector<Recipient> to_be_told_of_end(Transaction& tx, AlertId alert) {
  auto const busy = officers_who_accepted(tx.db, alert);
  std::vector<Recipient> all;
  std::set<OfficerId> seen;
  for (auto& recipient : told_of(tx.db, family_of(tx.db, alert))) {
    bool const broadcast = recipient.officer.empty();
    if (!broadcast && (busy.contains(recipient.officer) || !seen.insert(recipient.officer).second))
      continue;
    all.push_back(std::move(recipient));
  }
  return all;
}

// The current steps that told this officer; see decisions/0008.
std::vector<StepPlace> current_steps_of(Transaction& tx, AlertId alert, OfficerId const& officer) {
  std::vector<StepPlace> places;
  Query rows(tx.db,
             "SELECT l.ordinal, l.round, l.step FROM ladders l WHERE l.alert = ?"
             " AND EXISTS (SELECT 1 FROM deliveries d"
             " WHERE d.officer = ? AND d.officer <> '' AND d.alert = l.alert"
             " AND d.ladder = l.ordinal AND d.round = l.round AND d.step = l.step)",
             alert, officer);
  while (rows.next()) places.push_back({rows.get<int>(0), rows.get<int>(1), rows.get<int>(2)});
  return places;
}

bool wants_closing(Transaction& tx, AlertId alert) {
  return first<bool>(tx.db,
                     "SELECT coalesce(max(tell_when_handled), 0) FROM ladders"
                     " WHERE alert = ?",
                     alert)
      .value_or(false);
}

void stop(Transaction& tx, Acknowledgement const& answer, Asked const& asked,
          InFlight const& sending, Moment now, Stopped& stopped) {
  auto const unsent = end_alert(
      tx, {answer.alert, AlertState::acknowledged, DeliveryState::cancelled}, sending, now);
  std::size_t told = 0;
  if (wants_closing(tx, answer.alert)) {
    auto const recipients = to_be_told_of_end(tx, answer.alert);
    auto const& by = answer.officer_name.empty() ? answer.officer.value : answer.officer_name;
    Mailing mailing;
    mailing.alert = answer.alert;
    mailing.kind = MessageKind::closing;
    mailing.priority = std::max(asked.priority, Priority::normal);
    mailing.due = now.steady;
    mailing.expires = asked.expires.value_or(now.utc + closing_lives);
    mailing.text = handled_text(asked.status, asked.event, asked.place, by, asked.code);
    stopped.due = plan_deliveries(tx, mailing, recipients, now).due;
    told = recipients.size();
  }
  auto const on_wire = first<std::int64_t>(
      tx.db,
      "SELECT count(*) FROM deliveries WHERE alert = ? AND state = 'claimed' AND kind IN ('alert',"
      " 'update')",
      answer.alert);
  tx.log.write(now.utc, {"acknowledged",
                         answer.alert,
                         {},
                         answer.officer,
                         "stopped=" + std::to_string(unsent) + " on_wire=" +
                             std::to_string(*on_wire) + " told=" + std::to_string(told)});
}

}  // namespace

Result<Stopped> acknowledge(Transaction& tx, Acknowledgement const& answer,
                            std::optional<InboxId> from, InFlight const& sending, Moment now) {
  auto const asked = load(tx, answer.alert);
  if (!asked) return Error(Errc::not_found, "alert " + std::to_string(answer.alert.value));
  if (from) {
    auto const inbound = load_inbound(tx, *from);
    if (!inbound) return inbound.error();
    close_inbound(tx, *from, "finished", "");
  }
  bool const open = asked->state == AlertState::open;
  Stopped stopped;
  stopped.found = asked->state;
  stopped.counted = open && says_something_new(tx, answer);
  keep(tx, answer, stopped.counted);
  if (!stopped.counted) return stopped;
  if (answer.answer == Answer::declined) {
    stopped.escalate_now = current_steps_of(tx, answer.alert, answer.officer);
    // Survives a crash before the next step has started.
    for (auto const& place : stopped.escalate_now)
      run(tx.db,
          "UPDATE ladders SET next_due = CASE WHEN next_due > ?1 THEN ?1 ELSE next_due END"
          " WHERE alert = ?2 AND ordinal = ?3",
          now.steady, answer.alert, place.ladder);
  } else if (is_enough(tx, answer.alert)) {
    stopped.alert_ended = true;
    stop(tx, answer, *asked, sending, now, stopped);
  }
  return stopped;
}

}  // namespace siaga::journal
