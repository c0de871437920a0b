#include "protocols/cap/freshness.hpp"

#include "protocols/cap/reasons.hpp"

namespace siaga::cap {
namespace {

Rejection refusal(Alert const& alert, Check check, milliseconds limit) {
  Rejection why(Reason{"/sent", rule_id(check, Element::sent),
                       sentence(check, Element::sent, alert.sent.text, to_text(limit))});
  why.identifier = alert.identifier;
  why.sender = alert.sender;
  return why;
}

}  // namespace

Judged<Command> check_freshness(Command command, UtcTime now, Settings const& settings) {
  auto const& alert = std::visit([](auto const& c) -> Alert const& { return c.alert; }, command);
  if (alert.sent.at > now + settings.ahead_max)
    return refusal(alert, Check::sent_ahead, settings.ahead_max);
  if (alert.sent.at < now - settings.age_max)
    return refusal(alert, Check::sent_stale, settings.age_max);
  return command;
}

}  // namespace siaga::cap
