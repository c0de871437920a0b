#include "protocols/sms/modem/modem.hpp"

#include <algorithm>

#include "gateway/async/spawn.hpp"
#include "gateway/base/log.hpp"
#include "gateway/ports/sleep.hpp"
#include "protocols/sms/modem/reset_hook.hpp"
#include "protocols/sms/modem/tty_stream.hpp"

namespace siaga::sms {
namespace asio = boost::asio;
namespace {

constexpr milliseconds settled_after{60000};
constexpr milliseconds search_limit{20000};
constexpr milliseconds stop_limit{4000};
constexpr milliseconds write_limit{5000};
constexpr milliseconds reset_settle{1000};
constexpr milliseconds dialogue_spare{60000};  // for the questions around a message
constexpr int failures_to_alarm = 3;

std::string step_text(RecoveryStep step) {
  switch (step) {
    case RecoveryStep::open:
      return "opening the port again";
    case RecoveryStep::reset_modem:
      return "resetting the modem (AT+CFUN=1,1)";
    case RecoveryStep::run_hook:
      break;
  }
  return "cutting its power (reset_command)";
}

StartUpRules rules_of(ModemSettings const& settings) {
  StartUpRules rules;
  rules.storages = settings.storages;
  rules.service_centre = settings.service_centre;
  rules.listing = settings.listing;
  rules.answer_limit = settings.answer_timeout;
  return rules;
}

}  // namespace

Modem::Modem(ModemSettings settings, ModemContext context)
    : settings_(std::move(settings)),
      context_(std::move(context)),
      rules_(rules_of(settings_)),
      pin_(settings_.pin_file, context_.data_dir + "/" + context_.name.value + ".pin_entered"),
      ladder_(context_.hook != nullptr || !settings_.reset_command.empty()),
      woken_(context_.executor),
      run_ended_(context_.executor),
      closer_ended_(context_.executor) {
  if (!context_.open)
    context_.open = [this] {
      auto const baud = static_cast<unsigned>(settings_.baud);
      return open_tty(context_.executor, settings_.device, baud, settings_.hardware_flow);
    };
  if (!context_.hook)
    context_.hook = [this] {
      return run_hook(settings_.reset_command, context_.clock, settings_.reset_command_timeout);
    };
}

// ---- sending

asio::awaitable<SendOutcome> Modem::send_pdu(PduToSend pdu, milliseconds limit) {
  if (is_stopping_ || !service_ || !service_->is_sending()) {
    auto const wait = service_ ? service_->wait() : milliseconds(1000);
    co_return FailedTemporarily(state_reason(), wait, true);
  }
  auto const until = context_.clock.steady_now() + limit;
  auto job = std::make_shared<PduJob>(context_.executor, std::move(pdu));
  if (!queue_.add(job))
    co_return FailedTemporarily("too many messages wait for the modem", milliseconds(1000), true);
  woken_.notify();
  // What the modem has in hand ends by the dialogue's own limits; `limit` is for what waits.
  auto const end_of_dialogue =
      until + settings_.prompt_timeout + settings_.send_timeout + dialogue_spare;
  while (!job->outcome) {
    auto const end = job->is_begun ? end_of_dialogue : until;
    if (context_.clock.steady_now() >= end) break;
    co_await sleep_or(context_.clock, end, job->settled);
  }
  if (job->outcome) co_return std::move(*job->outcome);
  queue_.drop(job);
  if (job->is_begun) co_return OutcomeUnknown("the modem did not confirm it in time");
  co_return FailedTemporarily("the modem had no time for it", milliseconds(0), true);
}

// ---- the life of a modem

asio::awaitable<void> Modem::run() {
  while (!is_stopping_) {
    co_await attempt();
    tried_once_ = true;
    if (!is_stopping_) co_await recover();
  }
  queue_.give_back("the channel is stopping", milliseconds(1000));
  reason_ = "stopped";
  has_ended_ = true;
  run_ended_.notify();
  while (is_closing_) co_await closer_ended_.wait();
}

ServiceContext Modem::service_context() {
  return ServiceContext{context_.executor, context_.clock, settings_, rules_, pin_, queue_,
                        context_.sink,     trouble_,       woken_};
}

asio::awaitable<void> Modem::attempt() {
  reason_ = "opening " + settings_.device;
  auto stream = context_.open();
  is_device_there_ = stream.has_value();
  if (!stream) {
    ended_because(stream.error());
    co_return;
  }
  service_ = std::make_unique<ModemService>(service_context(), std::move(*stream));
  auto const why = co_await service_->run();
  auto const ready_at = service_->ready_at();
  bool const was_ready = ready_at != SteadyTime{};
  if (was_ready && context_.clock.steady_now() - ready_at >= settled_after) ladder_.held();
  if (service_->wants_reset()) ladder_.want_reset();
  if (service_->hung_on_listing() && rules_.listing == "auto") rules_.listing = "never";
  service_.reset();
  ended_because(why);
}

void Modem::ended_because(Error const& why) {
  bool const is_news = reason_ != why.detail;
  reason_ = why.detail;
  needs_person_ = why.is(Errc::invalid_configuration);
  queue_.give_back(reason_, milliseconds(1000));
  if (is_stopping_ || !is_news) return;
  log::warning(
      "modem_down",
      {{"channel", context_.name.value}, {"device", settings_.device}, {"reason", reason_}});
}

asio::awaitable<void> Modem::recover() {
  if (needs_person_) {
    next_step_ = "looking again";
    co_await pause_for(settings_.retry_fault);
    co_return;
  }
  auto const plan = ladder_.after_failure(is_device_there_);
  next_step_ = step_text(plan.step);
  log::Level const level =
      ladder_.failures() >= failures_to_alarm ? log::Level::error : log::Level::warning;
  log::write(level, "modem_recovery",
             {{"channel", context_.name.value},
              {"reason", reason_},
              {"failures", std::to_string(ladder_.failures())},
              {"next", next_step_},
              {"in", to_text(plan.pause)}});
  co_await pause_for(plan.pause);
  if (is_stopping_) co_return;
  if (plan.step == RecoveryStep::reset_modem) co_await reset_modem();
  if (plan.step == RecoveryStep::run_hook) co_await cut_power();
  if (plan.step != RecoveryStep::open) co_await pause_for(Ladder::boot);
}

asio::awaitable<void> Modem::pause_for(milliseconds time) {
  next_try_at_ = context_.clock.steady_now() + time;
  while (!is_stopping_ && context_.clock.steady_now() < next_try_at_)
    co_await sleep_or(context_.clock, next_try_at_, woken_);
}

// Written blindly: a modem in this state answers nothing.
asio::awaitable<void> Modem::reset_modem() {
  auto stream = context_.open();
  is_device_there_ = stream.has_value();
  if (!stream) co_return;
  std::string const command = "\x1b\rAT+CFUN=1,1\r";
  auto const written = co_await (*stream)->write(command, write_limit);
  if (!written) log::warning("modem_reset_failed", {{"reason", written.error().detail}});
  co_await pause_for(reset_settle);
  (*stream)->close();
}

asio::awaitable<void> Modem::cut_power() {
  auto const done = co_await context_.hook();
  if (done) co_return;
  reason_ += "; " + done.error().detail;
  log::error("modem_reset_command_failed", {{"reason", done.error().detail}});
}

// ---- stopping

void Modem::stop() {
  if (is_stopping_) return;
  is_stopping_ = true;
  queue_.give_back("the channel is stopping", milliseconds(1000));
  if (service_) service_->stop();
  woken_.notify();
  is_closing_ = true;
  spawn(context_.executor, "modem_closer", close_later());
}

asio::awaitable<void> Modem::close_later() {
  auto const until = context_.clock.steady_now() + stop_limit;
  while (!has_ended_ && context_.clock.steady_now() < until)
    co_await sleep_or(context_.clock, until, run_ended_);
  if (service_) service_->close_now();
  is_closing_ = false;
  closer_ended_.notify();
}

// ---- what people see

LinkState Modem::state() const {
  if (!service_ || !service_->is_ready() || !service_->report().network.is_registered())
    return LinkState::down;
  return service_->is_degraded() ? LinkState::degraded : LinkState::up;
}

std::string Modem::state_reason() const {
  if (service_ && service_->is_ready()) return service_->reason();
  if (service_) return reason_ + "; the modem is starting";
  auto text = reason_;
  auto const left =
      std::chrono::ceil<std::chrono::seconds>(next_try_at_ - context_.clock.steady_now());
  if (!is_stopping_ && left.count() > 0)
    text += "; next: " + next_step_ + " in " + to_text(milliseconds(left));
  return text;
}

bool Modem::tried_once() const {
  if (tried_once_ || state() != LinkState::down) return true;
  return report() != nullptr && context_.clock.steady_now() - service_->ready_at() >= search_limit;
}

Channel::Facts Modem::facts() const {
  Channel::Facts all;
  all.emplace_back("device", settings_.device);
  if (report() == nullptr) return all;
  auto const more = service_->facts();
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

ModemReport const* Modem::report() const noexcept {
  return service_ && service_->is_ready() ? &service_->report() : nullptr;
}

}  // namespace siaga::sms
