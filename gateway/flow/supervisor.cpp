#include "gateway/flow/supervisor.hpp"

#include <utility>

#include "gateway/base/log.hpp"
#include "gateway/ports/topics.hpp"

namespace siaga::flow {
namespace asio = boost::asio;

namespace {

constexpr std::chrono::seconds clock_step_noted{2};
constexpr std::chrono::hours clear_every{1};
constexpr std::chrono::seconds note_wait{1};  // for a retained checkpoint; there may be none

// The first of those ops are told by, else the first there is; empty = none.
ChannelName email_channel(World const& world) {
  auto const is_email = [&](ChannelName const& name) {
    auto const path = world.paths.find(name);
    return path != world.paths.end() && path->second.address_key == "email";
  };
  for (auto const& name : world.ops.channels)
    if (is_email(ChannelName(name))) return ChannelName(name);
  for (auto const& [name, path] : world.paths)
    if (is_email(name)) return name;
  return {};
}

milliseconds distance(Clock const& clock) {
  return clock.utc_now().time_since_epoch() - clock.steady_now().time_since_epoch();
}

}  // namespace

Supervisor::Supervisor(SupervisorContext context)
    : context_(std::move(context)),
      since_(context_.clock.utc_now()),
      utc_minus_steady_(distance(context_.clock)),
      next_checkpoint_(context_.clock.steady_now() + context_.settings.checkpoint_every),
      next_clearing_(context_.clock.steady_now() + clear_every),
      to_say_(context_.executor),
      note_awaited_until_(context_.clock.steady_now() + note_wait) {}

asio::awaitable<void> Supervisor::run() {
  while (!stopping_) {
    co_await note_clock_steps();
    co_await note_channels();
    co_await expire();
    co_await assume_delivered();
    if (context_.clock.steady_now() >= next_checkpoint_) {
      next_checkpoint_ = context_.clock.steady_now() + context_.settings.checkpoint_every;
      co_await checkpoint();
      to_say_.notify();
    }
    co_await mail_checkpoint();
    co_await probe();
    auto const again = context_.clock.steady_now() + context_.settings.sweep_every;
    co_await context_.clock.sleep_until(again);
  }
}

asio::awaitable<void> Supervisor::run_sayings() {
  while (!stopping_) {
    co_await look_at_note();
    co_await look_at_standing();
    co_await say_state();
    co_await say_checkpoint();
    if (context_.clock.steady_now() >= next_clearing_) {
      next_clearing_ = context_.clock.steady_now() + clear_every;
      co_await context_.announcer.clear_ended();
    }
    auto const again = context_.clock.steady_now() + context_.settings.sweep_every;
    co_await sleep_or(context_.clock, again, to_say_);
  }
}

void Supervisor::stop() {
  stopping_ = true;
  to_say_.notify();
}

void Supervisor::connected() {
  said_state_.clear();
  said_checkpoint_ = 0;
  note_awaited_until_ = context_.clock.steady_now() + note_wait;
  to_say_.notify();
}

void Supervisor::noted(std::string checkpoint) {
  note_ = std::move(checkpoint);
  to_say_.notify();
}

asio::awaitable<void> Supervisor::look_at_note() {
  if (!note_) co_return;
  auto const text = *std::exchange(note_, std::nullopt);
  if (text.empty()) co_return;  // it was cleared
  auto note = context_.wire.published_checkpoint(text);
  if (!note) {
    LogStanding what = standing_;
    what.forged = true;
    what.about = "it is no checkpoint";
    stands(std::move(what));
    co_return;
  }
  auto const now = moment(context_.clock);
  auto standing = co_await context_.journal.compare_checkpoint(std::move(*note), now);
  if (!standing) {
    note_ = text;
    context_.storage.worth_retrying("comparing a checkpoint", standing.error());
    co_return;
  }
  context_.storage.works();
  note_awaited_until_ = now.steady;
  stands(std::move(*standing));
}

asio::awaitable<void> Supervisor::look_at_standing() {
  if (standing_known_ && !standing_.rolled_back) co_return;
  auto const now = moment(context_.clock);
  auto standing = co_await context_.journal.log_standing(now);
  if (standing) stands(std::move(*standing));
}

void Supervisor::stands(LogStanding now) {
  auto const& name = context_.gateway_name;
  if (now.forged)
    context_.incidents.raise(
        IncidentKind::checkpoint_forged, topics::log(name),
        "the checkpoint retained there does not carry this store's code; if the whole data folder"
        " was replaced, it is the old store's: " +
            now.about);
  bool const was = standing_.rolled_back;
  standing_ = std::move(now);
  standing_known_ = true;
  if (standing_.rolled_back && !was) {
    context_.incidents.raise(IncidentKind::rolled_back, name, standing_.about);
    if (context_.on_rollback) context_.on_rollback();
  } else if (was && !standing_.rolled_back) {
    context_.incidents.end(IncidentKind::rolled_back, name);
    to_say_.notify();
  }
}

asio::awaitable<void> Supervisor::note_channels() {
  for (auto const& lane : context_.dispatcher.lanes()) {
    if (!lane->channel().tried_once()) continue;
    auto const state = lane->channel().state();
    auto const seen = seen_channels_.find(lane->name());
    bool const starts_well = seen == seen_channels_.end() && state == LinkState::up;
    bool const same = seen != seen_channels_.end() && seen->second == state;
    seen_channels_[lane->name()] = state;
    if (same || starts_well) continue;
    auto const name = lane->name().value;
    auto const word = std::string(to_word(state));
    auto const reason = lane->channel().state_reason();
    if (state == LinkState::up)
      log::info("channel_up", {{"channel", name}});
    else
      log::warning("channel_" + word, {{"channel", name}, {"reason", reason}});
    GatewayEvent event("channel-" + word, reason.empty() ? name : name + ": " + reason);
    auto const now = moment(context_.clock);
    (void)co_await context_.journal.write_event(std::move(event), now);
  }
}

asio::awaitable<void> Supervisor::note_clock_steps() {
  auto const now = distance(context_.clock);
  auto const step = now - utc_minus_steady_;
  if (std::chrono::abs(step) < clock_step_noted) co_return;
  utc_minus_steady_ = now;
  log::warning("clock_stepped", {{"by_ms", std::to_string(step.count())}});
  GatewayEvent event("clock-stepped", "by " + std::to_string(step.count()) + " ms");
  auto const at = moment(context_.clock);
  (void)co_await context_.journal.write_event(std::move(event), at);
  context_.incidents.raise(IncidentKind::clock_stepped, "",
                           "by " + std::to_string(step.count()) + " ms");
}

asio::awaitable<void> Supervisor::expire() {
  auto sending = context_.dispatcher.in_flight();
  auto const now = moment(context_.clock);
  auto const expired = co_await context_.journal.expire_due(std::move(sending), now);
  if (!expired) {
    context_.storage.worth_retrying("expiring alerts", expired.error());
    co_return;
  }
  context_.storage.works();
  // The lanes must not send what they hold of these, should the clock be set back.
  if (!expired->empty()) context_.dispatcher.drop(*expired);
  for (auto const alert : *expired) {
    log::info("expired", {{"alert", std::to_string(alert.value)}});
    context_.escalator.forget(alert);
    context_.announcer.changed(alert);
  }
}

asio::awaitable<void> Supervisor::assume_delivered() {
  auto const wait = context_.settings.parts_receipt_wait;
  if (wait == milliseconds(0)) co_return;
  auto const now = moment(context_.clock);
  auto const changed = co_await context_.journal.assume_delivered(wait, now);
  if (!changed) {
    context_.storage.worth_retrying("assuming messages delivered", changed.error());
    co_return;
  }
  context_.storage.works();
  for (auto const alert : *changed) context_.announcer.changed(alert);
}

asio::awaitable<void> Supervisor::mail_checkpoint() {
  auto const& world = *context_.world;
  if (world.ops.checkpoint_mail.empty()) co_return;
  auto const now = moment(context_.clock);
  auto const day = to_rfc3339(now.utc, world.zone.offset).substr(0, std::size("2026-11-29") - 1);
  if (day == mailed_day_) co_return;
  auto const channel = email_channel(world);
  if (channel.empty()) {
    mailed_day_ = day;
    log::error("checkpoint_not_mailed", {{"reason", "there is no email channel"}});
    co_return;
  }
  CheckpointMail mail{channel, world.ops.checkpoint_mail, day};
  auto const due = co_await context_.journal.mail_checkpoint(std::move(mail), now);
  if (!due) {
    context_.storage.worth_retrying("mailing the checkpoint", due.error());
    co_return;
  }
  mailed_day_ = day;
  context_.dispatcher.wake(*due);
}

asio::awaitable<void> Supervisor::probe() {
  auto const room = co_await context_.journal.room();
  if (!room && !context_.storage.worth_retrying("looking for room", room.error())) co_return;
  if (room) context_.storage.has_room();
  context_.alive();  // a full store answers too
}

asio::awaitable<void> Supervisor::checkpoint() {
  auto const now = moment(context_.clock);
  auto const made = co_await context_.journal.checkpoint(now);
  if (!made) {
    context_.storage.worth_retrying("checkpointing the log", made.error());
    co_return;
  }
  context_.storage.works();
  last_checkpoint_ = *made;
}

asio::awaitable<void> Supervisor::say_checkpoint() {
  bool const waits = context_.clock.steady_now() < note_awaited_until_ || note_;
  if (waits || standing_.rolled_back || !standing_known_) co_return;
  if (last_checkpoint_.size == said_checkpoint_) co_return;
  auto const size = last_checkpoint_.size;
  auto payload = context_.wire.checkpoint(last_checkpoint_, context_.world->zone.offset);
  OutgoingMessage message(topics::log(context_.gateway_name), std::move(payload), true);
  bool const said = co_await context_.announcer.say(std::move(message));
  if (said) said_checkpoint_ = size;
}

GatewayState Supervisor::state() const {
  GatewayState state;
  state.since = since_;
  state.version = context_.version;
  for (auto const& lane : context_.dispatcher.lanes())
    state.channels[lane->name()] = lane->channel().state();
  return state;
}

asio::awaitable<void> Supervisor::say_state() {
  auto payload = context_.wire.gateway_state(state(), context_.world->zone.offset);
  if (payload == said_state_) co_return;
  OutgoingMessage message(topics::gateway(context_.gateway_name), payload, true);
  bool const said = co_await context_.announcer.say(std::move(message));
  if (said) said_state_ = std::move(payload);
}

asio::awaitable<void> Supervisor::say_goodbye() {
  co_await checkpoint();
  bool const awaits_note = !note_ && context_.clock.steady_now() < note_awaited_until_;
  if (awaits_note) co_await context_.clock.sleep_until(note_awaited_until_);
  co_await look_at_note();
  co_await look_at_standing();
  co_await say_checkpoint();
  auto last = state();
  last.state = "offline";
  auto payload = context_.wire.gateway_state(last, context_.world->zone.offset);
  OutgoingMessage message(topics::gateway(context_.gateway_name), std::move(payload), true);
  (void)co_await context_.announcer.say(std::move(message));
}

}  // namespace siaga::flow
