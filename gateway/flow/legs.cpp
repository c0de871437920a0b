#include "gateway/flow/legs.hpp"

#include "gateway/async/spawn.hpp"

namespace siaga::flow {
namespace asio = boost::asio;

Legs::Legs(LegsContext context)
    : context_(std::move(context)),
      world_(context_.world),
      storage_(context_.storage_lost),
      incidents_({context_.executor, context_.clock, context_.journal}),
      announcer_({context_.executor, context_.clock, context_.journal, world_, context_.feed,
                  context_.wire, storage_, context_.settings, context_.gateway_name}),
      dispatcher_({context_.executor, context_.clock, context_.journal, world_, context_.settings,
                   context_.links, storage_, [this](Recorded const& what) { attempted(what); }}),
      escalator_({context_.executor, context_.clock, context_.journal, world_, storage_,
                  dispatcher_, announcer_}),
      replies_({context_.clock, context_.journal, world_, storage_, dispatcher_, escalator_,
                announcer_}),
      link_answers_(
          {context_.clock, context_.journal, world_, context_.links, replies_, context_.settings}),
      receipts_(context_.journal, announcer_, [this](Recorded const& what) { recorded(what); }),
      intake_({context_.executor,
               context_.clock,
               context_.journal,
               world_,
               {context_.formats, context_.fresh, context_.authentic},
               context_.wire,
               storage_,
               dispatcher_,
               escalator_,
               announcer_,
               replies_}),
      supervisor_({context_.executor, context_.clock, context_.journal, world_, storage_,
                   dispatcher_, escalator_, announcer_, context_.wire, context_.settings,
                   context_.gateway_name, context_.version, context_.alive, incidents_,
                   context_.on_rollback}) {}

void Legs::attempted(Recorded const& what) {
  bool const arrives = what.state == DeliveryState::sent ||
                       what.state == DeliveryState::delivered || what.state == DeliveryState::read;
  ++attempts_[arrives ? "sent" : what.state == DeliveryState::planned ? "retried" : "failed"];
  recorded(what);
}

void Legs::recorded(Recorded const& what) {
  announcer_.changed(what.alert);
  dispatcher_.wake(what.due);  // what waited for this one may follow now
  if (what.step_failed) escalator_.escalate_now(what.alert, *what.step_failed, "failed");
}

asio::awaitable<Result<void>> Legs::restore() {
  auto const restored = co_await escalator_.restore();
  if (!restored) co_return restored;
  co_await announcer_.restore();
  co_return Result<void>();
}

void Legs::start() {
  auto const& executor = context_.executor;
  dispatcher_.start();
  spawn(executor, "escalator", escalator_.run());
  spawn(executor, "outbox", announcer_.run_outbox());
  spawn(executor, "statuses", announcer_.run_statuses());
  spawn(executor, "supervisor", supervisor_.run());
  spawn(executor, "sayings", supervisor_.run_sayings());
  spawn(executor, "intake", intake_.run());
  spawn(executor, "gate", intake_.run_gate());
  spawn(executor, "reader", intake_.run_reader());
  spawn(executor, "notices", intake_.run_notices());
}

void Legs::stop() {
  intake_.stop();
  escalator_.stop();
  supervisor_.stop();
  dispatcher_.stop();
}

void Legs::connected() {
  announcer_.connected();
  supervisor_.connected();
}

}  // namespace siaga::flow
