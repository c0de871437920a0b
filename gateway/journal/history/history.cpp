#include "gateway/journal/history/history.hpp"

#include <charconv>

#include "gateway/journal/database/query.hpp"
#include "gateway/journal/log/entry.hpp"
#include "gateway/journal/state/acknowledgements.hpp"
#include "gateway/journal/state/alert_codec.hpp"
#include "gateway/journal/state/incidents.hpp"
#include "gateway/journal/state/reason_codec.hpp"
#include "gateway/journal/verification/verify.hpp"

namespace siaga::journal {
namespace {

#define SIAGA_ALERT_COLUMNS                                                                \
  "id, identifier, sender, code, event, headline, place, agency, state, status, msg_type," \
  " severity, sent, accepted_at, expires, ended_at, proof"

AlertRow read_alert(Query const& row) {
  AlertRow alert;
  alert.id = row.get<AlertId>(0);
  alert.identifier = row.get<std::string>(1);
  alert.sender = row.get<std::string>(2);
  alert.code = row.get<std::string>(3);
  alert.event = row.get<std::string>(4);
  alert.headline = row.get<std::string>(5);
  alert.place = row.get<std::string>(6);
  alert.agency = row.get<AgencyId>(7);
  alert.state = row.get<AlertState>(8);
  alert.status = row.get<Status>(9);
  alert.msg_type = row.get<MsgType>(10);
  alert.severity = row.get<Severity>(11);
  alert.sent = row.get<UtcTime>(12);
  alert.accepted_at = row.get<UtcTime>(13);
  alert.expires = row.get<std::optional<UtcTime>>(14);
  alert.ended_at = row.get<std::optional<UtcTime>>(15);
  alert.proof = row.get<std::string>(16);
  return alert;
}

void count(Database& database, AlertRow& alert) {
  Query tallies(database,
                "SELECT coalesce(sum(count), 0),"
                " coalesce(sum(CASE WHEN state IN ('sent', 'delivered', 'read') THEN count END), 0)"
                " FROM tallies WHERE alert = ? AND kind IN ('alert', 'update')",
                alert.id);
  tallies.next();
  auto const waiting = first<std::size_t>(
      database,
      "SELECT coalesce(sum(size), 0) FROM chunks WHERE alert = ? AND kind IN ('alert', 'update')",
      alert.id);
  alert.recipients = tallies.get<std::size_t>(0) + waiting.value_or(0);
  alert.reached = tallies.get<std::size_t>(1);
  auto const answers = count_answers(database, alert.id);
  alert.accepted = answers.accepted;
  alert.declined = answers.declined;
}

std::vector<AlertRow> list_alerts(Database& database, HistoryFilter const& filter) {
  std::vector<AlertRow> alerts;
  Query rows(database,
             "SELECT " SIAGA_ALERT_COLUMNS
             " FROM alerts a WHERE (?1 = 0 OR state = 'open')"
             " AND (?2 IS NULL OR accepted_at >= ?2) AND (?3 IS NULL OR id = ?3)"
             " AND (?4 IS NULL OR EXISTS (SELECT 1 FROM deliveries d"
             " WHERE d.officer = ?4 AND d.officer <> '' AND d.alert = a.id)) ORDER BY id DESC",
             filter.open_only, filter.since, filter.alert, filter.officer);
  while (rows.next()) alerts.push_back(read_alert(rows));
  for (auto& alert : alerts) count(database, alert);
  return alerts;
}

std::vector<AckRow> list_acks(Database& database, HistoryFilter const& filter) {
  std::vector<AckRow> acks;
  Query rows(database,
             "SELECT k.seq, k.alert, a.code, k.officer, k.answer, k.via, k.evidence, k.at,"
             " a.accepted_at, k.note FROM acknowledgements k JOIN alerts a ON a.id = k.alert"
             " WHERE (?1 = 0 OR a.state = 'open') AND (?2 IS NULL OR k.at >= ?2)"
             " AND (?3 IS NULL OR k.alert = ?3) AND (?4 IS NULL OR k.officer = ?4) ORDER BY k.seq",
             filter.open_only, filter.since, filter.alert, filter.officer);
  while (rows.next()) {
    AckRow ack;
    ack.seq = rows.integer(0);
    ack.alert = rows.get<AlertId>(1);
    ack.code = rows.get<std::string>(2);
    ack.officer = rows.get<OfficerId>(3);
    ack.answer = rows.get<Answer>(4);
    ack.via = rows.get<Via>(5);
    ack.evidence = rows.get<Evidence>(6);
    ack.at = rows.get<UtcTime>(7);
    ack.delay = ack.at - rows.get<UtcTime>(8);
    ack.text = rows.get<std::string>(9);
    acks.push_back(std::move(ack));
  }
  return acks;
}

std::vector<RefusedRow> list_refused(Database& database, HistoryFilter const& filter) {
  std::vector<RefusedRow> refused;
  Query rows(database,
             "SELECT id, topic, received_at, state, reason, kept,"
             " coalesce(bytes, length(payload)) FROM inbox"
             " WHERE state IN ('rejected', 'held') AND (?1 = 0 OR state = 'held')"
             " AND (?2 IS NULL OR received_at >= ?2) ORDER BY id DESC",
             filter.open_only, filter.since);
  while (rows.next()) {
    RefusedRow row;
    row.inbox = rows.get<InboxId>(0);
    auto const topic = rows.text(1);
    row.agency = AgencyId(std::string(topic.substr(topic.rfind('/') + 1)));
    row.received_at = rows.get<UtcTime>(2);
    row.decision = rows.get<Decision>(3);
    row.reasons = reasons_in(rows.text(4));
    row.kept = rows.get<Kept>(5);
    row.bytes = rows.get<std::size_t>(6);
    refused.push_back(std::move(row));
  }
  return refused;
}

std::vector<LogRow> list_log(Database& database, HistoryFilter const& filter) {
  std::vector<LogRow> log;
  auto const* sql = filter.alert
                        ? "SELECT " SIAGA_LOG_COLUMNS
                          " FROM log WHERE alert = ?3 AND alert <> 0 AND (?1 IS NULL OR at >= ?1)"
                          " AND (?2 IS NULL OR officer = ?2) ORDER BY seq"
                        : "SELECT " SIAGA_LOG_COLUMNS
                          " FROM log WHERE (?1 IS NULL OR at >= ?1)"
                          " AND (?2 IS NULL OR officer = ?2) AND ?3 IS NULL ORDER BY seq";
  Query rows(database, sql, filter.since, filter.officer, filter.alert);
  while (rows.next()) {
    LogRow row;
    row.seq = rows.integer(0);
    row.at = rows.get<UtcTime>(1);
    row.kind = rows.get<std::string>(2);
    row.alert = rows.get<AlertId>(3);
    row.delivery = rows.get<DeliveryId>(4);
    row.officer = rows.get<OfficerId>(5);
    row.detail = rows.get<std::string>(6);
    row.leaf = rows.blob(7);
    log.push_back(std::move(row));
  }
  return log;
}

std::vector<DeliveryRow> list_deliveries(Database& database, AlertId alert) {
  std::vector<DeliveryRow> deliveries;
  Query rows(database,
             "SELECT id, officer, channel, kind, step, state, attempts, updated, reason,"
             " possible_duplicate FROM deliveries WHERE alert = ? ORDER BY id",
             alert);
  while (rows.next()) {
    DeliveryRow row;
    row.id = rows.get<DeliveryId>(0);
    row.officer = rows.get<OfficerId>(1);
    row.channel = rows.get<ChannelName>(2);
    row.kind = rows.get<MessageKind>(3);
    row.step = rows.get<int>(4);
    row.state = rows.get<DeliveryState>(5);
    row.attempts = rows.get<int>(6);
    row.at = rows.get<UtcTime>(7);
    row.reason = rows.get<std::string>(8);
    row.possible_duplicate = rows.get<bool>(9);
    deliveries.push_back(std::move(row));
  }
  return deliveries;
}

// None unless it is written as we write it: 0012 is a code, not an alert's number.
std::optional<std::int64_t> number_in(std::string const& name) {
  std::int64_t number = 0;
  auto const read = std::from_chars(name.data(), name.data() + name.size(), number);
  if (read.ec != std::errc() || std::to_string(number) != name) return std::nullopt;
  return number;
}

// By gateway id, by the code in use, by the newest that had this code, by CAP identifier.
std::vector<AlertId> find(Database& database, std::string const& name) {
  auto found = first<AlertId>(database, "SELECT id FROM alerts WHERE id = ?", number_in(name));
  if (!found) found = first<AlertId>(database, "SELECT alert FROM codes WHERE code = ?", name);
  if (!found && !name.empty())
    found = first<AlertId>(database,
                           "SELECT id FROM alerts WHERE code = ? ORDER BY id DESC LIMIT 1", name);
  if (found) return {*found};
  std::vector<AlertId> all;
  Query rows(database, "SELECT id FROM alerts WHERE identifier = ? ORDER BY id DESC", name);
  while (rows.next()) all.push_back(rows.get<AlertId>(0));
  return all;
}

class StoredHistory final : public History {
 public:
  explicit StoredHistory(std::unique_ptr<Database> database)
      : opened_(std::move(database)), database_(*opened_) {}

