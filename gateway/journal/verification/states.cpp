#include "gateway/journal/verification/states.hpp"

#include <set>

#include "gateway/base/visible.hpp"
#include "gateway/domain/alert.hpp"
#include "gateway/journal/log/words.hpp"
#include "gateway/journal/state/alert_codec.hpp"

namespace siaga::journal {
namespace {

constexpr int deliveries_at_once = 8192;

#define SIAGA_STATE_COLUMNS "id, alert, officer, kind, state, possible_duplicate"

// Why this delivery is not as the log tells; empty when it is.
std::string difference(Query const& row, Fold const& fold) {
  auto const id = row.integer(0);
  auto const alert = row.integer(1);
  auto const name = "delivery " + std::to_string(id);
  auto const* const own = fold.delivery(id);
  bool const told_of = own != nullptr && own->told_of;
  if (told_of && (own->alert != static_cast<std::uint32_t>(alert) ||
                  own->officer != Fold::hash_of(row.text(2))))
    return name + " belongs to another alert or officer than its rows say";
  if (row.get<bool>(5) != (told_of && own->perhaps_twice))
    return name + " differs from its rows in whether it may have arrived twice";
  bool const ends_with_alert = row.text(3) == "alert" || row.text(3) == "update";
  auto const told = fold.state_of(id, alert, ends_with_alert);
  auto const state = row.text(4);
  if (state == to_word(told)) return {};
  // A claim has no row before its outcome.
  bool const settled = told_of && static_cast<DeliveryState>(own->state) != DeliveryState::planned;
  if (state == "claimed" && !settled) return {};
  return name + " is '" + std::string(state) + "' in the store and '" + std::string(to_word(told)) +
         "' by the log";
}

std::int64_t last_row_about(Database& database, std::int64_t alert, std::int64_t delivery) {
  auto const row = first<std::int64_t>(
      database, "SELECT coalesce(max(seq), 1) FROM log WHERE alert = ? AND delivery IN (0, ?)",
      alert, delivery);
  return row.value_or(1);
}

void add_rows(Database& database, Fold& fold, char const* sql, std::int64_t alert) {
  Query rows(database, sql, alert);
  StoredEntry row;
  while (rows.next())
    if (read_entry(rows, row)) fold.add(row.entry);
}

// The fold of one alert alone; of the notices that belong to none, for 0.
Fold fold_of(Database& database, std::int64_t alert) {
  Query range(database,
              "SELECT coalesce(min(id), 1), coalesce(max(id), 0) FROM deliveries WHERE alert = ?",
              alert);
  range.next();
  Fold fold({alert, alert}, {range.integer(0), range.integer(1)});
  add_rows(database, fold,
           alert == 0 ? "SELECT " SIAGA_LOG_COLUMNS
                        " FROM log WHERE alert = ? AND delivery <> 0 ORDER BY seq"
                      : "SELECT " SIAGA_LOG_COLUMNS
                        " FROM log WHERE alert = ? AND alert <> 0 ORDER BY seq",
           alert);
  return fold;
}

// As both are at one moment.
std::optional<Fault> look_again(Database& database, std::int64_t alert) {
  auto const fold = fold_of(database, alert);
  Query rows(database, "SELECT " SIAGA_STATE_COLUMNS " FROM deliveries WHERE alert = ? ORDER BY id",
             alert);
  while (rows.next())
    if (auto why = difference(rows, fold); !why.empty())
      return contradiction(last_row_about(database, alert, rows.integer(0)), std::move(why));
  if (alert == 0) return std::nullopt;
  auto const state = first<std::string>(database, "SELECT state FROM alerts WHERE id = ?", alert);
  auto const* const told = fold.alert(alert);
  if (!state || *state == to_word(told->state)) return std::nullopt;
  return contradiction(last_row_about(database, alert, 0),
                       "alert " + std::to_string(alert) + " is '" + *state +
                           "' in the store and '" + std::string(to_word(told->state)) +
                           "' by the log");
}

std::optional<Fault> again(Database& database, std::int64_t alert) {
  database.script("SAVEPOINT again");
  auto fault = look_again(database, alert);
  database.script("RELEASE again");
  return fault;
}

// The first id after `after` and before `id` of which the log tells; 0 = none.
std::int64_t told_of_between(Fold const& fold, std::int64_t after, std::int64_t id) {
  for (auto missing = after + 1; missing < id; ++missing)
    if (auto const* const told = fold.delivery(missing); told != nullptr && told->told_of)
      return missing;
  return 0;
}

// Reads a part of them; whether there are more.
bool read_some(Database& database, Fold const& fold, IdRange ids, std::int64_t& after,
               std::set<std::int64_t>& doubtful, std::int64_t& missing) {
  Query rows(database,
             "SELECT " SIAGA_STATE_COLUMNS
             " FROM deliveries WHERE id > ? AND id <= ? ORDER BY id LIMIT ?",
             after, ids.last, deliveries_at_once);
  int count = 0;
  for (; rows.next(); ++count) {
    auto const id = rows.integer(0);
    if (missing == 0) missing = told_of_between(fold, after, id);
    after = id;
    if (!difference(rows, fold).empty()) doubtful.insert(rows.integer(1));
  }
  return count == deliveries_at_once;
}

}  // namespace

std::optional<Fault> compare_deliveries(Database& database, Fold const& fold, IdRange ids) {
  std::set<std::int64_t> doubtful;  // alerts
  std::int64_t missing = 0;
  auto after = ids.first - 1;
  while (read_some(database, fold, ids, after, doubtful, missing)) {
  }
  if (missing == 0) missing = told_of_between(fold, after, ids.last + 1);
  if (missing != 0)
    return contradiction(last_row_about(database, fold.delivery(missing)->alert, missing),
                         "delivery " + std::to_string(missing) + " is missing");
  for (auto const alert : doubtful)
    if (auto fault = again(database, alert)) return fault;
  return std::nullopt;
}

namespace {

constexpr int alerts_at_once = 128;

void append_field(std::string& text, std::string_view part) {
  text.append(part).push_back('\x1f');
}

// What the decoder only copies from the message into the alert.
std::string copied(Alert const& alert) {
  std::string text;
  append_field(text, alert.identifier);
  append_field(text, alert.sender);
  append_field(text, alert.sent.text);
  append_field(text, to_word(alert.status));
  append_field(text, to_word(alert.msg_type));
  append_field(text, to_word(alert.scope));
  for (auto const& info : alert.infos) {
    append_field(text, to_word(info.severity));
    append_field(text, to_word(info.urgency));
    append_field(text, info.event);
    append_field(text, info.headline);
    for (auto const& area : info.areas)
      for (auto const& geocode : area.geocodes) {
        append_field(text, geocode.name);
        append_field(text, geocode.value);
      }
  }
  return text;
}

#define SIAGA_TEXT_COLUMNS                                                                        \
  "a.id, a.state, a.inbox, a.agency, a.priority, a.proof, a.accepted_at, a.sender, a.identifier," \
  " a.sent_text, a.status, a.msg_type, a.severity, a.event, a.headline, a.body,"                  \
  " coalesce(i.content_type, ''), i.payload"

// Whether the columns people are shown are those of the message.
bool columns_agree(Query const& row, Alert const& alert) {
  Info const none;
  auto const* info = info_for(alert, "id");
  if (info == nullptr) info = &none;
  return row.text(7) == alert.sender && row.text(8) == alert.identifier &&
         row.text(9) == alert.sent.text && row.text(10) == to_word(alert.status) &&
         row.text(11) == to_word(alert.msg_type) && row.text(12) == to_word(severity_of(alert)) &&
         row.text(13) == info->event && row.text(14) == info->headline;
}

// An older version wrote less of it.
bool is_as_accepted(Query const& row, std::string_view detail, std::int64_t at_ms) {
  auto const priorities = static_cast<std::int64_t>(all_words<Priority>().size());
  if (row.integer(4) < 0 || row.integer(4) >= priorities) return false;
  auto const wanted = "inbox=" + std::to_string(row.integer(2)) +
                      " agency=" + std::string(row.text(3)) +
                      " priority=" + std::string(to_word(row.get<Priority>(4))) + " signature=";
  auto const now = visible(wanted + logged_proof(row.text(5)));
  auto const before = wanted + scrubbed(row.text(5), "");
  bool const same = now == detail || before.starts_with(detail);
  return same && !detail.empty() && at_ms == row.integer(6);
}

// How many are in which state, as people are shown it, against the deliveries themselves.
bool is_tallied(Database& database, std::int64_t alert) {
  return first<bool>(
             database,
             "SELECT NOT EXISTS (SELECT kind, state, sum(count) FROM tallies"
             " WHERE alert = ?1 GROUP BY 1, 2 HAVING sum(count) <> 0 EXCEPT SELECT kind, state,"
             " count(*) FROM deliveries WHERE alert = ?1 GROUP BY 1, 2)"
             " AND (SELECT coalesce(sum(count), 0) FROM tallies WHERE alert = ?1) ="
             " (SELECT count(*) FROM deliveries WHERE alert = ?1)",
             alert)
      .value_or(false);
}

}  // namespace

std::optional<Fault> AlertTexts::compare(IdRange ids) {
  auto after = ids.first - 1;
  for (bool more = true; more;)
    if (auto fault = compare_next(after, ids, more)) return fault;
  return std::nullopt;
}

std::optional<Fault> AlertTexts::compare_next(std::int64_t& after, IdRange ids, bool& more) {
  std::set<std::int64_t> doubtful;
  int count = 0;
  {
    Query rows(database_,
               "SELECT " SIAGA_TEXT_COLUMNS
               " FROM alerts a LEFT JOIN inbox i ON i.id = a.inbox"
               " WHERE a.id > ? AND a.id <= ? ORDER BY a.id LIMIT ?",
               after, ids.last, alerts_at_once);
    for (; rows.next(); ++count) {
      auto const id = rows.integer(0);
      for (auto missing = after + 1; missing < id; ++missing)
        if (auto const row = fold_.alert(missing)->accepted; row != 0)
          return contradiction(row, "alert " + std::to_string(missing) + " is missing");
      after = id;
      auto const& told = *fold_.alert(id);
      if (auto fault = compare_one(rows, told)) return fault;
      if (rows.text(1) != to_word(told.state)) doubtful.insert(id);
    }
  }
  more = count == alerts_at_once;
  for (auto missing = after + 1; !more && missing <= ids.last; ++missing)
    if (auto const row = fold_.alert(missing)->accepted; row != 0)
      return contradiction(row, "alert " + std::to_string(missing) + " is missing");
  for (auto const alert : doubtful)
    if (auto fault = again(database_, alert)) return fault;
  return std::nullopt;
}

std::optional<Fault> AlertTexts::compare_one(Query const& row, Fold::Alert const& told) {
  auto const name = "alert " + std::to_string(row.integer(0));
  if (told.accepted == 0)
    return contradiction(1, name + " was never accepted: no row of the log tells of it");
  Query accepted(database_, "SELECT detail, at FROM log WHERE seq = ?", told.accepted);
  if (!accepted.next() || !is_as_accepted(row, accepted.text(0), accepted.integer(1)))
    return contradiction(told.accepted, name + " was changed: it was accepted otherwise");
  if (!is_tallied(database_, row.integer(0)))
    return contradiction(told.accepted,
                         name + " is shown with other numbers than it has deliveries");
  return compare_text(row, told.accepted);
}

std::optional<Fault> AlertTexts::compare_text(Query const& row, std::int64_t accepted) {
  std::optional<Alert> said;
  if (decode_ && evidence_.is_comparable(row.integer(2)))
    said = decode_(row.text(16), row.blob(17));
  if (!said) {
    ++not_comparable_;
    return std::nullopt;
  }
  auto const shown = decode_alert(row.text(15));
  bool const same = shown && copied(*shown) == copied(*said) && columns_agree(row, *said);
  if (same) return std::nullopt;
  return contradiction(accepted, "the text of alert " + std::to_string(row.integer(0)) +
                                     " was changed: its message says otherwise");
}

}  // namespace siaga::journal
