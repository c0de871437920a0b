#include "gateway/journal/answers.hpp"

#include <algorithm>
#include <set>

#include "gateway/domain/message.hpp"

namespace siaga::journal {
namespace {

constexpr std::chrono::hours refusal_answered_every{1};
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
      "answer=" + std::string(to_word(answer.answer)) + " via=" + std::string(to_word(answer.via)) +
      " evidence=" + std::string(to_word(answer.evidence)) + " counted=" + (counted ? "yes" : "no");
  if (!answer.note.empty()) detail += " note=" + to_hex(bytes_of(Sha256().of(salt + answer.note)));
  auto const seq =
      tx.log.write(answer.at, {"answer", answer.alert, {}, answer.officer, std::move(detail)});
  run(tx.db, "INSERT INTO acknowledgements VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", seq,
      answer.alert, answer.officer, answer.answer, answer.via, answer.evidence, answer.at, counted,
      answer.note, Blob{salt});
}

bool is_enough(Transaction& tx, AlertId alert) {
  auto const needed = first<std::int64_t>(
      tx.db, "SELECT ifnull(max(acks_needed), 1) FROM ladders WHERE alert = ?", alert);
  return static_cast<std::int64_t>(count_answers(tx.db, alert).accepted) >= needed.value_or(1);
}

std::set<OfficerId> officers_who_accepted(Transaction& tx, AlertId alert) {
  std::set<OfficerId> officers;
  Query rows(tx.db,
             "SELECT officer, answer, max(seq) FROM acknowledgements WHERE alert = ?"
             " GROUP BY officer",
             alert);
  while (rows.next())
    if (rows.get<Answer>(1) == Answer::accepted) officers.insert(rows.get<OfficerId>(0));
  return officers;
}

// One per officer, on the path that reached him first; one per broadcast channel.
std::vector<Recipient> to_be_told_of_end(Transaction& tx, AlertId alert) {
  auto const busy = officers_who_accepted(tx, alert);
  std::vector<Recipient> all;
  std::set<OfficerId> seen;
  for (auto& recipient : told_of(tx, family_of(tx, alert))) {
    bool const broadcast = recipient.officer.empty();
    if (!broadcast && (busy.contains(recipient.officer) || !seen.insert(recipient.officer).second))
      continue;
    all.push_back(std::move(recipient));
  }
  return all;
}

bool wants_closing(Transaction& tx, AlertId alert) {
  return first<bool>(tx.db,
                     "SELECT ifnull(max(tell_when_handled), 0) FROM ladders"
                     " WHERE alert = ?",
                     alert)
      .value_or(false);
}

void stop(Transaction& tx, Acknowledgement const& answer, Asked const& asked,
          InFlight const& sending, Moment now, Stopped& stopped) {
  auto const unsent = end_alert(
      tx, {answer.alert, AlertState::acknowledged, DeliveryState::cancelled}, sending, now.utc);
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
  tx.log.write(now.utc, {"acknowledged",
                         answer.alert,
                         {},
                         answer.officer,
                         "stopped=" + std::to_string(unsent) + " told=" + std::to_string(told)});
}

}  // namespace

AnswerCount count_answers(Database& database, AlertId alert) {
  AnswerCount count;
  Query rows(database,
             "SELECT answer, max(seq) FROM acknowledgements WHERE alert = ? GROUP BY officer",
             alert);
  while (rows.next()) ++(rows.get<Answer>(0) == Answer::accepted ? count.accepted : count.declined);
  return count;
}

Result<Stopped> acknowledge(Transaction& tx, Acknowledgement const& answer, InFlight const& sending,
                            Moment now) {
  auto const asked = load(tx, answer.alert);
  if (!asked) return Error(Errc::not_found, "alert " + std::to_string(answer.alert.value));
  bool const open = asked->state == AlertState::open;
  Stopped stopped;
  stopped.counted = open && says_something_new(tx, answer);
  keep(tx, answer, stopped.counted);
  if (!stopped.counted) return stopped;
  if (answer.answer == Answer::declined) {
    stopped.escalate_now = true;
    // Survives a crash before the next step has started.
    run(tx.db, "UPDATE ladders SET next_due = min(next_due, ?) WHERE alert = ?", now.steady,
        answer.alert);
  } else if (is_enough(tx, answer.alert)) {
    stopped.alert_ended = true;
    stop(tx, answer, *asked, sending, now, stopped);
  }
  return stopped;
}

void refuse_answer(Transaction& tx, RefusedAnswer const& refused, Moment now) {
  auto const since = now.utc - refusal_answered_every;
  bool const answered_lately =
      first<int>(tx.db,
                 "SELECT 1 FROM refused_answers WHERE channel = ? AND address = ?"
                 " AND answered = 1 AND at > ? LIMIT 1",
                 refused.channel, refused.address, since)
          .has_value();
  bool const answers = !refused.answer_text.empty() && !answered_lately;
  auto const seq =
      tx.log.write(now.utc, {"answer-refused",
                             refused.alert,
                             {},
                             refused.officer,
                             "why=" + refused.why + " via=" + std::string(to_word(refused.via)) +
                                 " answered=" + (answers ? "yes" : "no")});
  run(tx.db, "INSERT INTO refused_answers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", seq, refused.channel,
      refused.via, refused.address, refused.officer, refused.alert, refused.why, now.utc, answers);
  if (!answers) return;
  Mailing mailing;
  mailing.alert = refused.alert;
  mailing.kind = MessageKind::notice;
  mailing.due = now.steady;
  mailing.expires = refused.expires;
  mailing.text = refused.answer_text;
  Recipient const recipient{refused.officer, refused.channel, refused.address, "id"};
  plan_notice(tx, mailing, recipient, now);
}

}  // namespace siaga::journal
