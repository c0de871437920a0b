#include "gateway/flow/legs.hpp"

#include <utility>

#include "gateway/async/spawn.hpp"

namespace siaga::flow {
namespace asio = boost::asio;

Legs::Legs(LegsContext context)
    : context_(std::move(context)),
      world_(context_.world),
      storage_([this](Error const& error) { lose_storage(error); }),
      announcer_({context_.executor, context_.clock, context_.journal, world_, context_.feed,
                  context_.wire, storage_, context_.settings, context_.gateway_name, incidents_}),
      dispatcher_({context_.executor, context_.clock, context_.journal, world_, context_.settings,
                   context_.links, storage_, incidents_,
                   [this](Recorded const& what) { attempted(what); }}),
      incidents_({context_.executor, context_.clock, context_.journal, world_, dispatcher_,
                  context_.gateway_name, [this] { announcer_.wake(); }}),
      watch_({context_.executor, context_.clock, context_.journal, storage_, dispatcher_,
              incidents_, context_.settings, context_.broker,
              [this] { return announcer_.rest_is_set_aside(); }}),
      escalator_({context_.executor, context_.clock, context_.journal, world_, storage_,
                  dispatcher_, announcer_, incidents_}),
      replies_({context_.clock, context_.journal, world_, storage_, dispatcher_, escalator_,
                announcer_}),
      link_answers_(
          {context_.clock, context_.journal, world_, context_.links, replies_, context_.settings},
          {context_.executor, context_.clock, context_.journal, storage_, incidents_}),
      receipts_(context_.journal, [this](Recorded const& what) { recorded(what); }),
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
               replies_,
               incidents_}),
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

// Once; ops hear of it before the process ends.
void Legs::lose_storage(Error const& error) {
  if (std::exchange(storage_lost_, true)) return;
  spawn(context_.executor, "last words", end_without_storage(error));
}

asio::awaitable<void> Legs::end_without_storage(Error error) {
  co_await incidents_.say_last_words(error.text());
  context_.storage_lost(error);
}

asio::awaitable<Result<void>> Legs::restore() {
  auto const restored = co_await escalator_.restore();
  if (!restored) co_return restored;
  auto const locked = co_await link_answers_.locks().restore();
  if (!locked) co_return locked;
  co_await announcer_.restore();
  co_await incidents_.restore();
  co_return Result<void>();
}

void Legs::start() {
  auto const& executor = context_.executor;
  dispatcher_.start();
  spawn(executor, "escalator", escalator_.run());
  spawn(executor, "incidents", incidents_.run());
  spawn(executor, "trouble watch", watch_.run());
  spawn(executor, "outbox", announcer_.run_outbox());
  spawn(executor, "statuses", announcer_.run_statuses());
  spawn(executor, "supervisor", supervisor_.run());
  spawn(executor, "sayings", supervisor_.run_sayings());
  spawn(executor, "intake", intake_.run());
  spawn(executor, "gate", intake_.run_gate());
  spawn(executor, "reader", intake_.run_reader());
  spawn(executor, "answers", intake_.run_answers());
  spawn(executor, "notices", intake_.run_notices());
  spawn(executor, "link locks", link_answers_.locks().run());
}

void Legs::stop() {
  intake_.stop();
  escalator_.stop();
  supervisor_.stop();
  link_answers_.locks().stop();
  dispatcher_.stop();
}

void Legs::connected() {
  announcer_.connected();
  supervisor_.connected();
}

}  // namespace siaga::flow
