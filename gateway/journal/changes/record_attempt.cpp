#include "gateway/journal/changes/record_attempt.hpp"

#include "gateway/journal/changes/other_path.hpp"

namespace siaga::journal {
namespace {

struct Tried {
  DeliveryId id;
  AlertId alert;
  OfficerId officer;
  ChannelName channel;
  std::string address;
  MessageKind kind = MessageKind::alert;
  DeliveryState state = DeliveryState::claimed;
  std::int64_t fence = 0;
  int attempts = 0;
  int step = 0;
  bool possible_duplicate = false;
};

std::optional<Tried> load(Transaction& tx, DeliveryId id) {
  Query row(tx.db,
            "SELECT alert, officer, channel, address, kind, state, fence, attempts, step,"
            " possible_duplicate FROM deliveries WHERE id = ?",
            id);
  if (!row.next()) return std::nullopt;
  return Tried{id,
               row.get<AlertId>(0),
               row.get<OfficerId>(1),
               row.get<ChannelName>(2),
               row.get<std::string>(3),
               row.get<MessageKind>(4),
               row.get<DeliveryState>(5),
               row.get<std::int64_t>(6),
               row.get<int>(7),
               row.get<int>(8),
               row.get<bool>(9)};
}

// What becomes of the delivery.
struct Ruling {
  DeliveryState state = DeliveryState::sent;
  std::string_view word = "sent";  // in the log
  std::string reason;
  bool counts = true;  // as an attempt
  bool perhaps_sent = false;
};

bool may_be_repeated(Transaction& tx, Tried const& tried) {
  if (tried.state != DeliveryState::claimed) return false;
  if (tried.kind != MessageKind::alert && tried.kind != MessageKind::update) return true;
  auto const state = first<AlertState>(tx.db, "SELECT state FROM alerts WHERE id = ?", tried.alert);
  return state == AlertState::open;
}

DeliveryState after_failure(Transaction& tx, Tried const& tried, bool last) {
  // One that was stopped while it was claimed stays as it was stopped.
  if (tried.state != DeliveryState::claimed) return tried.state;
  if (!may_be_repeated(tx, tried)) return DeliveryState::cancelled;
  return last ? DeliveryState::failed : DeliveryState::planned;
}

// "by modem, for sms is down: refused; no network"
std::string by_standby(Attempt const& attempt, std::string const& reason) {
  auto text = "by " + attempt.by.value + ", for " + attempt.because;
  return reason.empty() ? text : text + "; " + reason;
}

Ruling judge(Transaction& tx, Tried const& tried, Attempt const& attempt) {
  Ruling ruling;
  if (auto const* later = std::get_if<FailedTemporarily>(&attempt.outcome)) {
    ruling.state = after_failure(tx, tried, attempt.last && !later->whole_channel);
    ruling.word = "temporary";
    ruling.reason = later->reason;
    ruling.counts = !later->whole_channel;
  } else if (auto const* never_sent = std::get_if<Failed>(&attempt.outcome)) {
    bool const ours = tried.state == DeliveryState::claimed;
    ruling.state = ours ? DeliveryState::failed : tried.state;
    ruling.word = "failed";
    ruling.reason = never_sent->reason;
  } else if (auto const* unknown = std::get_if<OutcomeUnknown>(&attempt.outcome)) {
    ruling.state = after_failure(tx, tried, attempt.last);
    ruling.word = "unknown";
    ruling.reason = unknown->reason;
    ruling.perhaps_sent = true;
  }
  if (!attempt.by.empty()) ruling.reason = by_standby(attempt, ruling.reason);
  return ruling;
}

void keep_parts(Transaction& tx, Tried const& tried, ChannelName const& channel, Sent const& sent) {
  if (tried.attempts > 1) run(tx.db, "DELETE FROM parts WHERE delivery = ?", tried.id);
  // A network that gives a number out again means the newer message by it.
  for (auto const& reference : sent.references)
    run(tx.db,
        "INSERT INTO parts VALUES (?, ?, ?, 'sent') ON CONFLICT (channel, reference) DO UPDATE SET"
        " delivery = excluded.delivery, state = excluded.state",
        channel, reference, tried.id);
}

std::string detail_of(Tried const& tried, Ruling const& ruling, Attempt const& attempt) {
  std::string detail =
      "outcome=" + std::string(ruling.word) + " state=" + std::string(to_word(ruling.state)) +
      " channel=" + tried.channel.value + " kind=" + std::string(to_word(tried.kind)) +
      " attempt=" + std::to_string(tried.attempts);
  if (tried.possible_duplicate) detail += " possible_duplicate=yes";
  if (auto const* sent = std::get_if<Sent>(&attempt.outcome))
    detail += " parts=" + std::to_string(sent->references.size());
  if (!attempt.by.empty()) detail += " by=" + attempt.by.value;
  if (!ruling.reason.empty()) detail += " reason=" + scrubbed(ruling.reason, tried.address);
  return detail;
}

bool is_settled(DeliveryState state) {
  return state != DeliveryState::planned && state != DeliveryState::claimed;
}

}  // namespace

std::optional<StepPlace> failed_step(Transaction& tx, DeliveryId failed) {
  Query place(tx.db,
              "SELECT d.alert, d.ladder, d.round, d.step FROM deliveries d"
              " JOIN ladders l ON l.alert = d.alert AND l.ordinal = d.ladder AND l.round = d.round"
              " AND l.step = d.step JOIN alerts a ON a.id = d.alert AND a.state = 'open'"
              " WHERE d.id = ?",
              failed);
  if (!place.next()) return std::nullopt;  // no step's, or a step before the current one
  auto const alert = place.integer(0);
  StepPlace const current{place.get<int>(1), place.get<int>(2), place.get<int>(3)};
  bool const hope =
      first<int>(tx.db,
                 "SELECT 1 FROM tallies WHERE alert = ?1 AND ladder = ?2 AND round = ?3"
                 " AND step = ?4 AND state <> 'failed' AND count > 0 UNION ALL SELECT 1 FROM"
                 " chunks WHERE alert = ?1 AND ladder = ?2 AND round = ?3 AND step = ?4 LIMIT 1",
                 alert, current.ladder, current.round, current.step)
          .has_value();
  if (hope) return std::nullopt;
  // Survives a crash before the next step has started.
  run(tx.db,
      "UPDATE ladders SET next_due = CASE WHEN next_due > round_started THEN round_started"
      " ELSE next_due END WHERE alert = ?"
      " AND ordinal = ?",
      alert, current.ladder);
  return current;
}

Result<Recorded> record_attempt(Transaction& tx, Attempt const& attempt) {
  auto const tried = load(tx, attempt.delivery);
  auto const name = "delivery " + std::to_string(attempt.delivery.value);
  if (!tried) return Error(Errc::not_found, name);
  bool const stopped =
      tried->state == DeliveryState::cancelled || tried->state == DeliveryState::expired;
  if (tried->fence != attempt.fence || (tried->state != DeliveryState::claimed && !stopped))
    return Error(Errc::not_found, name + " is no longer claimed under this fence");

  auto const ruling = judge(tx, *tried, attempt);
  run(tx.db,
      "UPDATE deliveries SET state = ?1, reason = ?2, attempts = attempts - ?3,"
      " due = CASE WHEN due < ?4 THEN ?4 ELSE due END,"
      " possible_duplicate = CASE WHEN ?5 = 1 THEN 1 ELSE possible_duplicate END, updated = ?6"
      " WHERE id = ?7",
      ruling.state, ruling.reason, ruling.counts || stopped ? 0 : 1,
      ruling.state == DeliveryState::planned ? attempt.retry_at : SteadyTime(), ruling.perhaps_sent,
      attempt.at, attempt.delivery);
  if (auto const* sent = std::get_if<Sent>(&attempt.outcome))
    keep_parts(tx, *tried, attempt.by.empty() ? tried->channel : attempt.by, *sent);
  auto const detail = detail_of(*tried, ruling, attempt);
  tx.log.write(attempt.at, {"attempted", tried->alert, tried->id, tried->officer, detail});

  Recorded recorded;
  recorded.alert = tried->alert;
  recorded.state = ruling.state;
  if (is_settled(ruling.state)) {
    bool const reached = ruling.state == DeliveryState::sent || ruling.perhaps_sent;
    if (let_follow(tx, tried->id, reached ? Reached::yes : Reached::no, attempt.at))
      recorded.due.push_back(tried->channel);
  }
  for (auto& channel : tell_another_way(tx, attempt)) recorded.due.push_back(std::move(channel));
  if (ruling.state == DeliveryState::failed) recorded.step_failed = failed_step(tx, tried->id);
  return recorded;
}

namespace {

DeliveryState resolved_state(Tried const& tried, SendOutcome const& outcome) {
  bool const waits = tried.state == DeliveryState::planned && tried.possible_duplicate;
  bool const given_up = tried.state == DeliveryState::failed;
  if (std::holds_alternative<Sent>(outcome) && (waits || given_up)) return DeliveryState::sent;
  if (std::holds_alternative<Failed>(outcome) && waits) return DeliveryState::failed;
  return tried.state;
}

std::string words_of(SendOutcome const& outcome) {
  if (std::holds_alternative<Sent>(outcome)) return "outcome=sent";
  if (auto const* failed = std::get_if<Failed>(&outcome))
    return "outcome=failed reason=" + failed->reason;
  auto const* later = std::get_if<FailedTemporarily>(&outcome);
  return "outcome=temporary reason=" + (later != nullptr ? later->reason : std::string());
}

}  // namespace

Result<Recorded> resolve_attempt(Transaction& tx, LateOutcome const& late) {
  auto const tried = load(tx, late.delivery);
  if (!tried) return Error(Errc::not_found, "delivery " + std::to_string(late.delivery.value));
  Recorded recorded;
  recorded.alert = tried->alert;
  recorded.state = resolved_state(*tried, late.outcome);
  tx.log.write(late.at, {"resolved", tried->alert, tried->id, tried->officer,
                         scrubbed(words_of(late.outcome), tried->address) +
                             " state=" + std::string(to_word(recorded.state)) +
                             " channel=" + late.channel.value});
  bool const again_at_once = tried->state == DeliveryState::planned &&
                             std::holds_alternative<FailedTemporarily>(late.outcome);
  if (again_at_once) {
    run(tx.db, "UPDATE deliveries SET due = 0 WHERE id = ?", tried->id);
    recorded.due.push_back(tried->channel);
  }
  if (recorded.state == tried->state) return recorded;
  auto const* failed = std::get_if<Failed>(&late.outcome);
  run(tx.db, "UPDATE deliveries SET state = ?, reason = ?, updated = ? WHERE id = ?",
      recorded.state, failed != nullptr ? failed->reason : std::string(), late.at, tried->id);
  if (auto const* sent = std::get_if<Sent>(&late.outcome))
    keep_parts(tx, *tried, late.channel, *sent);
  auto const reached = recorded.state == DeliveryState::sent ? Reached::yes : Reached::no;
  if (let_follow(tx, tried->id, reached, late.at)) recorded.due.push_back(tried->channel);
  if (recorded.state == DeliveryState::failed) recorded.step_failed = failed_step(tx, tried->id);
  return recorded;
}

}  // namespace siaga::journal
