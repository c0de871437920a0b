// Signer reader: the keys and certificates of one [[agency]] into the domain's Signers.
//
// Place:  agency_reader -> SIGNER READER -> Grant::signers.
// Thread: one load, one thread.
#pragma once

#include "config/records.hpp"
#include "config/table_reader.hpp"
#include "gateway/domain/signing.hpp"

namespace siaga::config {

Signers read_signers(TableReader& reader, toml::table const& agency, AgencyRecord const& record);

}  // namespace siaga::config
