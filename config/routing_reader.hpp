// Routing reader: [[policy]] and [[route]] of the main file into the domain's Routing, with a word
// about what can never work: a step that reaches nobody, a route never tried.
//
// Place:  loader, after agencies, channels and directory -> ROUTING READER -> Routing.
// Thread: one load, one thread.
#pragma once

#include "config/names.hpp"
#include "gateway/domain/directory.hpp"
#include "gateway/domain/plan.hpp"
#include "gateway/domain/routing.hpp"

namespace siaga::config {

// What policies and routes may refer to.
struct RoutingWorld {
  Names const& agencies;
  Names const& teams;
  Names const& channels;
  Directory const& directory;
  Paths const& paths;  // of the channels that could be read
  bool whole = true;   // every file could be read, so that advice is to be trusted
};

Routing read_routing(TableReader& reader, RoutingWorld const& world);

}  // namespace siaga::config