  Result<std::vector<AlertRow>> alerts(HistoryFilter const& filter) override {
    return answer([&] { return list_alerts(database_, filter); });
  }
  Result<std::vector<AckRow>> acks(HistoryFilter const& filter) override {
    return answer([&] { return list_acks(database_, filter); });
  }
  Result<std::vector<RefusedRow>> refused(HistoryFilter const& filter) override {
    return answer([&] { return list_refused(database_, filter); });
  }
  Result<std::vector<KeptIncident>> incidents(HistoryFilter const& filter) override {
    return answer([&] { return list_incidents(database_, filter.open_only, filter.since); });
  }
  Result<std::vector<LogRow>> log(HistoryFilter const& filter) override {
    return answer([&] { return list_log(database_, filter); });
  }
  Result<Verdict> verify(VerifyAids const& aids) override {
    return answer([&] { return journal::verify(database_, aids); });
  }
  Result<std::vector<AlertRow>> named(std::string const& name) override {
    auto found = answer([&] {
      std::vector<AlertRow> all;
      for (auto const id : find(database_, name)) all.push_back(one(id));
      return all;
    });
    if (found && found->empty())
      return Error(Errc::not_found, "no alert has the id, code or identifier " + name);
    return found;
  }
  Result<AlertDetail> alert(std::string const& name) override {
    auto const found = named(name);
    if (!found) return found.error();
    auto const id = found->front().id;
    HistoryFilter only;
    only.alert = id;
    auto detail = answer([&] {
      AlertDetail all;
      all.row = one(id);
      all.deliveries = list_deliveries(database_, all.row.id);
      all.acknowledgements = list_acks(database_, only);
      all.timeline = list_log(database_, only);
      return all;
    });
    if (!detail) return detail;
    auto const body = answer([&] {
      return first<std::string>(database_, "SELECT body FROM alerts WHERE id = ?", id).value();
    });
    if (!body) return body.error();
    auto decoded = decode_alert(*body);
    if (!decoded) return decoded.error();
    detail->alert = std::move(*decoded);
    return detail;
  }

 private:
  AlertRow one(AlertId id) {
    HistoryFilter only;
    only.alert = id;
    return list_alerts(database_, only).front();
  }
  template <class Question>
  auto answer(Question question) -> Result<decltype(question())> {
    try {
      return question();
    } catch (SqlFailure const& failure) {
      return failure.error();
    }
  }

  std::unique_ptr<Database> opened_;
  Database& database_;
};

}  // namespace

std::unique_ptr<History> make_history(std::unique_ptr<Database> database) {
  return std::make_unique<StoredHistory>(std::move(database));
}

}  // namespace siaga::journal
