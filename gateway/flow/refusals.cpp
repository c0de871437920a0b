#include "gateway/flow/refusals.hpp"

#include "gateway/base/log.hpp"

namespace siaga::flow {
namespace asio = boost::asio;

namespace {
constexpr milliseconds refused_again_after{250};
}  // namespace

asio::awaitable<void> Refusals::reject(InboxId from, AgencyId agency, Rejection why) {
  for (;;) {
    auto const now = moment(context_.clock);
    auto const done = co_await context_.journal.reject(from, agency, why, now);
    if (done && done->decision == Decision::rejected && why.told)
      log::warning("rejected", {{"agency", agency.value},
                                {"rule", why.reasons.empty() ? "" : why.reasons.front().rule},
                                {"reasons", std::to_string(why.reasons.size())}});
    if (done) decided(agency, *done);
    if (done || !context_.storage.worth_retrying("recording a rejection", done.error())) co_return;
    auto const again = context_.clock.steady_now() + refused_again_after;
    co_await context_.clock.sleep_until(again);
  }
}

void Refusals::decided(AgencyId const& agency, Accepted const& answer) {
  context_.announcer.wake();
  if (answer.decision == Decision::rejected) ++rejected_;
  if (answer.incident.empty()) return;
  ++incidents_;
  log::error("incident", {{"kind", answer.incident}, {"agency", agency.value}});
  if (auto const kind = from_word<IncidentKind>(answer.incident))
    context_.incidents.note(*kind, agency.value);
}

}  // namespace siaga::flow
