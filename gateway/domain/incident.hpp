// Incident: something wrong with the gateway itself that ops must hear of: its name, its meaning,
// and what to do. The one list of kinds.
//
// Place:  journal, flow, protocols -> IncidentSink -> log, siaga/incident/<gateway>, ops teams.
// Thread: values; pure.
// Durable: words are on disk and on the wire; never rename one.
// See:    tests/domain/incident_test.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/domain/message.hpp"
#include "gateway/domain/time.hpp"
#include "gateway/domain/words.hpp"

namespace siaga {

enum class IncidentKind {
  signature,            // a message without a good signature where one is required
  identity_reused,      // one identifier, two contents
  publish_refused,      // the broker does not take what we publish on a topic
  message_set_aside,    // one message stops its peer; it waits behind the others
  outbox_stuck,         // receipts cannot be told
  broker_away,          // intake or feed has no connection
  session_taken,        // another client took the gateway's MQTT session
  connection_unstable,  // connections that end right after they began
  express_refused,      // the broker allows too few connections
  channel_down,         // a channel cannot send
  channel_refused,      // a channel's account or device is refused
  storage_failing,      // the store does not take writes
  storage_full,         // no room for new alerts
  rolled_back,          // the store is older than what the gateway published of it
  checkpoint_forged,    // a published checkpoint that this gateway did not make
  clock_stepped,        // the wall clock jumped
  link_locked,          // too many wrong codes at one link
  core_stalled,         // the gateway did nothing else for too long
  step_empty,           // a step of a policy reached nobody
  log_unread,           // the broker does not let us read the checkpoint it retains of us
};
SIAGA_WORDS(IncidentKind, "signature", "identity-reused", "publish-refused", "message-set-aside",
            "outbox-stuck", "broker-away", "session-taken", "connection-unstable",
            "express-refused", "channel-down", "channel-refused", "storage-failing", "storage-full",
            "rolled-back", "checkpoint-forged", "clock-stepped", "link-locked", "core-stalled",
            "step-empty", "log-unread");

// A sentence of what it is, then one of what to do. Both, with a place of forty characters, fit
// one SMS: seventy-six characters of GSM 03.38.
struct IncidentWords {
  bool lasts;           // it goes on until it is ended; the others are over when they are told
  std::string_view id;  // Indonesian
  std::string_view en;
};
IncidentWords const& words_of(IncidentKind kind);
std::string_view incident_what(std::string_view sentences);   // "A channel cannot send."
std::string_view incident_to_do(std::string_view sentences);  // "Look at its device or network."

// What ops are told.
struct IncidentReport {
  IncidentKind kind{};
  std::string about;     // a channel, an agency, a topic; "" = the gateway
  std::size_t more = 0;  // others of this kind, left out
  UtcTime since{};
  std::size_t count = 1;         // how often, since ops were told last
  std::optional<UtcTime> ended;  // it is over: told to those who heard of its begin
};
// "Siaga bontang: Saluran tidak dapat mengirim. Periksa perangkatnya. (sms, sejak 23 Nov 14:30)"
std::string incident_text(IncidentReport const& report, std::string_view gateway,
                          std::string_view language, ZoneName const& zone);

}  // namespace siaga
