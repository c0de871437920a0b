// authorise: may this agency say this? The only maker of Authorised<T>.
//
// Place:  decode -> AUTHORISE -> plan -> Journal::accept. Pure.
// Thread: values.
// Errors: a Rejection with a Reason for every offending value; path = JSON pointer.
// Rules:  each is the name of a reason:
//         authority.agency .sender .status .scope .severity .category .event
//         authority.area          a code or a shape outside the grant's areas, or wider than they
//         authority.area-unknown  a geocode that is no Kemendagri code, or of no known district;
//                                 shapes that touch none; or no place at all where the grant is
//                                 limited to areas (an alert without codes reaches all)
//         policy.draft, policy.expired
#pragma once

#include <memory>
#include <unordered_map>

#include "gateway/domain/command.hpp"
#include "gateway/domain/gazetteer.hpp"
#include "gateway/domain/ids.hpp"
#include "gateway/domain/links.hpp"
#include "gateway/domain/signing.hpp"

namespace siaga {

// How much an agency may say at once, and how fast when it goes on: a token bucket.
struct Allowance {
  double per_s = 100;
  double burst = 200;
};

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
  std::vector<AgencyId> parents;              // may update and cancel its alerts; nearest first
  std::vector<AgencyId> children;             // whose alerts it may update and cancel
  std::optional<std::size_t> recipients_max;  // of one alert over all its steps; beyond, it is held
  Allowance allowance;
  Allowance answers{20, 500};  // of what its systems answer for its officers
  Signers signers;
  Hosts hosts;  // where its alerts may lead officers
};

struct Grants {
  std::unordered_map<AgencyId, Grant> by_agency;
  std::shared_ptr<Gazetteer const> places;  // null = no district is known, any code is taken
  Grant const* of(AgencyId const& agency) const;
};

template <class T>
class Authorised {
 public:
  AgencyId const& agency() const noexcept { return agency_; }
  T const& command() const noexcept { return command_; }
  // Who else may change what this agency says, and whose alerts it may change.
  std::vector<AgencyId> const& parents() const noexcept { return parents_; }
  std::vector<AgencyId> const& children() const noexcept { return children_; }
  Proof const& proof() const noexcept { return proof_; }
  void record(Proof proof) { proof_ = std::move(proof); }

 private:
  Authorised(Grant const& grant, T command)
      : agency_(grant.agency),
        parents_(grant.parents),
        children_(grant.children),
        command_(std::move(command)) {}
  AgencyId agency_;
  std::vector<AgencyId> parents_, children_;
  T command_;
  Proof proof_;

  friend Judged<Authorised<Command>> authorise(Grants const& grants, AgencyId const& agency,
                                               Command command, UtcTime now);
};
using AuthorisedCommand = Authorised<Command>;

// What an agency that is not in the configuration is told.
Reason not_registered(AgencyId const& agency);

// Also refuses Draft, and an alert or update that has expired. A cancellation may come late.
Judged<AuthorisedCommand> authorise(Grants const& grants, AgencyId const& agency, Command command,
                                    UtcTime now);

}  // namespace siaga
