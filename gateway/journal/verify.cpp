#include "gateway/journal/verify.hpp"

#include <future>

#include "gateway/journal/answers.hpp"
#include "gateway/journal/ledger.hpp"

namespace siaga::journal {
namespace {

constexpr std::size_t block_rows = 8192;

struct Mark {  // a checkpoint
  std::int64_t size = 0;
  std::string root;
};

struct Fault {
  std::int64_t row = 0;
  std::string why;
};

// Rows as read, on their way to the thread that hashes them.
struct Block {
  std::int64_t after = 0;  // rows before it
  std::string entries;
  std::vector<std::size_t> ends;
  std::vector<Hash> leaves;  // as stored
  std::int64_t answers = 0;
};

std::string row_name(std::int64_t row) {
  return "row " + std::to_string(row);
}

// The tree as it grows, held against the checkpoints on the way.
class Rebuilt {
 public:
  explicit Rebuilt(std::vector<Mark> marks) : marks_(std::move(marks)) {}

  std::optional<Fault> add(Block const& block) {
    std::size_t begin = 0;
    answers_ += block.answers;
    for (std::size_t i = 0; i < block.ends.size(); ++i) {
      auto const entry = std::string_view(block.entries).substr(begin, block.ends[i] - begin);
      begin = block.ends[i];
      auto const leaf = leaf_hash(sha_, entry);
      if (leaf != block.leaves[i]) {
        auto const row = frontier_.size() + 1;
        return Fault{row, row_name(row) + " was changed after it was written"};
      }
      frontier_.add(sha_, leaf);
      if (next_ < marks_.size() && marks_[next_].size == frontier_.size() && !matches_mark())
        return Fault{covered_ + 1, "rows " + std::to_string(covered_ + 1) + " to " +
                                       std::to_string(frontier_.size()) +
                                       " do not match the checkpoint taken after them"};
    }
    return std::nullopt;
  }
  Frontier const& frontier() const noexcept { return frontier_; }
  std::int64_t covered() const noexcept { return covered_; }  // by checkpoints that matched
  std::int64_t answers() const noexcept { return answers_; }
  std::int64_t marks() const noexcept { return static_cast<std::int64_t>(marks_.size()); }
  std::size_t marks_left() const noexcept { return marks_.size() - next_; }

 private:
  bool matches_mark() {
    auto const& mark = marks_[next_++];
    if (bytes_of(frontier_.root(sha_)) != mark.root) return false;
    covered_ = mark.size;
    return true;
  }

