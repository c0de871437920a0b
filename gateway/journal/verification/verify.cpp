#include "gateway/journal/verification/verify.hpp"

#include <algorithm>
#include <future>

#include "gateway/journal/log/ledger.hpp"
#include "gateway/journal/verification/kept_answers.hpp"
#include "gateway/journal/verification/states.hpp"

namespace siaga::journal {
namespace {

constexpr std::size_t block_rows = 8192;

struct Mark {  // a checkpoint
  std::int64_t size = 0;
  std::string root;
  bool ours = true;  // else kept elsewhere
};

// What there is when verification begins.
struct Begin {
  bool has_head = false;
  std::int64_t head_size = 0, head_checkpoints = 0;
  std::string head_root, head_frontier;
  std::int64_t rows = 0;
  IdRange alerts, deliveries;
  std::int64_t messages = 0;
  std::vector<Mark> marks;  // by size
};

// Rows as read, on their way to the thread that hashes them.
struct Block {
  std::int64_t after = 0;  // rows before it
  std::string entries;
  std::vector<std::size_t> ends;
  std::vector<Hash> leaves;  // as stored
  std::vector<MessageRow> messages;
  std::int64_t answers = 0;
};

std::string against_text(Mark const& mark) {
  return "the checkpoint " + std::to_string(mark.size) + ":" + to_hex(mark.root) +
         " kept elsewhere";
}

// The tree as it grows, held against the checkpoints on the way, and what its rows tell.
class Rebuilt {
 public:
  explicit Rebuilt(Begin const& begin)
      : marks_(begin.marks), fold_(begin.alerts, begin.deliveries) {}

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
      if (auto fault = meet_marks()) return fault;
      auto const fields = decode_entry(entry);
      if (auto fault = count_marks(fields)) return fault;
      fold_.add(fields);
    }
    return std::nullopt;
  }
  Frontier const& frontier() const noexcept { return frontier_; }
  Fold const& fold() const noexcept { return fold_; }
  std::int64_t covered() const noexcept { return covered_; }  // by checkpoints that matched
  std::int64_t answers() const noexcept { return answers_; }
  Mark const* next_mark() const { return next_ < marks_.size() ? &marks_[next_] : nullptr; }

 private:
  std::optional<Fault> meet_marks() {
    for (; next_ < marks_.size() && marks_[next_].size == frontier_.size(); ++next_) {
      auto const& mark = marks_[next_];
      if (bytes_of(frontier_.root(sha_)) == mark.root) {
        covered_ = mark.size;
        continue;
      }
      auto const rows = "rows " + std::to_string(covered_ + 1) + " to " +
                        std::to_string(frontier_.size()) + " do not match ";
      return Fault{covered_ + 1,
                   rows + (mark.ours ? "the checkpoint taken after them" : against_text(mark))};
    }
    return std::nullopt;
  }
  // A gateway that starts writes how many checkpoints there are.
  std::optional<Fault> count_marks(LogEntry const& entry) const {
    if (entry.kind != "started") return std::nullopt;
    auto const count = value_of(entry.detail, "checkpoints");
    auto const taken = std::ranges::count_if(
        marks_, [&](Mark const& mark) { return mark.ours && mark.size < entry.seq; });
    if (count.empty() || number_of(entry.detail, "checkpoints") == taken) return std::nullopt;
    return Fault{covered_ + 1, "checkpoints taken before " + row_name(entry.seq) +
                                   " were taken out or put in: it counts " + std::string(count) +
                                   ", there are " + std::to_string(taken)};
  }

  Sha256 sha_;
  Frontier frontier_;
  std::vector<Mark> marks_;
  Fold fold_;
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
    marks.push_back({size, std::string(root), true});
  }
  return std::nullopt;
}

std::int64_t newest(Database& database, char const* sql) {
  return first<std::int64_t>(database, sql).value_or(0);
}

std::optional<Fault> read_begin(Database& database, VerifyAids const& aids, Begin& begin) {
  auto fault = read_marks(database, begin.marks);
  for (auto const& kept : aids.against)
    begin.marks.push_back({kept.size, from_hex(kept.root), false});
  std::ranges::stable_sort(begin.marks, {}, &Mark::size);
  begin.rows = newest(database, "SELECT coalesce(max(seq), 0) FROM log");
  begin.alerts.last = newest(database, "SELECT coalesce(max(id), 0) FROM alerts");
  begin.deliveries.last = newest(database, "SELECT coalesce(max(id), 0) FROM deliveries");
  begin.messages = newest(database, "SELECT coalesce(max(id), 0) FROM inbox");
  Query head(database, "SELECT size, root, frontier, checkpoints FROM head");
  begin.has_head = head.next();
  if (!begin.has_head) return fault;
  begin.head_size = head.integer(0);
  begin.head_root = head.blob(1);
  begin.head_frontier = head.blob(2);
  begin.head_checkpoints = head.integer(3);
  return fault;
}

// Fills the block from the rows; a fault when one is missing or cannot be a row.
std::optional<Fault> fill(Block& block, Query& rows) {
  StoredEntry row;
  std::string entry;
  while (block.ends.size() < block_rows && rows.next()) {
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
    if (Evidence::concerns(row.entry.kind))
      block.messages.push_back(
          {expected, std::string(row.entry.kind), std::string(row.entry.detail)});
  }
  return std::nullopt;
}

// In a transaction of its own.
std::optional<Fault> read_block(Database& database, std::int64_t last, Block& block) {
  try {
    Query rows(database,
               "SELECT " SIAGA_LOG_COLUMNS
               " FROM log WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?",
               block.after, last, block_rows);
    return fill(block, rows);
  } catch (SqlFailure const& failure) {
    auto const row = block.after + static_cast<std::int64_t>(block.ends.size()) + 1;
    return Fault{row, row_name(row) + " cannot be read: " + failure.what()};
  }
}

