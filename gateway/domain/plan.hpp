// plan: who is told of an alert, by which path, at which step, and which rule said so.
//
// Place:  authorise -> PLAN -> Journal::accept (one transaction). Pure.
// Thread: values.
// Rule:   policies are frozen into the plan; who a later step reaches is resolved when it starts.
#pragma once

#include <map>
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

// How a channel is addressed: the officer's address key ("sms", "email"), or "" = one message to all.
using AddressKeys = std::map<ChannelName, std::string>;

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
  std::string empty_because;  // set when nothing matched or nobody is reached

  std::size_t recipients() const noexcept;
};

struct StepRecipients {
  std::vector<Recipient> recipients;      // each (channel, address) once
  std::vector<std::string> unreachable;   // "officer lurah-loktuan has no sms"
};

StepRecipients resolve(Step const& step, Alert const& alert, Directory const& directory,
                       AddressKeys const& keys);

Plan plan(AgencyId const& agency, Alert const& alert, Directory const& directory,
          Routing const& routing, AddressKeys const& keys);

}  // namespace siaga
