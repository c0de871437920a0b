// LogEntry: one row of the log, and the bytes of it that its leaf covers.
//
// Place:  ledger writes, verify and history read.
// Thread: values.
// Durable: the encoding is what the leaves on disk were made of: seq, at, alert, delivery as 8
//         bytes each, then kind, officer, detail, each after its length in 4 bytes; all most
//         significant byte first. Do not change it.
// Privacy: officers by id; never a phone number, mail address or message text. See scrubbed().
#pragma once

#include "gateway/domain/ids.hpp"
#include "gateway/journal/database/query.hpp"

namespace siaga::journal {

// What happened, to what. Kinds: received accepted duplicate rejected noted planned step-started
// step-empty escalated attempted reopened dropped receipt answer answer-refused acknowledged
// cancelled updated expired link-locked link-unlocked, and those of the gateway itself (started
// stopped configured clock-stepped ...).
struct LogLine {
  std::string kind;
  AlertId alert;
  DeliveryId delivery;
  OfficerId officer;
  std::string detail;  // "key=value key=value"
};

struct LogEntry {
  std::int64_t seq = 0;
  std::int64_t at_ms = 0;
  std::int64_t alert = 0;
  std::int64_t delivery = 0;
  std::string_view kind;
  std::string_view officer;
  std::string_view detail;
};

void encode(LogEntry const& entry, std::string& into);  // replaces what was there
// The way back, for bytes of encode(); its texts live as long as those.
LogEntry decode_entry(std::string_view bytes);

// "state" of "outcome=sent state=sent": the first of this name, or the last where words of somebody
// else may stand before it; empty when there is none.
std::string_view value_of(std::string_view detail, std::string_view key);
std::string_view last_value_of(std::string_view detail, std::string_view key);
// A whole number by that name; 0 when there is none.
std::int64_t number_of(std::string_view detail, std::string_view key);

// For cursors over `log_columns`: the row, or why it cannot be one.
#define SIAGA_LOG_COLUMNS "seq, at, kind, alert, delivery, officer, detail, leaf"
struct StoredEntry {
  LogEntry entry;  // its texts live until the cursor moves
  std::string_view leaf;
};
bool read_entry(Cursor const& cursor, StoredEntry& into);

// A network's words without what could name a person: the address itself, anything with an @, and
// any number long enough to be a phone's.
std::string scrubbed(std::string_view reason, std::string_view address);

}  // namespace siaga::journal
