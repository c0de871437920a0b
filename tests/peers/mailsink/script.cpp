#include "tests/peers/mailsink/script.hpp"

#include <algorithm>

namespace siaga::mailsink {

std::optional<Rule> Script::take(std::string_view stage, std::string_view address) {
  auto const fits = [&](Rule const& rule) {
    return rule.stage == stage && (rule.address.empty() || rule.address == address);
  };
  auto const found = std::find_if(rules_.rbegin(), rules_.rend(), fits);
  if (found == rules_.rend()) return std::nullopt;
  auto const rule = *found;
  if (--found->times == 0) rules_.erase(std::next(found).base());
  return rule;
}

void Script::clear(std::string_view stage) {
  std::erase_if(rules_, [&](Rule const& rule) { return stage.empty() || rule.stage == stage; });
}

}  // namespace siaga::mailsink