  Sha256 sha_;
  Frontier frontier_;
  std::vector<Mark> marks_;
  std::size_t next_ = 0;
  std::int64_t covered_ = 0;
  std::int64_t answers_ = 0;
};

// Checkpoints whose own seal is whole.
std::optional<Fault> read_marks(Database& database, std::vector<Mark>& marks) {
  Sha256 sha;
  Query rows(database, "SELECT size, root, at, seal FROM checkpoints ORDER BY size");
  while (rows.next()) {
    auto const size = rows.integer(0);
    auto const root = rows.blob(1);
    if (bytes_of(seal_of(sha, size, root, rows.integer(2))) != rows.blob(3))
      return Fault{std::max<std::int64_t>(size, 1),
                   "the checkpoint at " + row_name(size) + " was changed"};
    marks.push_back({size, std::string(root)});
  }
  return std::nullopt;
}

// Fills the block from the rows; a fault when one is missing or cannot be a row.
std::optional<Fault> fill(Block& block, Query& rows, bool& more) {
  StoredEntry row;
  std::string entry;
  while (block.ends.size() < block_rows && (more = rows.next())) {
    auto const expected = block.after + static_cast<std::int64_t>(block.ends.size()) + 1;
    if (!read_entry(rows, row) || row.leaf.size() != sizeof(Hash))
      return Fault{expected, row_name(expected) + " was changed after it was written"};
    if (row.entry.seq != expected) return Fault{expected, row_name(expected) + " is missing"};
    encode(row.entry, entry);
    block.entries += entry;
    block.ends.push_back(block.entries.size());
    Hash leaf;
    row.leaf.copy(leaf.data(), leaf.size());
    block.leaves.push_back(leaf);
    if (row.entry.kind == "answer") ++block.answers;
  }
  return std::nullopt;
}

// Reads on this thread while another hashes the block before.
std::optional<Fault> read_rows(Database& database, Rebuilt& rebuilt) {
  Query rows(database, "SELECT " SIAGA_LOG_COLUMNS " FROM log NOT INDEXED ORDER BY seq");
  std::future<std::optional<Fault>> hashing;
  std::optional<Fault> unreadable;
  std::int64_t read = 0;
  for (bool more = true; more && !unreadable;) {
    Block block;
    block.after = read;
    try {
      unreadable = fill(block, rows, more);
    } catch (SqlFailure const& failure) {
      auto const row = read + static_cast<std::int64_t>(block.ends.size()) + 1;
      unreadable = Fault{row, row_name(row) + " cannot be read: " + failure.what()};
    }
    read += static_cast<std::int64_t>(block.ends.size());
    if (hashing.valid())
      if (auto fault = hashing.get()) return fault;
    hashing = std::async(std::launch::async,
                         [&rebuilt, block = std::move(block)] { return rebuilt.add(block); });
  }
  if (auto fault = hashing.get()) return fault;
  return unreadable;
}

std::optional<Fault> compare_with_head(Database& database, Rebuilt const& rebuilt) {
  auto const rows = rebuilt.frontier().size();
  Query head(database, "SELECT size, root, frontier, checkpoints FROM head");
  if (!head.next()) return Fault{1, "the log's head is missing"};
  auto const size = head.integer(0);
  if (rows < size) return Fault{rows + 1, row_name(rows + 1) + " and what followed is missing"};
  if (rows > size) return Fault{size + 1, row_name(size + 1) + " was added without the gateway"};
  Sha256 sha;
  bool const same = bytes_of(rebuilt.frontier().root(sha)) == head.blob(1) &&
                    rebuilt.frontier().bytes() == head.blob(2);
  if (!same)
    return Fault{std::min(rebuilt.covered() + 1, std::max<std::int64_t>(rows, 1)),
                 "rows after " + row_name(rebuilt.covered()) + " do not match the log's head"};
  if (rebuilt.marks() != head.integer(3))
    return Fault{rows + 1, "a checkpoint was taken out or put in"};
  if (rebuilt.marks_left() > 0) return Fault{rows + 1, "a checkpoint covers rows that are missing"};
  return std::nullopt;
}

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

// The table of answers, which people are shown, says what the log says: no more and no less.
std::optional<Fault> compare_answers(Database& database, std::int64_t logged) {
  Query rows(database,
             "SELECT k.seq, l.kind, l.alert, k.alert, l.officer, k.officer, l.at, k.at, k.answer,"
             " k.via, k.evidence, k.counted, l.detail, k.note, k.salt FROM acknowledgements k"
             " LEFT JOIN log l ON l.seq = k.seq ORDER BY k.seq");
  std::int64_t kept = 0;
  for (; rows.next(); ++kept)
    if (auto const row = rows.integer(0); !is_as_logged(rows))
      return Fault{row, "the answer of " + row_name(row) + " was changed in the table of answers"};
  if (kept == logged) return std::nullopt;
  auto const row = first<std::int64_t>(database,
                                       "SELECT min(seq) FROM log WHERE kind = 'answer' AND seq NOT"
                                       " IN (SELECT seq FROM acknowledgements)");
  return Fault{*row, "the answer of " + row_name(*row) + " is missing in the table of answers"};
}

std::optional<Fault> examine(Database& database, std::optional<Rebuilt>& rebuilt) {
  std::vector<Mark> marks;
  auto fault = read_marks(database, marks);
  rebuilt.emplace(std::move(marks));
  if (!fault) fault = read_rows(database, *rebuilt);
  if (!fault) fault = compare_with_head(database, *rebuilt);
  if (!fault) fault = compare_answers(database, rebuilt->answers());
  return fault;
}

}  // namespace

Verdict verify(Database& database) {
  std::optional<Rebuilt> rebuilt;
  std::optional<Fault> fault;
  try {
    database.script("SAVEPOINT verify");  // one state of the store, however long this takes
    fault = examine(database, rebuilt);
    database.script("RELEASE verify");
  } catch (SqlFailure const& failure) {
    if (!rebuilt) rebuilt.emplace(std::vector<Mark>());
    fault = Fault{rebuilt->frontier().size() + 1, std::string("cannot be read: ") + failure.what()};
  }
  Verdict verdict;
  Sha256 sha;
  verdict.rows = rebuilt->frontier().size();
  verdict.checkpoints = rebuilt->marks();
  verdict.root = to_hex(bytes_of(rebuilt->frontier().root(sha)));
  verdict.whole = !fault;
  if (fault) {
    verdict.first_bad_row = fault->row;
    verdict.why = fault->why;
  }
  return verdict;
}

}  // namespace siaga::journal
