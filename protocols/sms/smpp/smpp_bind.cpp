#include "protocols/sms/smpp/smpp_bind.hpp"

#include <algorithm>
#include <cstring>

#include "gateway/async/spawn.hpp"
#include "gateway/base/log.hpp"

namespace siaga::sms {
namespace asio = boost::asio;
namespace {

constexpr milliseconds write_limit{5000};
constexpr milliseconds read_limit = std::chrono::hours(24);  // the timekeeper ends silent links
constexpr milliseconds longest_nap{60000};
constexpr milliseconds stop_limit{4000};
constexpr milliseconds stop_look{20};

char const* name_of(Role role) {
  if (role == Role::transmitter) return "transmitter";
  return role == Role::receiver ? "receiver" : "transceiver";
}

}  // namespace

SmppBind::SmppBind(SmppAccount const& account, Role role, ChannelContext const& context,
                   BindOwner& owner)
    : account_(account),
      role_(role),
      context_(context),
      owner_(owner),
      coroutine_ended_(context.executor),
      reconnect_now_(context.executor),
      reconnect_(account.rules.window) {}

asio::awaitable<void> SmppBind::run() {
  while (!stopping_) {
    reason_ = "connecting to " + account_.peer();
    auto stream = co_await connect();
    if (stream) {
      co_await serve(std::move(*stream));
    } else {
      refused_ = false;
      down_because(stream.error());
    }
    tried_once_ = true;
    if (!stopping_) co_await wait_to_reconnect();
  }
  reason_ = "stopped";
}

asio::awaitable<SmppBind::Opened> SmppBind::connect() {
  auto const& settings = account_.settings;
  auto const port = static_cast<std::uint16_t>(settings.port);
  auto plain = co_await connect_tcp(settings.host, port, settings.connect_timeout);
  if (!plain || !settings.tls) co_return plain;
  TlsSettings tls;
  tls.ca_file = settings.ca_file;
  tls.cert_file = settings.cert_file;
  tls.key_file = settings.key_file;
  tls.server_name = settings.host;
  co_return co_await start_tls(std::move(*plain), std::move(tls), settings.connect_timeout);
}

asio::awaitable<void> SmppBind::serve(std::unique_ptr<Stream> stream) {
  SessionOwner& owner = *this;
  auto rules = account_.rules;
  rules.role = role_;
  auto const link = std::make_shared<Link>(std::move(stream), rules, owner, context_.executor);
  link_ = link;
  reconnect_.begin();
  link->session.open(context_.clock.steady_now());
  coroutines_ = 2;
  spawn(context_.executor, "smpp_writer", write_all(link));
  spawn(context_.executor, "smpp_timekeeper", keep_time(link));
  co_await read_all(link);
  while (coroutines_ > 0) co_await coroutine_ended_.wait();
  refused_ = link->session.refused_for_configuration();
  down_because(link->session.why());
  link_.reset();
}

asio::awaitable<void> SmppBind::read_all(std::shared_ptr<Link> link) {
  std::vector<char> buffer(pdu_octets_max + 16384);
  std::size_t filled = 0;
  auto& session = link->session;
  while (!session.over()) {
    if (link->is_choked()) {
      co_await link->written.wait();
      continue;
    }
    std::span<char> const room(buffer.data() + filled, buffer.size() - filled);
    auto const got = co_await link->stream->read_some(room, read_limit);
    if (!got) {
      session.lose(got.error());
      break;
    }
    filled += *got;
    std::string_view const bytes(buffer.data(), filled);
    auto const taken = session.receive(bytes, context_.clock.steady_now());
    filled -= taken;
    if (filled > 0) std::memmove(buffer.data(), buffer.data() + taken, filled);
    owner_.on_progress();
  }
  owner_.on_progress();
}

asio::awaitable<void> SmppBind::write_all(std::shared_ptr<Link> link) {
  std::string writing;
  auto& session = link->session;
  while (!session.output().empty() || !session.over()) {
    if (session.output().empty()) {
      co_await link->to_write.wait();
      continue;
    }
    writing.clear();
    std::swap(writing, session.output());
    link->writing_bytes = writing.size();
    auto const written = co_await link->stream->write(writing, write_limit);
    link->writing_bytes = 0;
    if (!written) session.lose(written.error());
    link->written.notify();
  }
  link->stream->close();
  link->written.notify();
  link->to_tick.notify();
  --coroutines_;
  coroutine_ended_.notify();
}

asio::awaitable<void> SmppBind::keep_time(std::shared_ptr<Link> link) {
  while (!link->session.over()) {
    tick();
    if (link->session.over()) break;
    auto const at = context_.clock.steady_now();
    link->tick_at = next_due();
    auto const nap = std::clamp<milliseconds>(link->tick_at - at, milliseconds(1), longest_nap);
    co_await link->to_tick.wait_for(nap);
  }
  link->to_write.notify();
  --coroutines_;
  coroutine_ended_.notify();
}

void SmppBind::tick() {
  auto const at = context_.clock.steady_now();
  link_->session.tick(at);
  owner_.on_tick(at);
  if (stopping_) say_goodbye_when_done();
  owner_.on_progress();
}

void SmppBind::flush() {
  if (!link_) return;
  auto& session = link_->session;
  if (!session.output().empty() || session.over()) link_->to_write.notify();
  if (session.over() || next_due() < link_->tick_at) link_->to_tick.notify();
}

SteadyTime SmppBind::next_due() {
  auto const at = context_.clock.steady_now();
  auto& session = link_->session;
  auto const due = std::min(session.next_due(), owner_.next_due(at, session.has_room()));
  return stopping_ ? std::min(due, at + stop_look) : due;
}

// ---- what the session tells

void SmppBind::on_bound() {
  reconnect_.bound(context_.clock.steady_now());
  tried_once_ = true;
  refused_ = false;
  log::info("smpp_bound",
            {{"channel", context_.name.value}, {"peer", account_.peer()}, {"as", name_of(role_)}});
}

void SmppBind::on_answer(Ticket ticket, SubmitAnswer const& answer) {
  if (answer.status == Status::ok) reconnect_.carried();
  owner_.on_answer(ticket, answer);
}

void SmppBind::on_unanswered(Ticket ticket) {
  bool const lost = !link_ || link_->session.over();
  owner_.on_unanswered(ticket,
                       lost && !stopping_ ? Unanswered::at_end_of_link : Unanswered::in_time);
}

void SmppBind::on_told(Ticket ticket, Told told) {
  owner_.on_told(ticket, told);
}

void SmppBind::on_deliver(std::uint32_t sequence, ShortMessage const& message) {
  reconnect_.carried();
  owner_.on_deliver(link_, sequence, message);
}

// ---- outages and the end

void SmppBind::down_because(Error const& why) {
  reason_ = why.detail;
  reconnect_at_ = SteadyTime{};
  owner_.on_down(*this);
  if (stopping_) return;
  log::warning("smpp_down", {{"channel", context_.name.value},
                             {"peer", account_.peer()},
                             {"as", name_of(role_)},
                             {"reason", reason_}});
}

asio::awaitable<void> SmppBind::wait_to_reconnect() {
  auto const spread = std::uniform_real_distribution<>(0, 1)(random_);
  auto const at = context_.clock.steady_now();
  auto const wait = refused_ ? account_.settings.retry_refused : reconnect_.wait(at, spread);
  reconnect_at_ = at + wait;
  while (!stopping_) {
    auto const left = reconnect_at_ - context_.clock.steady_now();
    if (left <= milliseconds(0)) break;
    co_await reconnect_now_.wait_for(left);
  }
}

milliseconds SmppBind::reconnect_wait() const {
  auto const left = reconnect_at_ - context_.clock.steady_now();
  return std::clamp<milliseconds>(left, milliseconds(200), milliseconds(60000));
}

std::string SmppBind::why_down() const {
  auto text = link_ && link_->session.over() ? link_->session.why().detail : reason_;
  if (link_ && link_->session.leaving()) text = "the SMSC is ending the session";
  if (refused_) text += ": check system_id, password and the contract";
  auto const left =
      std::chrono::ceil<std::chrono::seconds>(reconnect_at_ - context_.clock.steady_now());
  if (!link_ && !stopping_ && left.count() > 0)
    text += "; next try in " + to_text(milliseconds(left));
  return text;
}

void SmppBind::stop() {
  stopping_ = true;
  stop_by_ = context_.clock.steady_now() + stop_limit;
  reconnect_now_.notify();
  if (link_) link_->to_tick.notify();
}

void SmppBind::say_goodbye_when_done() {
  auto& session = link_->session;
  bool const idle = session.unanswered() == 0 && !owner_.owes_answers();
  auto const at = context_.clock.steady_now();
  if (session.bound() ? idle || at >= stop_by_ : !saying_goodbye_) {
    saying_goodbye_ = true;
    session.unbind(at);
  }
}

}  // namespace siaga::sms
