// Names: the ids one kind of table has given away, and whether a reference to one holds.
//
// Place:  directory_reader, routing_reader: define first, then refer.
// Thread: one load, one thread.
#pragma once

#include <unordered_map>

#include "config/table_reader.hpp"

namespace siaga::config {

class Names {
 public:
  Names(std::string one, std::string defined_by)
      : one_(std::move(one)), defined_by_(std::move(defined_by)) {}

  // Takes the id of a table; reports one that is no word or was given away before.
  bool define(TableReader& reader, Place place, std::string const& id);
  bool knows(std::string const& id) const { return places_.contains(id); }
  // "unknown team 'pikett' in step 1: did you mean 'piket'?"; empty when it is known, or when part
  // of the files could not be read and it may stand there.
  std::string unknown(std::string const& id, std::string const& used_in) const;
  void incomplete() noexcept { complete_ = false; }

 private:
  std::string one_, defined_by_;
  std::vector<std::string> ids_;
  std::unordered_map<std::string, Place> places_;  // of the ids
  bool complete_ = true;
};

}  // namespace siaga::config
