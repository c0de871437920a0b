// Agency reader: [[agency]] of the main file into the domain's Grants.
//
// Place:  loader -> AGENCY READER -> Grants.
// Thread: one load, one thread.
#pragma once

#include "config/names.hpp"
#include "gateway/domain/authorise.hpp"

namespace siaga::config {

// `places` may be null: then any well-formed code will do.
Grants read_agencies(TableReader& reader, Names& agencies, Gazetteer const* places);

// Reports every code of a list that is no Kemendagri code.
void check_area_codes(TableReader& reader, toml::table const& table, std::string const& key,
                      std::vector<std::string> const& codes, std::string const& where);

}  // namespace siaga::config
