// Report: what the sink received, as JSON lines on standard output and as counts.
//
// Place:  conversation -> REPORT -> stdout, `stats`.
// Thread: the sink's only one.
// Units:  *_ns are CLOCK_MONOTONIC nanoseconds, comparable between programs of one machine.
#pragma once

#include <cstdint>

#include "tests/peers/mailsink/conversation.hpp"

namespace siaga::mailsink {

enum class Detail { quiet, brief, full };

class Report final : public Ledger {
 public:
  explicit Report(Detail detail) : detail_(detail) {}

  void received(Mail mail) override;
  void refused() override { ++refused_; }
  void connected() { ++connections_, ++open_; }
  void disconnected() { --open_; }
  void set_detail(Detail detail) { detail_ = detail; }
  void clear();
  std::string stats() const;  // one JSON object

 private:
  Detail detail_;
  std::uint64_t connections_ = 0, open_ = 0, mails_ = 0, recipients_ = 0, refused_ = 0, bytes_ = 0;
  std::int64_t first_ns_ = 0, last_ns_ = 0;
};

}  // namespace siaga::mailsink
