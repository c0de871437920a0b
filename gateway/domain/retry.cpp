#include "gateway/domain/retry.hpp"

#include <algorithm>

namespace siaga {

bool is_last(RetryRule const& rule, int attempts, SendOutcome const& outcome) {
  bool const doubtful = std::holds_alternative<OutcomeUnknown>(outcome);
  return attempts >= (doubtful ? rule.doubtful_max : rule.attempts_max);
}

milliseconds backoff(RetryRule const& rule, int attempts, double spread) {
  auto wait = std::min(rule.first, rule.most);
  for (int i = 1; i < attempts && wait < rule.most; ++i)
    wait = wait > rule.most / 2 ? rule.most : wait * 2;
  auto const half = static_cast<double>(wait.count()) / 2;
  return milliseconds(static_cast<milliseconds::rep>(half + half * std::clamp(spread, 0.0, 1.0)));
}

}  // namespace siaga
