#include "protocols/sms/modem/modem_service.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "gateway/base/log.hpp"
#include "gateway/ports/sleep.hpp"
#include "protocols/sms/modem/at_values.hpp"

namespace siaga::sms {
namespace asio = boost::asio;
namespace {

constexpr milliseconds watch_registered{30000};
constexpr milliseconds watch_searching{5000};

}  // namespace

ModemService::ModemService(ServiceContext const& context, std::unique_ptr<Stream> stream)
    : context_(context),
      port_(std::make_shared<AtPort>(
          AtPortContext{context.executor, context.clock, context.settings.prompt_timeout},
          static_cast<NoticeSink&>(*this), std::move(stream))),
      storages_(*port_, report_, context.sink, context.settings.answer_timeout) {}

void ModemService::stop() {
  is_stopping_ = true;
  context_.woken.notify();
}

void ModemService::close_now() {
  port_->close();
  context_.woken.notify();
}

asio::awaitable<AtAnswer> ModemService::ask(std::string text) {
  AtCommand command(std::move(text), context_.settings.answer_timeout);
  co_return co_await port_->ask(std::move(command));
}

asio::awaitable<Error> ModemService::run() {
  port_->start();
  Error why;
  StartUp start_up(*port_, context_.clock, context_.rules, context_.pin);
  auto report = co_await start_up.run();
  if (report) {
    report_ = std::move(*report);
    is_ready_ = true;
    ready_at_ = now();
    was_registered_ = report_.network.is_registered();
    if (report_.storage)
      to_sweep_.assign(report_.storage->readable.begin(), report_.storage->readable.end());
    sweep_at_ = now() + context_.settings.sweep_every;
    watch_at_ = now() + watch_searching;
    log::info("modem_up", {{"modem", report_.name()}, {"network", report_.network.text()}});
    why = co_await serve();
  } else {
    why = report.error();
  }
  is_ready_ = false;
  port_->close();
  co_await port_->wait_ended();
  co_return why;
}

asio::awaitable<Error> ModemService::serve() {
  while (!is_stopping_) {
    if (!lost_) co_return lost_.error();
    if (port_->is_lost()) co_return port_->why_lost();
    auto const done = co_await do_next();
    if (!done) co_return done.error();
  }
  co_return Error(Errc::cancelled, "stopping");
}

ModemService::Step ModemService::do_next() {
  auto const at = now();
  if (!arrivals_.empty()) {
    auto arrival = std::move(arrivals_.front());
    arrivals_.pop_front();
    co_return co_await confirm(std::move(arrival));
  }
  if (!announced_.empty()) co_return co_await take_announced();
  if (at >= watch_at_) co_return co_await watch();
  if (!to_sweep_.empty() || at >= sweep_at_) co_return co_await sweep();
  if (at >= paused_until_ && report_.network.is_registered())
    if (auto job = context_.queue.take()) co_return co_await send(std::move(job));
  link_kept_ = false;
  co_await sleep_or(context_.clock, next_due(), context_.woken);
  co_return Result<void>();
}

SteadyTime ModemService::next_due() const {
  auto due = std::min(watch_at_, sweep_at_);
  if (!context_.queue.empty() && paused_until_ > now()) due = std::min(due, paused_until_);
  return due;
}

// ---- what came

// Acknowledged once it is kept; refused when it cannot be, so that the network sends it again.
ModemService::Step ModemService::confirm(Arrival arrival) {
  auto const kept = co_await context_.sink.take(arrival.kind, std::move(arrival.hex));
  if (!kept) log::warning("modem_pdu_not_kept", {{"reason", kept.error().text()}});
  if (!report_.acknowledges) co_return Result<void>();
  auto const* command = kept ? "AT+CNMA" : "AT+CNMA=2";
  auto const answer = co_await ask(command);
  if (!answer.answered()) co_return co_await prove_alive();
  // Too late or not expected: some modems stop to tell us of anything then.
  if (!answer.ok()) routing_doubtful_ = true;
  if (routing_doubtful_) co_return co_await renew_routing();
  co_return Result<void>();
}

ModemService::Step ModemService::renew_routing() {
  routing_doubtful_ = false;
  if (report_.routing.mode == 0) co_return Result<void>();
  auto const answer = co_await ask(report_.routing.command());
  if (!answer.answered()) co_return co_await prove_alive();
  co_return Result<void>();
}

// A modem that restarted in silence has forgotten what start-up told it.
ModemService::Step ModemService::check_memory() {
  if (report_.acknowledges) {
    auto const answer = co_await ask("AT+CSMS?");
    if (!answer.answered()) co_return co_await prove_alive();
    auto const values = split_values(answer.values("+CSMS"));
    if (answer.ok() && !values.empty() && number_of(values[0]) == 0)
      co_return Error(Errc::unavailable, "the modem has restarted in silence");
  }
  co_return co_await renew_routing();
}

ModemService::Step ModemService::take_announced() {
  auto place = std::move(announced_.front());
  announced_.pop_front();
  auto const done = co_await storages_.take_one(std::move(place.storage), place.index);
  if (done || done.error().is(Errc::refused_by_peer)) co_return Result<void>();
  co_return co_await prove_alive();
}

ModemService::Step ModemService::sweep() {
  auto const at = now();
  if (to_sweep_.empty()) {
    sweep_at_ = at + context_.settings.sweep_every;
    if (!report_.storage) co_return Result<void>();
    for (auto const& name : report_.storage->readable)
      if (name == report_.storage->name || name == "SR") to_sweep_.push_back(name);
  }
  if (to_sweep_.empty()) co_return Result<void>();
  auto name = std::move(to_sweep_.front());
  to_sweep_.pop_front();
  auto const done = co_await storages_.empty(name);
  if (done) {
    if (storages_.is_full()) log::warning("modem_storage_full", {{"storages", storages_.text()}});
    co_return co_await check_memory();
  }
  log::warning("modem_storage_unread", {{"storage", name}, {"reason", done.error().detail}});
  if (done.error().is(Errc::refused_by_peer)) co_return Result<void>();
  if (!report_.has_no_listing) hung_on_listing_ = report_.has_no_listing = true;
  co_return co_await prove_alive();
}

// ---- the watch

ModemService::Step ModemService::watch() {
  for (auto const* text : {"AT+CREG?", "AT+CEREG?", "AT+CSQ"}) {
    if (text == std::string_view("AT+CEREG?") && !has_lte_) continue;
    auto const answer = co_await ask(text);
    if (!answer.answered()) co_return co_await prove_alive();
    if (text == std::string_view("AT+CEREG?")) has_lte_ = answer.ok();
    for (auto const& line : answer.lines) report_.network.take(line);
  }
  if (!report_.network.knows_signal() && has_lte_) {
    auto const answer = co_await ask("AT+CESQ");
    for (auto const& line : answer.lines) report_.network.take(line);
  }
  bool const is = report_.network.is_registered();
  bool const was = std::exchange(was_registered_, is);
  watch_at_ = now() + (is ? watch_registered : watch_searching);
  if (is != was) {
    auto const text = report_.network.text();
    log::info(is ? "modem_registered" : "modem_not_registered", {{"network", text}});
    if (!is) context_.queue.give_back(text, watch_searching);
  }
  co_return Result<void>();
}

// After a silence: the next question is preceded by one that cannot be mistaken.
ModemService::Step ModemService::prove_alive() {
  auto const answer = co_await ask("AT");
  if (answer.answered()) co_return Result<void>();
  if (answer.end == AtEnd::lost) co_return port_->why_lost();
  co_return Error(Errc::timed_out, "the modem does not answer AT");
}

bool ModemService::is_sending() const {
  return is_ready_ && !is_stopping_ && report_.network.is_registered() && now() >= paused_until_;
}

milliseconds ModemService::wait() const {
  return std::max<milliseconds>(paused_until_ - now(), milliseconds(1000));
}

bool ModemService::is_degraded() const {
  return report_.network.is_weak() || storages_.is_full() || context_.trouble.of_modem() ||
         now() < paused_until_;
}

std::vector<std::pair<std::string, std::string>> ModemService::facts() const {
  auto all = report_.lines();
  all.emplace_back("storages", storages_.fill().empty() ? "not looked at yet" : storages_.text());
  return all;
}

std::string ModemService::reason() const {
  if (!is_ready_) return "the modem is starting";
  auto text = report_.name() + ", " + report_.network.text();
  if (storages_.is_full())
    text += "; storage full (" + storages_.text() + "): nothing more can be received";
  if (context_.trouble.of_modem() || now() < paused_until_)
    text += "; messages do not get through: " + pause_reason_;
  return text;
}

// ---- what the modem says of its own accord

void ModemService::on_port_lost() {
  context_.woken.notify();
}

void ModemService::on_arrival(PduKind kind, std::string_view hex) {
  if (arrivals_.size() >= arrivals_max) return;
  arrivals_.push_back(Arrival{kind, std::string(hex)});
}

void ModemService::on_place(std::string_view values) {
  auto const all = split_values(values);
  auto const index = all.size() < 2 ? std::nullopt : number_of(all[1]);
  if (!index || announced_.size() >= announced_max) {
    sweep_at_ = now();
    return;
  }
  announced_.push_back(Place{std::string(unquoted(all[0]).substr(0, 8)), *index});
}

void ModemService::on_notice(AtNotice const& notice) {
  constexpr auto full = std::to_array<std::string_view>({"^SMMEMFULL", "+SMSFULL", "+CIEV"});
  constexpr auto starts = std::to_array<std::string_view>({"^SYSSTART", "RDY"});
  auto const name = at_name(notice.line);
  auto const values = values_of(notice.line);
  auto const is = [&](std::string_view one) { return same_text(name, one); };
  if (is("+CMT") && !notice.pdu.empty()) on_arrival(PduKind::deliver, notice.pdu);
  if (is("+CDS") && !notice.pdu.empty()) on_arrival(PduKind::status_report, notice.pdu);
  if (is("+CMTI") || is("+CDSI")) on_place(values);
  if (is("+CMGS")) on_late_result(values);
  if (is("+CREG") || is("+CEREG") || is("+C5GREG")) {
    report_.network.take(notice.line);
    if (report_.network.is_registered() != was_registered_) watch_at_ = now();
  }
  bool const smsfull =
      values.find("SMSFULL") != values.npos || values.find("smsfull") != values.npos;
  if (std::ranges::any_of(full, is) && (!is("+CIEV") || smsfull)) sweep_at_ = now();
  if (is_ready_ && is("+CPIN") && !same_text(values, "READY"))
    end("the SIM is gone: the modem says " + std::string(notice.line));
  bool const restarted = std::ranges::any_of(
      starts, [&](auto one) { return same_text(notice.line.substr(0, one.size()), one); });
  if (is_ready_ && restarted) end("the modem has restarted by itself");
  context_.woken.notify();
}

// The answer to what is being asked will not come any more.
void ModemService::end(std::string why) {
  lost_ = Error(Errc::unavailable, std::move(why));
  port_->close();
}

}  // namespace siaga::sms
