// Directory: the officers by id, the teams of officers, and their addresses.
//
// Place:  built by the app from configuration; read by plan and replies. Replaced whole by SIGHUP.
// Thread: immutable once built; shared_ptr<Directory const> is handed around.
// Privacy: addresses are here and in deliveries, never in the log.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gateway/domain/ids.hpp"

namespace siaga {

struct Officer {
  OfficerId id;
  std::string name;  // post or call sign as shown: "Kabag Ops"
  AgencyId agency;
  std::vector<std::string> areas;  // Kemendagri prefixes; empty = everywhere
  std::string language = "id";
  std::map<std::string, std::string> addresses;  // by address key of a channel kind: "sms", "email"
};

struct Team {
  TeamId id;
  std::vector<OfficerId> members;
  bool test = false;       // may be told of CAP status Test
  bool is_public = false;  // never told of Restricted or Private alerts
};

class Directory {
 public:
  Directory() = default;
  Directory(std::vector<Officer> officers, std::vector<Team> teams, std::string language = "id");

  Officer const* officer(OfficerId const& id) const;
  Team const* team(TeamId const& id) const;
  // Who has this address on channels of this key; null when nobody or more than one has. Spellings
  // of a phone number and the case of a mail address make no difference.
  Officer const* officer_at(std::string const& key, std::string const& address) const;
  std::vector<Officer> const& officers() const noexcept { return officers_; }
  std::vector<Team> const& teams() const noexcept { return teams_; }
  // The language of channels that speak to all who listen.
  std::string const& language() const noexcept { return language_; }

 private:
  // Sorted by hash, of an id or of a key and an address. The officer found is compared, since two
  // may have the same hash.
  struct Entry {
    std::size_t hash, officer;
    auto operator<=>(Entry const&) const = default;
  };
  using Index = std::vector<Entry>;
  static std::span<Entry const> found(Index const& index, std::size_t hash);

  std::vector<Officer> officers_;
  std::vector<Team> teams_;
  std::string language_ = "id";
  Index by_id_, by_address_;
  std::unordered_map<TeamId, std::size_t> team_index_;
};

// Kemendagri codes nest by dots: "64.74" covers "64.74.01.1003". An empty one covers nothing.
bool area_covers(std::string_view prefix, std::string_view code);
// True when either covers the other.
bool areas_meet(std::string_view left, std::string_view right);

}  // namespace siaga
