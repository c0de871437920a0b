// allows: a list in the configuration that names what may pass; an empty one lets anything.
//
// Place:  authorise, routing. Pure.
#pragma once

#include <algorithm>
#include <vector>

namespace siaga {

template <class T>
bool allows(std::vector<T> const& allowed, T const& value) {
  return allowed.empty() || std::ranges::find(allowed, value) != allowed.end();
}

}  // namespace siaga
