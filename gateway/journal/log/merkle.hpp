// merkle: the log's tree. A Frontier is all that is needed to add leaves and to name the root.
//
// Place:  ledger adds a leaf per log row; verify rebuilds the same from the rows.
// Thread: values; a Sha256 is handed in.
// See:    RFC 9162 section 2.1.1: leaf = H(0x00 || entry), node = H(0x01 || left || right); the
//         root of no leaves is H("").
// Durable: the frontier's bytes are on disk; do not change their order.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "gateway/base/digest.hpp"

namespace siaga::journal {

Hash leaf_hash(Sha256& sha, std::string_view entry);
Hash node_hash(Sha256& sha, Hash const& left, Hash const& right);

class Frontier {
 public:
  void add(Sha256& sha, Hash const& leaf);
  Hash root(Sha256& sha) const;
  std::int64_t size() const noexcept { return size_; }
  // The rightmost whole subtree: its root, and how many leaves are under it.
  Hash const& last_peak() const noexcept { return peaks_.back(); }
  std::int64_t last_peak_leaves() const noexcept { return size_ & -size_; }

  std::string bytes() const;
  static std::optional<Frontier> from_bytes(std::int64_t size, std::string_view bytes);

 private:
  std::int64_t size_ = 0;
  std::vector<Hash> peaks_;  // of whole subtrees, widest first; one per bit set in size_
};

}  // namespace siaga::journal
