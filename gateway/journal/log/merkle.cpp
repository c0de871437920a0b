#include "gateway/journal/log/merkle.hpp"

#include <algorithm>
#include <bit>

namespace siaga::journal {

Hash leaf_hash(Sha256& sha, std::string_view entry) {
  return sha.of('\x00', entry);
}

Hash node_hash(Sha256& sha, Hash const& left, Hash const& right) {
  return sha.of('\x01', bytes_of(left), bytes_of(right));
}

void Frontier::add(Sha256& sha, Hash const& leaf) {
  Hash hash = leaf;
  for (auto rest = size_; (rest & 1) != 0; rest >>= 1) {
    hash = node_hash(sha, peaks_.back(), hash);
    peaks_.pop_back();
  }
  peaks_.push_back(hash);
  ++size_;
}

Hash Frontier::root(Sha256& sha) const {
  if (peaks_.empty()) return sha.of("");
  Hash hash = peaks_.back();
  for (auto peak = peaks_.rbegin() + 1; peak != peaks_.rend(); ++peak)
    hash = node_hash(sha, *peak, hash);
  return hash;
}

std::string Frontier::bytes() const {
  std::string all;
  all.reserve(peaks_.size() * sizeof(Hash));
  for (auto const& peak : peaks_) all += bytes_of(peak);
  return all;
}

std::optional<Frontier> Frontier::from_bytes(std::int64_t size, std::string_view bytes) {
  if (size < 0) return std::nullopt;
  auto const count = static_cast<std::size_t>(std::popcount(static_cast<std::uint64_t>(size)));
  if (bytes.size() != count * sizeof(Hash)) return std::nullopt;
  Frontier frontier;
  frontier.size_ = size;
  for (std::size_t i = 0; i < count; ++i) {
    Hash peak;
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(i * sizeof(Hash)), sizeof(Hash),
                peak.begin());
    frontier.peaks_.push_back(peak);
  }
  return frontier;
}

}  // namespace siaga::journal
