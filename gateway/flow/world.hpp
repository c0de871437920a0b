// World: what the configuration says about who may speak, and who is told by which path; and
// Current, which holds it and which SIGHUP swaps.
//
// Place:  app builds it; every leg reads it through Current at each use, never keeps a copy.
// Thread: core only. A World is immutable; swapping is one pointer.
#pragma once

#include <memory>

#include "gateway/domain/authorise.hpp"
#include "gateway/domain/level.hpp"
#include "gateway/domain/message.hpp"
#include "gateway/domain/plan.hpp"
#include "gateway/flow/incident_settings.hpp"
#include "gateway/ports/response_topics.hpp"

namespace siaga::flow {

// How long a message may be; of a longer one only the beginning is kept.
struct LengthLimits {
  std::size_t alert_bytes_max = 256 * 1024;
  std::size_t answer_bytes_max = 4096;
};

struct World {
  Grants grants;
  Routing routing;
  std::shared_ptr<Directory const> directory;
  Paths paths;
  LevelTable levels;
  ZoneName zone;
  LengthLimits lengths;
  IncidentSettings ops;
  ResponseTopics response_topics;

  std::string agency_name(AgencyId const& id) const;
  Hosts hosts_of(AgencyId const& id) const;
  std::string officer_name(OfficerId const& id) const;  // the id itself when no longer known
};

class Current {
 public:
  explicit Current(std::shared_ptr<World const> first) : world_(std::move(first)) {}
  World const& operator*() const noexcept { return *world_; }
  World const* operator->() const noexcept { return world_.get(); }
  std::shared_ptr<World const> hold() const noexcept { return world_; }  // across an await
  void swap_in(std::shared_ptr<World const> next) noexcept { world_ = std::move(next); }

 private:
  std::shared_ptr<World const> world_;
};

}  // namespace siaga::flow
