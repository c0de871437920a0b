// IncidentJournal: the journal's part for incidents of the gateway itself.
//
// Place:  flow/incidents, trouble watch -> INCIDENT JOURNAL -> store thread.
// Thread: called on core; each awaitable resumes on core after the commit.
// Errors: the Journal's. On error nothing of the call is kept.
// Durable: every call that returned success.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "gateway/base/result.hpp"
#include "gateway/domain/incident.hpp"
#include "gateway/ports/journal_types.hpp"

namespace siaga {

// A step in the life of an incident of the gateway itself.
struct IncidentChange {
  IncidentKind kind{};
  std::string about, detail;
  UtcTime since{}, last{};
  std::size_t times = 0;  // how often it was raised since it was kept last
  bool ended = false;
};

// A message to one of ops, about incidents.
struct OpsMessage {
  Recipient to;
  std::string text;
};

// What is kept of incidents at once: their changes, the messages to ops, and of which kinds these
// tell all there is.
struct IncidentPage {
  std::vector<IncidentChange> changes;
  std::vector<OpsMessage> messages;
  std::vector<IncidentKind> told;
  UtcTime expires{};  // of the messages
};

struct KeptIncident {
  IncidentKind kind{};
  std::string about, detail;
  UtcTime since{}, last{};
  std::size_t count = 0, told = 0;  // raised; of these ops have been told
  std::optional<UtcTime> ended, told_at;
};

class IncidentJournal {
 public:
  virtual ~IncidentJournal() = default;
  // Answers which lanes to wake.
  virtual boost::asio::awaitable<Result<std::vector<ChannelName>>> keep(IncidentPage page,
                                                                        Moment now) = 0;
  // Those that go on, and those of which anything happened since.
  virtual boost::asio::awaitable<Result<std::vector<KeptIncident>>> incidents(UtcTime since) = 0;
  // When the oldest message came that is to be said over MQTT.
  virtual boost::asio::awaitable<Result<std::optional<UtcTime>>> outbox_since() = 0;
};

}  // namespace siaga
