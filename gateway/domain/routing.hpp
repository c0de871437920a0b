// Routing: which policy an alert falls under. Routes are tried in order; the first match wins
// unless it says continue.
//
// Place:  built by the app from configuration; read by plan().
// Thread: immutable once built.
#pragma once

#include <optional>
#include <vector>

#include "gateway/domain/alert.hpp"
#include "gateway/domain/ids.hpp"

namespace siaga {

// Empty lists and absent minima match anything.
struct Matcher {
  std::vector<AgencyId> agency;
  std::vector<Category> category;
  std::vector<std::string> event;  // case-insensitive, whole
  std::optional<Severity> severity_min;
  std::optional<Urgency> urgency_min;
  std::optional<Certainty> certainty_min;
  std::vector<std::string> area;  // Kemendagri prefixes
  std::vector<Scope> scope;
  std::vector<Status> status;
};

struct Step {
  milliseconds after{0};  // from the start of the round
  std::vector<TeamId> teams;
  std::vector<ChannelName> channels;
};

struct Policy {
  PolicyId id;
  std::vector<Step> steps;
  int acks_needed = 1;
  int repeat = 1;                 // rounds of the whole ladder while nobody has answered
  bool tell_when_handled = true;  // the closing message to those told
};

struct Route {
  Matcher match;
  PolicyId policy;
  bool continues = false;
  std::string rule;  // how explanations name it: "siaga.toml:52 route 3"
};

struct Routing {
  std::vector<Route> routes;
  std::vector<Policy> policies;

  Policy const* policy(PolicyId const& id) const;
};

bool matches(Matcher const& matcher, AgencyId const& agency, Alert const& alert);

}  // namespace siaga
