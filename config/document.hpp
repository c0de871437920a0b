// Document: one TOML file as read, with what could not be read of it reported.
//
// Place:  loader -> DOCUMENT -> readers.
// Thread: one load, one thread.
// Rule:   a line that is not TOML is reported and left out, and reading goes on, so that one load
//         tells everything. What a left-out line may have said is not called missing.
#pragma once

#include <toml++/toml.h>

#include <optional>
#include <set>
#include <string>

#include "config/problems.hpp"

namespace siaga::config {

struct Document {
  std::string path;    // as shown
  std::string folder;  // absolute; relative paths inside start here
  std::string bytes;
  std::size_t index = 0;  // Place::file
  toml::table table;
  bool broken = false;              // some line was left out
  bool understood = true;           // what is left can be judged
  std::set<std::string> lost_keys;  // keys of the lines left out

  Place place(toml::source_region const& region) const {
    return {index, region.begin.line, region.begin.column};
  }
  Place place(toml::node const& node) const { return place(node.source()); }
};

// Always gives a document; an unreadable file gives an empty one that is not understood.
Document open_document(std::string const& path, Problems& problems);

}  // namespace siaga::config
