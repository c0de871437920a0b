#include "protocols/cap/lint.hpp"

#include <algorithm>

#include "protocols/cap/reading.hpp"

namespace siaga::cap {
namespace {

Origin origin_of(Reason const& reason) {
  if (reason.rule.starts_with("policy.")) return Origin::policy;
  return reason.rule.starts_with("advice.") ? Origin::advice : Origin::standard;
}

}  // namespace

std::vector<Finding> lint(std::string_view bytes, Settings const& settings) {
  auto body = body_of("", bytes);
  if (body == Body::unknown) body = trimmed(bytes).starts_with('[') ? Body::json : Body::xml;
  auto reading = read(bytes, body, settings, Rigour::advice_too);
  std::vector<Finding> findings;
  for (auto* reasons : {&reading.refusals, &reading.advice})
    for (auto& reason : *reasons) {
      auto const origin = origin_of(reason);
      findings.push_back({origin, std::move(reason)});
    }
  return findings;
}

bool refuses(std::vector<Finding> const& findings) {
  return std::ranges::any_of(findings, [](Finding const& f) { return f.origin != Origin::advice; });
}

}  // namespace siaga::cap
