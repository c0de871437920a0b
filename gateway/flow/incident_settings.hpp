// IncidentSettings: the teams that hear of the gateway's own troubles, and the addresses that get
// the checkpoints of its log; section [incidents].
//
// Place:  config loader -> INCIDENT SETTINGS -> World -> incidents.
// Thread: read-only once loaded. SIGHUP may change it.
#pragma once

#include "gateway/base/fields.hpp"

namespace siaga::flow {

struct IncidentSettings {
  std::vector<std::string> teams;
  std::vector<std::string> channels;
  std::vector<std::string> checkpoint_mail;
  static Fields const& fields();
};

}  // namespace siaga::flow
