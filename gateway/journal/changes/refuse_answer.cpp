#include "gateway/journal/changes/refuse_answer.hpp"

#include "gateway/journal/changes/mailing.hpp"

namespace siaga::journal {

namespace {

constexpr std::chrono::hours refusal_answered_every{1};
constexpr int strangers_answered_max = 20;  // an hour and channel: each answer costs a message

// The one answered may answer again; the same words are not said to him twice within the hour.
bool is_to_be_answered(Transaction& tx, RefusedAnswer const& refused, SteadyTime now) {
  if (refused.answer_text.empty()) return false;
  auto const since = now - refusal_answered_every;
  if (first<int>(tx.db,
                 "SELECT 1 FROM refused_answers WHERE channel = ? AND address = ? AND alert = ?"
                 " AND why = ? AND answered = 1 AND at > ? AND at <= ? LIMIT 1",
                 refused.channel, refused.address, refused.alert, refused.why, since, now))
    return false;
  if (!refused.officer.empty()) return true;
  return first<int>(tx.db,
                    "SELECT count(*) FROM refused_answers WHERE channel = ? AND officer = ''"
                    " AND answered = 1 AND at > ? AND at <= ?",
                    refused.channel, since, now)
             .value_or(0) < strangers_answered_max;
}

}  // namespace

void refuse_answer(Transaction& tx, RefusedAnswer const& refused, Moment now) {
  bool const answers = is_to_be_answered(tx, refused, now.steady);
  auto const seq =
      tx.log.write(now.utc, {"answer-refused",
                             refused.alert,
                             {},
                             refused.officer,
                             "why=" + refused.why + " via=" + std::string(to_word(refused.via)) +
                                 " answered=" + (answers ? "yes" : "no")});
  run(tx.db, "INSERT INTO refused_answers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", seq, refused.channel,
      refused.via, refused.address, refused.officer, refused.alert, refused.why, now.steady,
      answers);
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
