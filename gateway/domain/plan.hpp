// plan: finds out who is told of an alert, by which path, at which step, and which rule said so.
//
// Place:  authorise -> PLAN -> Journal::accept (one transaction). Pure.
// Thread: values.
// Rule:   policies are frozen into the plan; the recipients of a later step are found when it
//         starts. An escalation whose first step reaches nobody stays: the flow treats it as an
//         incident. An officer is told when his areas meet the alert's codes, or if either names
//         none. Test reaches only teams marked so; Restricted and Private never reach public teams
//         or channels.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "gateway/domain/alert.hpp"
#include "gateway/domain/directory.hpp"
#include "gateway/domain/routing.hpp"

namespace siaga {

// One address to tell. `officer` is empty for a channel that speaks to all at once (radio).
struct Recipient {
  OfficerId officer;
  ChannelName channel;
  std::string address;
  std::string language;
};

// How a channel reaches people.
struct Path {
  std::string address_key;  // the officer's: "sms", "email"; "" = one message for all who listen
  bool is_public = false;   // never told of Restricted or Private alerts
};
using Paths = std::map<ChannelName, Path>;

// One policy at work for one alert.
struct Ladder {
  Policy policy;
  std::string rule;  // the route that chose it
  std::vector<Recipient> first_step;
  std::vector<std::string> unreachable;  // why somebody of the first step is not told
};

struct Plan {
  Priority priority = Priority::normal;
  std::vector<Ladder> ladders;
  std::set<OfficerId> outsiders;  // of an Update: whom its scope keeps it from
  std::string empty_because;  // set when no route matched: there is no ladder, and intake refuses

  std::size_t recipients() const noexcept;
};

struct StepRecipients {
  std::vector<Recipient> recipients;     // each (channel, address) once
  std::vector<std::string> unreachable;  // "officer lurah-loktuan has no sms"; the first 100
};

// A channel that speaks to all gets one recipient, with its own name as address, as soon as one
// team of the step may be told.
StepRecipients resolve(Step const& step, Alert const& alert, Directory const& directory,
                       Paths const& paths);

// How many officers, and channels that speak to all, the plan could tell over all its steps.
std::size_t people_of(Plan const& plan, Alert const& alert, Directory const& directory,
                      Paths const& paths);

Plan plan(AgencyId const& agency, Alert const& alert, Directory const& directory,
          Routing const& routing, Paths const& paths);

}  // namespace siaga
