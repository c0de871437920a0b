#include "gateway/journal/changes/incident.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "gateway/journal/changes/mailing.hpp"
#include "gateway/journal/changes/publish.hpp"
#include "gateway/journal/database/query.hpp"
#include "gateway/journal/log/words.hpp"
#include "gateway/journal/state/reason_codec.hpp"
#include "gateway/ports/topics.hpp"

namespace siaga::journal {
namespace {

constexpr int ended_kept_max = 1000;

boost::json::object both(std::string_view id, std::string_view en) {
  boost::json::object object;
  object["id"] = boost::json::string(id);
  object["en"] = boost::json::string(en);
  return object;
}

struct OpenOne {
  std::int64_t id = 0;
  UtcTime since{};
  std::size_t count = 0;
};

std::optional<OpenOne> open_one(Transaction& tx, IncidentKind kind, std::string const& about) {
  Query row(tx.db,
            "SELECT id, since, count FROM incidents WHERE kind = ? AND about = ? AND ended IS NULL",
            kind, about);
  if (!row.next()) return std::nullopt;
  return OpenOne{row.integer(0), row.get<UtcTime>(1), row.get<std::size_t>(2)};
}

// What the topic says of it, beside what `object` has already.
void say(Transaction& tx, boost::json::object object, IncidentChange const& change,
         std::size_t count, UtcTime now) {
  auto const word = to_word(change.kind);
  auto const& words = words_of(change.kind);
  object["kind"] = boost::json::string(word);
  object["about"] = change.about;
  object["detail"] = change.detail;
  object["state"] = change.ended ? "ended" : "open";
  object["since"] = to_rfc3339(change.since, tx.settings.zone_offset);
  object["count"] = count;
  object["text"] = both(incident_what(words.id), incident_what(words.en));
  object["do"] = both(incident_to_do(words.id), incident_to_do(words.en));
  object["at"] = to_rfc3339(now, tx.settings.zone_offset);
  auto const topic = topics::incident(tx.settings.gateway_name);
  auto const json = boost::json::serialize(object);
  send(tx, {topic, json, ""}, now);
}

void log_row(Transaction& tx, std::string kind, std::string detail, UtcTime now) {
  tx.log.write(now, {std::move(kind), {}, {}, {}, std::move(detail)});
}

std::string named(IncidentKind kind) {
  return "kind=" + std::string(to_word(kind));
}

void forget_the_oldest(Transaction& tx) {
  run(tx.db,
      "DELETE FROM incidents WHERE ended IS NOT NULL AND id <= (SELECT id FROM incidents"
      " WHERE ended IS NOT NULL ORDER BY id DESC LIMIT 1 OFFSET ?)",
      ended_kept_max);
}

// False: it was open already, and is counted.
bool begin(Transaction& tx, IncidentChange const& change) {
  if (auto const open = open_one(tx, change.kind, change.about)) {
    run(tx.db,
        "UPDATE incidents SET count = count + ?1, last = CASE WHEN last < ?2 THEN ?2 ELSE last END,"
        " detail = ?3 WHERE id = ?4",
        change.times, change.last, change.detail, open->id);
    return false;
  }
  run(tx.db,
      "INSERT INTO incidents (kind, about, detail, since, last, count, ended, told)"
      " VALUES (?, ?, ?, ?, ?, ?, NULL, 0)",
      change.kind, change.about, change.detail, change.since, change.last, change.times);
  forget_the_oldest(tx);
  return true;
}

void end(Transaction& tx, IncidentChange const& change, UtcTime now) {
  auto const open = open_one(tx, change.kind, change.about);
  if (!open) return;
  run(tx.db, "UPDATE incidents SET ended = ? WHERE id = ?", now, open->id);
  log_row(tx, "incident-ended",
          named(change.kind) + " about=" + logged_topic(change.about) +
              " count=" + std::to_string(open->count),
          now);
  auto whole = change;
  whole.since = open->since;
  say(tx, {}, whole, open->count, now);
}

// One that ends is first kept, should nobody have done so.
void keep_change(Transaction& tx, IncidentChange const& change, UtcTime now) {
  if (change.times > 0 && begin(tx, change)) {
    auto still_open = change;
    still_open.ended = false;
    log_row(tx, "incident",
            named(change.kind) + " about=" + logged_topic(change.about) + " " + change.detail, now);
    say(tx, {}, still_open, change.times, now);
  }
  if (change.ended) end(tx, change, now);
}

}  // namespace

void raise_incident(Transaction& tx, Arrival const& arrival, IncidentKind kind,
                    std::vector<Reason> const& reasons) {
  auto const now = arrival.now.utc;
  auto const inbox = arrival.inbound.id.value;
  auto const rules = rules_of(reasons);
  auto const detail = "inbox=" + std::to_string(inbox) + " rules=" + rules;
  IncidentChange const change{kind, arrival.agency.value, detail, now, now, 1, false};
  if (!begin(tx, change)) return;
  log_row(tx, "incident",
          named(kind) + " inbox=" + std::to_string(inbox) +
              " agency=" + logged_topic(arrival.agency.value) + " rules=" + rules,
          now);
  boost::json::object object;
  object["agency"] = arrival.agency.value;
  object["inbox"] = inbox;
  object["rules"] = rules;
  say(tx, std::move(object), change, 1, now);
}

std::vector<ChannelName> keep_incidents(Transaction& tx, IncidentPage const& page, Moment now) {
  for (auto const& change : page.changes) keep_change(tx, change, now.utc);
  for (auto const kind : page.told)
    run(tx.db, "UPDATE incidents SET told = count, told_at = ? WHERE kind = ? AND told < count",
        now.utc, kind);
  std::vector<ChannelName> due;
  Mailing mailing;
  mailing.kind = MessageKind::notice;
  mailing.priority = Priority::urgent;
  mailing.due = now.steady;
  mailing.expires = page.expires;
  for (auto const& message : page.messages) {
    mailing.text = message.text;
    plan_notice(tx, mailing, message.to, now);
    if (std::ranges::find(due, message.to.channel) == due.end()) due.push_back(message.to.channel);
  }
  return due;
}

}  // namespace siaga::journal
