#include "gateway/journal/verification/kept_answers.hpp"

#include "gateway/journal/state/acknowledgements.hpp"

namespace siaga::journal {

namespace {

constexpr std::size_t answers_at_once = 8192;  // of one reading

// Whether the kept answer is what its log row says. A note may have been erased, with its salt.
bool is_as_logged(Query const& row) {
  bool const same = row.text(1) == "answer" && row.integer(2) == row.integer(3) &&
                    row.text(4) == row.text(5) && row.integer(6) == row.integer(7);
  auto const said = answer_detail(row.text(8), row.text(9), row.text(10), row.integer(11) == 1);
  auto const logged = row.text(12);
  if (!same || !logged.starts_with(said)) return false;
  auto const note = row.text(13);
  auto const salt = row.blob(14);
  auto const logged_note = logged.substr(said.size());
  if (note.empty() && (logged_note.empty() || salt.empty())) return true;
  return logged_note == note_detail(salt, note);
}

}  // namespace

// The table of answers, which people are shown, says what the log says: no more and no less.
std::optional<Fault> compare_answers(Database& database, std::int64_t last, std::int64_t logged) {
  std::int64_t kept = 0;
  std::int64_t after = 0;
  for (std::size_t count = answers_at_once; count == answers_at_once;) {
    Query rows(database,
               "SELECT k.seq, l.kind, l.alert, k.alert, l.officer, k.officer, l.at, k.at,"
               " k.answer, k.via, k.evidence, k.counted, l.detail, k.note, k.salt"
               " FROM acknowledgements k LEFT JOIN log l ON l.seq = k.seq"
               " WHERE k.seq > ? ORDER BY k.seq LIMIT ?",
               after, answers_at_once);
    for (count = 0; rows.next(); ++count) {
      after = rows.integer(0);
      if (!is_as_logged(rows))
        return contradiction(
            after, "the answer of " + row_name(after) + " was changed in the table of answers");
      kept += after <= last ? 1 : 0;
    }
  }
  if (kept == logged) return std::nullopt;
  auto const row = first<std::int64_t>(database,
                                       "SELECT min(seq) FROM log WHERE kind = 'answer' AND seq NOT"
                                       " IN (SELECT seq FROM acknowledgements)");
  return contradiction(*row,
                       "the answer of " + row_name(*row) + " is missing in the table of answers");
}

}  // namespace siaga::journal
