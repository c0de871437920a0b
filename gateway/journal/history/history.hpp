// History: what happened, for people who ask. Opens the store read-only, with the daemon up or
// down.
//
// Place:  command line, later the console -> HISTORY -> store file.
// Thread: any one thread; blocking.
// Errors: file_unreadable (no store yet: says which path), storage_corrupt, storage_failed.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/result.hpp"
#include "gateway/journal/verification/verdict.hpp"
#include "gateway/ports/inbox.hpp"
#include "gateway/ports/incident_journal.hpp"
#include "gateway/ports/journal_types.hpp"

namespace siaga::journal {

class Database;

struct AlertRow {
  AlertId id;
  std::string identifier, sender, code, event, headline, place;
  AgencyId agency;
  AlertState state = AlertState::open;
  Status status = Status::actual;
  MsgType msg_type = MsgType::alert;
  Severity severity = Severity::unknown;
  UtcTime sent{}, accepted_at{};
  std::optional<UtcTime> expires, ended_at;
  std::string proof;  // text_of(Proof)
  std::size_t recipients = 0, reached = 0, accepted = 0, declined = 0;
};

struct AckRow {
  std::int64_t seq = 0;
  AlertId alert;
  std::string code;
  OfficerId officer;
  Answer answer = Answer::accepted;
  Via via = Via::sms;
  Evidence evidence = Evidence::code_only;
  UtcTime at{};
  milliseconds delay{0};  // since the alert was accepted
  std::string text;
};

struct DeliveryRow {
  DeliveryId id;
  OfficerId officer;  // empty = all listeners
  ChannelName channel;
  MessageKind kind = MessageKind::alert;
  int step = 0;
  DeliveryState state = DeliveryState::planned;
  int attempts = 0;
  UtcTime at{};  // of the last change
  std::string reason;
  bool possible_duplicate = false;
};

// One log row as people read it.
struct LogRow {
  std::int64_t seq = 0;
  UtcTime at{};
  std::string kind;  // "accepted", "attempted", ...
  AlertId alert;
  DeliveryId delivery;
  OfficerId officer;
  std::string detail;
  std::string leaf;  // bytes
};

struct AlertDetail {
  AlertRow row;
  Alert alert;
  std::vector<DeliveryRow> deliveries;
  std::vector<AckRow> acknowledgements;
  std::vector<LogRow> timeline;
};

// A message that was refused, or waits.
struct RefusedRow {
  InboxId inbox;
  AgencyId agency;
  UtcTime received_at{};
  Decision decision = Decision::rejected;  // or held
  std::vector<Reason> reasons;
  Kept kept = Kept::whole;  // of its payload
  std::size_t bytes = 0;    // of its payload as it came
};

struct HistoryFilter {
  bool open_only = false;
  std::optional<UtcTime> since;
  std::optional<AlertId> alert;
  std::optional<OfficerId> officer;
};

class History {
 public:
  virtual ~History() = default;

  virtual Result<std::vector<AlertRow>> alerts(HistoryFilter const& filter) = 0;  // newest first
  // By gateway id, code or CAP identifier, in this order. Two senders may use the same identifier:
  // then there are several, the newest first. not_found when there is none.
  virtual Result<std::vector<AlertRow>> named(std::string const& name) = 0;
  virtual Result<AlertDetail> alert(std::string const& name) = 0;  // the newest of this name
  virtual Result<std::vector<AckRow>> acks(HistoryFilter const& filter) = 0;
  virtual Result<std::vector<RefusedRow>> refused(HistoryFilter const& filter) = 0;
  virtual Result<std::vector<KeptIncident>> incidents(HistoryFilter const& filter) = 0;
  virtual Result<std::vector<LogRow>> log(HistoryFilter const& filter) = 0;
  virtual Result<Verdict> verify(VerifyAids const& aids) = 0;
  Result<Verdict> verify() { return verify({}); }
};

// Over a store opened for reading; see store/open.hpp.
std::unique_ptr<History> make_history(std::unique_ptr<Database> database);

}  // namespace siaga::journal
