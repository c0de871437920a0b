// authorise: may this agency say this? The only maker of Authorised<T>.
//
// Place:  decode -> AUTHORISE -> plan -> Journal::accept. Pure.
// Thread: values.
// Errors: a Rejection with a Reason for every offending value; path = JSON pointer. Rules:
//         authority.agency .sender .status .scope .severity .category .event
//         authority.area          a geocode outside the grant's areas, or wider than they are
//         authority.area-unknown  a geocode that is no Kemendagri code; or none at all where the
//                                 grant is limited to areas (an alert without codes reaches all)
//         policy.draft, policy.expired
#pragma once

#include <unordered_map>

#include "gateway/domain/command.hpp"
#include "gateway/domain/ids.hpp"

namespace siaga {

// What one agency may say. Empty lists allow anything.
struct Grant {
  AgencyId agency;
  std::string agency_name;  // "Polres Bontang"
  std::vector<std::string> senders;
  std::vector<Scope> scopes;
  std::optional<Severity> severity_max;
  std::vector<Category> categories;
  std::vector<std::string> events;
  std::vector<std::string> areas;  // Kemendagri prefixes
  std::vector<Status> statuses;
};

struct Grants {
  std::unordered_map<AgencyId, Grant> by_agency;
  Grant const* of(AgencyId const& agency) const;
};

template <class T>
class Authorised {
 public:
  AgencyId const& agency() const noexcept { return agency_; }
  T const& command() const noexcept { return command_; }

 private:
  Authorised(AgencyId agency, T command)
      : agency_(std::move(agency)), command_(std::move(command)) {}
  AgencyId agency_;
  T command_;

  friend Judged<Authorised<Command>> authorise(Grants const& grants, AgencyId const& agency,
                                               Command command, UtcTime now);
};
using AuthorisedCommand = Authorised<Command>;

// Also refuses Draft, and an alert or update that has expired. A cancellation may come late.
Judged<AuthorisedCommand> authorise(Grants const& grants, AgencyId const& agency, Command command,
                                    UtcTime now);

}  // namespace siaga
