#include "gateway/journal/verify.hpp"

#include <future>

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
  std::size_t marks_left() const noexcept { return marks_.size() - next_; }

 private:
  bool matches_mark() {
    covered_ = marks_[next_].size;
    return bytes_of(frontier_.root(sha_)) == marks_[next_++].root;
  }

  Sha256 sha_;
  Frontier frontier_;
  std::vector<Mark> marks_;
  std::size_t next_ = 0;
  std::int64_t covered_ = 0;
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
  Query head(database, "SELECT size, root, frontier FROM head");
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
  if (rebuilt.marks_left() > 0) return Fault{rows + 1, "a checkpoint covers rows that are missing"};
  return std::nullopt;
}

}  // namespace

Verdict verify(Database& database) {
  Verdict verdict;
  database.script("SAVEPOINT verify");  // one state of the store, however long this takes
  std::vector<Mark> marks;
  auto fault = read_marks(database, marks);
  verdict.checkpoints = static_cast<std::int64_t>(marks.size());
  Rebuilt rebuilt(std::move(marks));
  if (!fault) fault = read_rows(database, rebuilt);
  if (!fault) fault = compare_with_head(database, rebuilt);
  database.script("RELEASE verify");
  Sha256 sha;
  verdict.rows = rebuilt.frontier().size();
  verdict.root = to_hex(bytes_of(rebuilt.frontier().root(sha)));
  verdict.whole = !fault;
  if (fault) {
    verdict.first_bad_row = fault->row;
    verdict.why = fault->why;
  }
  return verdict;
}

}  // namespace siaga::journal
