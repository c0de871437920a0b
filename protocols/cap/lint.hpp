// lint: every rule a file breaks, and advice, for agencies to look before they publish.
//
// Place:  cli `siaga lint` -> LINT -> reading. Same reader as the daemon.
// Thread: any; pure.
#pragma once

#include "gateway/domain/command.hpp"
#include "protocols/cap/rules.hpp"
#include "protocols/cap/settings.hpp"

namespace siaga::cap {

struct Finding {
  Origin origin = Origin::standard;  // advice alone does not refuse
  Reason reason;
};

// In the order found, refusals first. Empty: nothing to say.
std::vector<Finding> lint(std::string_view bytes, Settings const& settings);
bool refuses(std::vector<Finding> const& findings);

}  // namespace siaga::cap
