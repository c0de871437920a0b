// IncidentSink: any part says here that something is wrong with the gateway itself, and when it is
// over.
//
// Place:  every leg, channel and connection -> INCIDENT SINK (flow/incidents) -> log, broker, ops.
// Thread: core only; never waits. A part on another thread posts to core first.
// Errors: none to the caller: if the store takes nothing now, the incident is written later.
// Durable: a row of the log and of the table of incidents, written soon after the call.
#pragma once

#include <string>

#include "gateway/domain/incident.hpp"

namespace siaga {

class IncidentSink {
 public:
  virtual ~IncidentSink() = default;
  // `about` names the one it concerns: a channel, an agency, a topic. The same kind about the same
  // one is one incident until it ends; raising it again counts. `detail` is for people, without
  // personal data and without words of a sender.
  virtual void raise(IncidentKind kind, std::string about, std::string detail) = 0;
  // Of one that is not open: nothing.
  virtual void end(IncidentKind kind, std::string about) = 0;
};

}  // namespace siaga
