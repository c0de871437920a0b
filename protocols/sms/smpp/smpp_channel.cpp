#include "protocols/sms/smpp/smpp_channel.hpp"

#include <algorithm>
#include <cmath>

#include "gateway/async/spawn.hpp"
#include "gateway/base/log.hpp"
#include "protocols/sms/smpp/phone.hpp"
#include "protocols/sms/text/display.hpp"
#include "protocols/sms/text/join_reference.hpp"

namespace siaga::sms {
namespace asio = boost::asio;
namespace {

constexpr milliseconds idle_limit{4000};
constexpr milliseconds fate_limit{60000};
constexpr milliseconds first_fate_pause{20};
constexpr milliseconds slowest_fate_pause{2000};

// A submission whose sender waits for it; leaves the outbox however the wait ends.
class Awaited final : public Submission {
 public:
  Awaited(std::shared_ptr<Outbox> outbox, asio::any_io_executor const& executor)
      : settled_(executor), outbox_(std::move(outbox)) {}
  ~Awaited() override { outbox_->drop(*this); }
  Awaited(Awaited const&) = delete;
  Awaited& operator=(Awaited const&) = delete;

  void on_settled() override { settled_.notify(); }
  asio::awaitable<void> wait() { return settled_.wait(); }

 private:
  Event settled_;
  std::shared_ptr<Outbox> outbox_;
};

void warn(ChannelContext const& context, char const* event, Error const& error) {
  log::warning(event, {{"channel", context.name.value}, {"error", error.text()}});
}

asio::awaitable<void> hand_over(ChannelContext context, Resolved resolved) {
  LateOutcome late{context.name, resolved.delivery, std::move(resolved.outcome),
                   context.clock.utc_now()};
  auto const kept = co_await context.receipts.resolve(std::move(late));
  if (!kept) warn(context, "smpp_late_outcome_not_recorded", kept.error());
}

// A part may be taken back before the message it belongs to is known to be sent.
asio::awaitable<void> hand_over(ChannelContext context, EnRoute::Fate fate) {
  Receipt const receipt(context.name, std::move(fate.reference), fate.state, std::move(fate.why),
                        context.clock.utc_now());
  auto const give_up = context.clock.steady_now() + fate_limit;
  for (auto pause = first_fate_pause;; pause = std::min(2 * pause, slowest_fate_pause)) {
    auto const kept = co_await context.receipts.record(receipt);
    if (kept) co_return;
    auto const again = context.clock.steady_now() + pause;
    if (!kept.error().is(Errc::not_found) || again > give_up) {
      warn(context, "smpp_fate_not_recorded", kept.error());
      co_return;
    }
    co_await context.clock.sleep_until(again);
  }
}

}  // namespace

SmppChannel::SmppChannel(SmppAccount account, ChannelContext context)
    : account_(std::move(account)),
      context_(std::move(context)),
      follow_up_(std::make_shared<FollowUp>(account_.settings.query_after)),
      outbox_(std::make_shared<Outbox>(
          account_.sender, static_cast<double>(account_.settings.rate_per_s), follow_up_)),
      inbound_(std::make_shared<Inbound>(context_, account_.inbound, follow_up_)),
      bind_ended_(context_.executor) {
  // What they start may outlive the channel: they hold nothing of it.
  follow_up_->resolved = [to = context_](Resolved resolved) {
    spawn(to.executor, "smpp_resolved", hand_over(to, std::move(resolved)));
  };
  follow_up_->told = [to = context_](EnRoute::Fate fate) {
    spawn(to.executor, "smpp_fate", hand_over(to, std::move(fate)));
  };
  BindOwner& owner = *this;
  for (auto const role : account_.binds)
    binds_.push_back(std::make_unique<SmppBind>(account_, role, context_, owner));
}

std::string SmppChannel::preview(Message const& message) const {
  return compose_sms(message, account_.compose);
}

Moment SmppChannel::now() const {
  return {context_.clock.utc_now(), context_.clock.steady_now()};
}

// ---- sending

asio::awaitable<SendOutcome> SmppChannel::send(Message const& message, milliseconds limit) {
  if (stopping_ || !can_submit()) {
    auto const* down = first_down();
    auto const wait = down != nullptr ? down->reconnect_wait() : milliseconds(1000);
    co_return FailedTemporarily(state_reason(), wait, true);
  }
  auto const destination = dialled(message.address, account_.settings.country_code);
  if (!destination) co_return Failed("the officer's sms address is no phone number");
  auto segments = segment(preview(message), account_.compose);
  Awaited submission(outbox_, context_.executor);
  submission.delivery = message.delivery;
  if (tells_of_an_alert(message)) submission.alert = message.alert;
  submission.priority = message.priority;
  submission.destination = *destination;
  submission.parts =
      submit_parts(std::move(segments), join_reference(message), message, account_.form);
  submission.expires = message.expires;
  submission.permission = message.permission;
  submission.deadline = now().steady + limit;
  outbox_->add(submission);
  on_progress();
  while (!submission.outcome) co_await submission.wait();
  co_return std::move(*submission.outcome);
}

void SmppChannel::withdraw(AlertId alert) {
  follow_up_->en_route.withdraw(alert, context_.clock.steady_now());
  on_progress();
}

void SmppChannel::on_progress() {
  bound_.clear();
  for (auto& bind : binds_)
    if (bind->bound()) bound_.push_back(bind->session());
  if (!stopping_) outbox_->pump(bound_, now());
  for (auto& bind : binds_) bind->flush();
}

void SmppChannel::on_answer(Ticket ticket, SubmitAnswer const& answer) {
  outbox_->on_answer(ticket, answer, now());
}

void SmppChannel::on_unanswered(Ticket ticket, Unanswered why) {
  outbox_->on_unanswered(ticket, why, context_.clock.steady_now());
}

void SmppChannel::on_told(Ticket ticket, Told told) {
  outbox_->on_told(ticket, told, context_.clock.steady_now());
}

void SmppChannel::on_deliver(std::shared_ptr<Link> const& link, std::uint32_t sequence,
                             ShortMessage const& message) {
  inbound_->on_deliver(link, sequence, message);
}

void SmppChannel::on_tick(SteadyTime now) {
  outbox_->tick(now);
  inbound_->tick(now);
}

SteadyTime SmppChannel::next_due(SteadyTime now, bool room) {
  return std::min(inbound_->next_due(), outbox_->next_due(now, room));
}

// ---- the binds

asio::awaitable<void> SmppChannel::run() {
  running_ = binds_.size();
  for (auto& bind : binds_) spawn(context_.executor, "smpp_bind", keep(*bind));
  while (running_ > 0) co_await bind_ended_.wait();
  outbox_->give_back("the channel is stopping", milliseconds(1000), now().steady);
  inbound_->give_back_held();
  co_await inbound_->wait_until_idle(idle_limit);
}

asio::awaitable<void> SmppChannel::keep(SmppBind& bind) {
  co_await bind.run();
  --running_;
  bind_ended_.notify();
}

// What another bind can carry waits for it. The SMSC delivers again what it has no answer for.
void SmppChannel::on_down(SmppBind const& bind) {
  auto const wait = bind.is_refused() ? account_.settings.retry_refused : milliseconds(1000);
  if (!can_submit()) outbox_->give_back(bind.why_down(), wait, now().steady);
  inbound_->give_back_held();
}

void SmppChannel::stop() {
  stopping_ = true;
  outbox_->give_back("the channel is stopping", milliseconds(1000), now().steady);
  inbound_->give_back_held();
  for (auto& bind : binds_) bind->stop();
}

bool SmppChannel::can_submit() const {
  return std::any_of(binds_.begin(), binds_.end(),
                     [](auto const& bind) { return bind->submits() && bind->bound(); });
}

SmppBind const* SmppChannel::first_down() const {
  SmppBind const* first = nullptr;
  for (auto const& bind : binds_) {
    if (bind->bound()) continue;
    if (bind->submits()) return bind.get();
    if (first == nullptr) first = bind.get();
  }
  return first;
}

// ---- what people see

std::size_t SmppChannel::width() const {
  auto const submitting = std::count_if(account_.binds.begin(), account_.binds.end(),
                                        [](Role role) { return role != Role::receiver; });
  return account_.rules.window * static_cast<std::size_t>(submitting);
}

bool SmppChannel::tried_once() const {
  return std::all_of(binds_.begin(), binds_.end(),
                     [](auto const& bind) { return bind->tried_once(); });
}

bool SmppChannel::is_refused() const {
  auto const* down = first_down();
  return !can_submit() && down != nullptr && down->is_refused();
}

Channel::Facts SmppChannel::facts() const {
  auto const& settings = account_.settings;
  auto const rate = settings.rate_per_s == 0 ? std::string("as the SMSC bears")
                                             : std::to_string(settings.rate_per_s) + " parts/s";
  Facts facts{{"SMSC", account_.peer() + (settings.tls ? ", TLS" : ", no TLS")},
              {"account", settings.system_id},
              {"sender", settings.source},
              {"pace", rate + ", window " + std::to_string(settings.window)}};
  if (binds_.size() > 1)
    facts.emplace_back("binds", std::to_string(binds_.size()) + " (" + settings.bind + ")");
  return facts;
}

LinkState SmppChannel::state() const {
  if (!can_submit()) return LinkState::down;
  bool const slowed = outbox_->pace().is_slowed(context_.clock.steady_now());
  return slowed || first_down() != nullptr ? LinkState::degraded : LinkState::up;
}

std::string SmppChannel::state_reason() const {
  if (stopping_) return "stopped";
  auto const* down = first_down();
  if (!can_submit()) return down != nullptr ? down->why_down() : "not started";
  auto text = "bound to " + account_.peer() + " as " + account_.rules.system_id;
  if (down != nullptr) text += "; one of its binds is down: " + down->why_down();
  if (outbox_->pace().is_slowed(context_.clock.steady_now()))
    text += "; the SMSC slows us to " + std::to_string(std::lround(outbox_->pace().per_s())) +
            " parts/s";
  return text;
}

}  // namespace siaga::sms
