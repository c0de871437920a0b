// StreamDouble: a Stream that hands out scripted pieces and keeps what is written.
#pragma once

#include <algorithm>
#include <deque>
#include <string>

#include "gateway/async/stream.hpp"

namespace siaga::test {

// What the two ends of a StreamDouble share, so that a test can look after the stream is gone.
struct StreamScript {
  std::deque<std::string> pieces;  // then the peer is silent or gone
  Errc after_pieces = Errc::connection_lost;
  std::size_t writes_taken = 1'000;  // then writing fails
  std::string written;
  std::vector<Stream::Limit> read_limits;
};

class StreamDouble final : public Stream {
 public:
  explicit StreamDouble(StreamScript& script) : script_(script) {}

  boost::asio::awaitable<Result<std::size_t>> read_some(std::span<char> into,
                                                        Limit limit) override {
    script_.read_limits.push_back(limit);
    if (script_.pieces.empty()) co_return Error(script_.after_pieces, "script ended");
    auto& piece = script_.pieces.front();
    auto const bytes = std::min(piece.size(), into.size());
    std::copy_n(piece.begin(), bytes, into.begin());
    piece.erase(0, bytes);
    if (piece.empty()) script_.pieces.pop_front();
    co_return bytes;
  }
  boost::asio::awaitable<Result<void>> write(std::string_view all, Limit) override {
    if (script_.writes_taken == 0) co_return Error(Errc::timed_out, "reader too slow");
    --script_.writes_taken;
    script_.written += all;
    co_return Result<void>();
  }
  void close() noexcept override {}
  std::string peer() const override { return "192.0.2.1:50000"; }

 private:
  StreamScript& script_;
};

}  // namespace siaga::test
