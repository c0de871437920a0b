// Transaction: everything that a change works with.
//
// Place:  job -> every change.
// Thread: store thread.
// Durable: all of it or nothing; whoever made the transaction commits it.
#pragma once

#include <random>

#include "gateway/journal/log/ledger.hpp"
#include "gateway/ports/inbox.hpp"
#include "gateway/ports/journal_types.hpp"
#include "gateway/ports/response_topics.hpp"

namespace siaga::journal {

// What a site sets and changes go by.
struct ChangeSettings {
  std::size_t chunk_deliveries_max = 128;      // of one transaction when a step is large
  milliseconds lease{60000};                   // of a claim
  std::int64_t quarantine_bytes = 64'000'000;  // of refused payloads; an eighth for one agency
  std::chrono::minutes zone_offset{480};       // of the times in receipts
  std::string gateway_name = "siaga";          // whose incidents these are
  std::string decoder;  // version of what reads the messages; empty = it has none
  ResponseTopics response_topics;
};

struct Transaction {
  Database& db;
  Ledger& log;
  ChangeSettings const& settings;
  std::minstd_rand& random;
  // What the one that runs the changes is told by them:
  bool message_decided = false;  // nobody waits any longer for what a message is decided to be
  bool sweep_wanted = false;     // the quarantine is to be swept when there is time
};

}  // namespace siaga::journal
