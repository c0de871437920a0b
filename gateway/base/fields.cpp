#include "gateway/base/fields.hpp"

#include <algorithm>

namespace siaga {

Field const* Fields::find(std::string_view key) const noexcept {
  auto const it = std::ranges::find(fields_, key, &Field::key);
  return it == fields_.end() ? nullptr : &*it;
}

}  // namespace siaga