// Reads on this thread while another hashes the block before.
std::optional<Fault> read_rows(Database& database, std::int64_t last, Rebuilt& rebuilt,
                               Evidence& evidence) {
  std::future<std::optional<Fault>> hashing;
  std::optional<Fault> unreadable, contradicted;
  std::int64_t read = 0;
  for (bool more = true; more && !unreadable;) {
    Block block;
    block.after = read;
    unreadable = read_block(database, last, block);
    read += static_cast<std::int64_t>(block.ends.size());
    more = block.ends.size() == block_rows;
    auto const messages = std::move(block.messages);
    if (hashing.valid())
      if (auto fault = hashing.get()) return fault;
    hashing = std::async(std::launch::async,
                         [&rebuilt, block = std::move(block)] { return rebuilt.add(block); });
    for (auto const& row : messages)
      if (!contradicted) contradicted = evidence.add(row);
  }
  if (auto fault = hashing.get()) return fault;
  return unreadable ? unreadable : contradicted;
}

std::optional<Fault> compare_with_head(Begin const& begin, Rebuilt const& rebuilt) {
  auto const rows = rebuilt.frontier().size();
  if (!begin.has_head) return Fault{1, "the log's head is missing"};
  auto const size = begin.head_size;
  if (rows < size) return Fault{rows + 1, row_name(rows + 1) + " and what followed is missing"};
  if (rows > size) return Fault{size + 1, row_name(size + 1) + " was added without the gateway"};
  Sha256 sha;
  bool const same = bytes_of(rebuilt.frontier().root(sha)) == begin.head_root &&
                    rebuilt.frontier().bytes() == begin.head_frontier;
  if (!same)
    return Fault{std::min(rebuilt.covered() + 1, std::max<std::int64_t>(rows, 1)),
                 "rows after " + row_name(rebuilt.covered()) + " do not match the log's head"};
  if (std::ranges::count(begin.marks, true, &Mark::ours) != begin.head_checkpoints)
    return Fault{rows + 1, "a checkpoint was taken out or put in"};
  auto const* const left = rebuilt.next_mark();
  if (left == nullptr) return std::nullopt;
  if (left->ours) return Fault{rows + 1, "a checkpoint covers rows that are missing"};
  return Fault{rows + 1, against_text(*left) +
                             " covers rows that are missing: an older copy of the store was put"
                             " back, or its end was cut off"};
}

// One verification under way.
class Examination {
 public:
  Examination(Database& database, VerifyAids const& aids) : database_(database), aids_(aids) {}

  Verdict carry_out() {
    std::optional<Fault> fault;
    try {
      fault = examine();
    } catch (SqlFailure const& failure) {
      auto const row = rebuilt_ ? rebuilt_->frontier().size() + 1 : 1;
      fault = Fault{row, std::string("cannot be read: ") + failure.what()};
    }
    return verdict(fault);
  }

 private:
  std::optional<Fault> examine() {
    database_.script("SAVEPOINT verify");  // the beginning: one state of the store
    auto fault = read_begin(database_, aids_, begin_);
    database_.script("RELEASE verify");
    rebuilt_.emplace(begin_);
    if (fault) return fault;
    evidence_.emplace(database_, aids_.decoder, begin_.messages);
    fault = read_rows(database_, begin_.rows, *rebuilt_, *evidence_);
    if (fault && fault->in_log) return fault;
    if (auto head = compare_with_head(begin_, *rebuilt_)) return head;
    return fault ? fault : compare_tables();
  }

  std::optional<Fault> compare_tables() {
    auto const& fold = rebuilt_->fold();
    if (auto const row = fold.stray(); row != 0)
      return contradiction(row, row_name(row) + " tells of what is not in the store");
    if (auto fault = evidence_->finish(begin_.rows)) return fault;
    if (auto fault = compare_answers(database_, begin_.rows, rebuilt_->answers())) return fault;
    AlertTexts texts(database_, fold, *evidence_, aids_.decode);
    auto fault = texts.compare(begin_.alerts);
    not_comparable_ = texts.not_comparable();
    return fault ? fault : compare_deliveries(database_, fold, begin_.deliveries);
  }

  Verdict verdict(std::optional<Fault> const& fault) const {
    Verdict verdict;
    Sha256 sha;
    auto const read = rebuilt_ ? rebuilt_->frontier().size() : 0;
    verdict.rows = std::max({read, begin_.rows, begin_.head_size});
    verdict.checkpoints = std::ranges::count(begin_.marks, true, &Mark::ours);
    verdict.root = to_hex(bytes_of(rebuilt_ ? rebuilt_->frontier().root(sha) : sha.of("")));
    verdict.whole = !fault;
    verdict.log_whole = !fault || !fault->in_log;
    verdict.alerts = begin_.alerts.last;
    verdict.deliveries = begin_.deliveries.last;
    if (evidence_) {
      verdict.messages = evidence_->messages();
      verdict.texts_compared_from = evidence_->decoder_known_from();
    }
    verdict.not_comparable = not_comparable_;
    if (!fault) return verdict;
    verdict.first_bad_row = fault->row;
    verdict.why = fault->why;
    verdict.rows = std::max(verdict.rows, fault->row);
    return verdict;
  }

  Database& database_;
  VerifyAids const& aids_;
  Begin begin_;
  std::optional<Rebuilt> rebuilt_;
  std::optional<Evidence> evidence_;
  std::int64_t not_comparable_ = 0;
};

}  // namespace

Verdict verify(Database& database, VerifyAids const& aids) {
  return Examination(database, aids).carry_out();
}

}  // namespace siaga::journal
