// Evidence: whether what was received is still what the log says was received: each payload against
// the hash of its row, and its topic.
//
// Place:  verify hands it the rows -> EVIDENCE -> table inbox.
// Thread: the one that reads.
// Rules:  a payload may be gone when a row says that it was dropped or that it came twice; of one
//         kept in part only its length is known.
// Bound:  two bits for a message, and what is missing until its row is found.
// See:    decisions/0027-what-verify-sees.md
#pragma once

#include <map>
#include <vector>

#include "gateway/journal/log/entry.hpp"
#include "gateway/journal/verification/fault.hpp"
#include "gateway/journal/verification/verdict.hpp"

namespace siaga::journal {

// A row about a message, out of the block it was read with.
struct MessageRow {
  std::int64_t seq = 0;
  std::string kind, detail;
};

class Evidence {
 public:
  // `last`: the newest message there is.
  Evidence(Database& database, std::string decoder, std::int64_t last);

  static bool concerns(std::string_view kind);  // a row to be handed in
  std::optional<Fault> add(MessageRow const& row);
  // After the last row that was handed in; what was dropped meanwhile is asked for.
  std::optional<Fault> finish(std::int64_t last_row);

  // Whether the decoder that read it is the one asked about.
  bool is_comparable(std::int64_t inbox) const;
  std::int64_t messages() const noexcept { return messages_; }
  std::int64_t decoder_known_from() const noexcept { return decoder_known_from_; }

 private:
  std::optional<Fault> add_received(MessageRow const& row);
  std::optional<Fault> find_added() const;

  Database& database_;
  std::string decoder_;
  std::vector<bool> received_, comparable_;
  std::map<std::int64_t, std::int64_t> gone_;  // payloads, and the rows that told of them
  std::int64_t messages_ = 0;
  std::int64_t decoder_known_from_ = 0;
};

}  // namespace siaga::journal
