#include "gateway/flow/trouble_watch.hpp"

#include <algorithm>

namespace siaga::flow {
namespace asio = boost::asio;

asio::awaitable<void> TroubleWatch::run() {
  for (;;) {
    co_await look_at_outbox();
    look_at_channels();
    look_at_broker();
    look_at_store();
    auto const again = context_.clock.steady_now() + context_.settings.sweep_every;
    co_await context_.clock.sleep_until(again);
  }
}

milliseconds TroubleWatch::outbox_age() const {
  if (!outbox_since_) return milliseconds(0);
  return std::max(milliseconds(0), context_.clock.utc_now() - *outbox_since_);
}

void TroubleWatch::judge(Look look) {
  std::pair const name(look.kind, look.about);
  if (!look.wrong) {
    wrong_since_.erase(name);
    raised_.erase(name);
    context_.incidents.end(look.kind, std::move(look.about));
    return;
  }
  auto const now = context_.clock.steady_now();
  auto const since = wrong_since_.try_emplace(name, now).first->second;
  if (now - since < look.grace || !raised_.insert(name).second) return;
  context_.incidents.raise(look.kind, std::move(look.about), std::move(look.detail));
}

// While the broker is away everything waits: that is an incident of its own.
asio::awaitable<void> TroubleWatch::look_at_outbox() {
  auto const since = co_await context_.journal.outbox_since();
  if (!since) co_return;  // the supervisor's probe tells of a store that does not answer
  outbox_since_ = *since;
  // One message that stops the broker's connection is an incident of its own.
  if (context_.rest_is_set_aside && context_.rest_is_set_aside()) outbox_since_.reset();
  bool const told_of = context_.broker && !context_.broker().tells;
  auto const age = std::chrono::duration_cast<std::chrono::seconds>(outbox_age());
  bool const stuck = !told_of && age > outbox_grace;
  judge({IncidentKind::outbox_stuck, "", stuck,
         "the oldest message waits since " + std::to_string(age.count()) + " s"});
}

void TroubleWatch::look_at_channels() {
  for (auto const& lane : context_.dispatcher.lanes()) {
    auto const& channel = lane->channel();
    if (!channel.tried_once()) continue;
    bool const down = channel.state() == LinkState::down;
    bool const refused = down && channel.is_refused();
    auto const& name = lane->name().value;
    auto const reason = channel.state_reason();
    judge({IncidentKind::channel_down, name, down && !refused, reason, link_grace});
    judge({IncidentKind::channel_refused, name, refused, reason, link_grace});
  }
}

void TroubleWatch::look_at_broker() {
  if (!context_.broker) return;
  auto const now = context_.broker();
  auto const* what = now.takes_in ? "receipts cannot be told"
                     : now.tells  ? "alerts cannot be taken in"
                                  : "alerts cannot be taken in, receipts cannot be told";
  judge({IncidentKind::broker_away, "", !now.takes_in || !now.tells, what, link_grace});
}

void TroubleWatch::look_at_store() {
  bool const refuses = context_.broker && context_.broker().refuses;
  bool const full = refuses || context_.storage.full();
  judge({IncidentKind::storage_full, "", full, "new alerts stay with the broker"});
  bool const failing = context_.storage.failing() && !context_.storage.full();
  judge({IncidentKind::storage_failing, "", failing, "the process starts anew"});
}

}  // namespace siaga::flow
