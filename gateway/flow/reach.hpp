// Reach: checks that a plan tells anybody at all, and not more people than its agency may reach.
//
// Place:  plan -> REACH -> Journal::accept; `siaga plan` says the same beforehand. Pure.
// Thread: values.
// Rules:  policy.no-route, policy.nobody: refused. policy.recipients-max: held, not sent.
#pragma once

#include "gateway/flow/world.hpp"

namespace siaga::flow {

std::optional<Rejection> reaches_nobody(Plan const& plan, Alert const& alert, World const& world);
// A slip of the pen must not wake the whole city.
std::optional<Rejection> reaches_too_many(AgencyId const& agency, Plan const& plan,
                                          Alert const& alert, World const& world);

// The same, refused: the agency has as many held messages as it may have.
Rejection too_many_held(Rejection why);

}  // namespace siaga::flow
