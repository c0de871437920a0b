// Checkpoints: compares the checkpoints that the gateway published with the log as it is now: is
// the store older than what others have seen?
//
// Place:  supervisor -> CHECKPOINTS -> store thread. Part of the Journal.
// Thread: called on core; each awaitable resumes on core after the commit.
// Errors: the Journal's.
// Durable: a rollback stands in the store until a person accepts it.
// See:    decisions/0027-what-verify-sees.md
#pragma once

#include <boost/asio/awaitable.hpp>

#include "gateway/base/result.hpp"
#include "gateway/ports/journal_types.hpp"

namespace siaga {

// As a broker retains it.
struct PublishedCheckpoint {
  std::int64_t size = 0;
  std::string root;  // hex
  std::string mac;   // hex; empty = of a version that made none
  PublishedCheckpoint(std::int64_t s, std::string r, std::string m)
      : size(s), root(std::move(r)), mac(std::move(m)) {}
};

struct LogStanding {
  bool forged = false;       // what was published is not of this store
  bool rolled_back = false;  // the store is older than its note, and nobody has accepted that
  std::string about;         // both sizes and roots, in words
};

// The mail of a day: to whom, by which channel.
struct CheckpointMail {
  ChannelName channel;
  std::vector<std::string> addresses;
  std::string day;  // "2026-11-29", where the gateway is
};

class Checkpoints {
 public:
  template <class T>
  using Awaitable = boost::asio::awaitable<Result<T>>;

  virtual ~Checkpoints() = default;
  virtual Awaitable<LogStanding> compare_checkpoint(PublishedCheckpoint noted, Moment now) = 0;
  // Whether a rollback found before has been accepted meanwhile.
  virtual Awaitable<LogStanding> log_standing(Moment now) = 0;
  // Once a day, however often it is asked. Answers which lanes to wake.
  virtual Awaitable<std::vector<ChannelName>> mail_checkpoint(CheckpointMail mail, Moment now) = 0;
};

}  // namespace siaga
