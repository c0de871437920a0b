#include "protocols/sms/smpp/smpp_channel.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "gateway/async/spawn.hpp"
#include "gateway/base/log.hpp"
#include "gateway/domain/retry.hpp"
#include "protocols/sms/smpp/phone.hpp"
#include "protocols/sms/text/join_reference.hpp"

namespace siaga::sms {
namespace asio = boost::asio;
namespace {

constexpr milliseconds write_limit{5000};
constexpr milliseconds read_limit = std::chrono::hours(24);  // the timekeeper ends silent links
constexpr milliseconds longest_nap{60000};
constexpr milliseconds stop_limit{4000};
constexpr milliseconds stop_look{20};
constexpr milliseconds settled_after{10000};  // a bind that held so long was a good one

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

}  // namespace

SmppChannel::SmppChannel(SmppAccount account, ChannelContext context)
    : account_(std::move(account)),
      context_(std::move(context)),
      outbox_(std::make_shared<Outbox>(account_.sender,
                                       static_cast<double>(account_.settings.rate_per_s))),
      inbound_(std::make_shared<Inbound>(context_, account_.inbound)),
      coroutine_ended_(context_.executor),
      reconnect_now_(context_.executor) {}

std::string SmppChannel::preview(Message const& message) const {
  return compose_sms(message, account_.compose);
}

Moment SmppChannel::now() const {
  return {context_.clock.utc_now(), context_.clock.steady_now()};
}

// ---- sending

asio::awaitable<SendOutcome> SmppChannel::send(Message const& message, milliseconds limit) {
  if (stopping_ || !link_ || !link_->session.bound())
    co_return FailedTemporarily(state_reason(), reconnect_wait(), true);
  auto const destination = dialled(message.address, account_.settings.country_code);
  if (!destination) co_return Failed("the officer's sms address is no phone number");
  auto segments = segment(preview(message), account_.compose);
  Awaited submission(outbox_, context_.executor);
  submission.priority = message.priority;
  submission.destination = *destination;
  submission.parts =
      submit_parts(std::move(segments), join_reference(message), message, account_.form);
  submission.expires = message.expires;
  submission.permission = message.permission;
  submission.deadline = now().steady + limit;
  outbox_->add(submission);
  pump();
  while (!submission.outcome) co_await submission.wait();
  co_return std::move(*submission.outcome);
}

void SmppChannel::pump() {
  if (!link_) return;
  auto& session = link_->session;
  if (!stopping_) outbox_->pump(session, now());
  if (!session.output().empty() || session.over()) link_->to_write.notify();
  if (session.over() || next_due() < link_->tick_at) link_->to_tick.notify();
}

void SmppChannel::on_answer(Ticket ticket, Status status, std::string_view message_id) {
  outbox_->on_answer(ticket, status, message_id, context_.clock.steady_now());
}

void SmppChannel::on_unanswered(Ticket ticket) {
  bool const lost = !link_ || link_->session.over();
  outbox_->on_unanswered(
      ticket, lost ? "the link was lost before the SMSC answered" : "the SMSC did not answer");
}

void SmppChannel::on_deliver(std::uint32_t sequence, ShortMessage const& message) {
  inbound_->on_deliver(link_, sequence, message);
}

// ---- the link

asio::awaitable<void> SmppChannel::run() {
  while (!stopping_) {
    reason_ = "connecting to " + peer_name();
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
  outbox_->give_back("the channel is stopping", milliseconds(1000));
  inbound_->give_back_held();
  co_await inbound_->wait_until_idle(stop_limit);
  reason_ = "stopped";
}

asio::awaitable<SmppChannel::Opened> SmppChannel::connect() {
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

asio::awaitable<void> SmppChannel::serve(std::unique_ptr<Stream> stream) {
  SessionOwner& owner = *this;
  auto const link =
      std::make_shared<Link>(std::move(stream), account_.rules, owner, context_.executor);
  link_ = link;
  bound_at_ = SteadyTime{};
  link->session.open(context_.clock.steady_now());
  coroutines_ = 2;
  spawn(context_.executor, "smpp_writer", write_all(link));
  spawn(context_.executor, "smpp_timekeeper", keep_time(link));
  co_await read_all(link);
  while (coroutines_ > 0) co_await coroutine_ended_.wait();
  refused_ = link->session.refused_for_configuration();
  bool const held =
      bound_at_ != SteadyTime{} && context_.clock.steady_now() - bound_at_ >= settled_after;
  if (held) failures_ = 0;
  down_because(link->session.why());
  link_.reset();
  inbound_->give_back_held();
}

asio::awaitable<void> SmppChannel::read_all(std::shared_ptr<Link> link) {
  std::vector<char> buffer(pdu_octets_max + 16384);
  std::size_t filled = 0;
  auto& session = link->session;
  while (!session.over()) {
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
    pump();
  }
  pump();
}

asio::awaitable<void> SmppChannel::write_all(std::shared_ptr<Link> link) {
  std::string writing;
  auto& session = link->session;
  while (!session.output().empty() || !session.over()) {
    if (session.output().empty()) {
      co_await link->to_write.wait();
      continue;
    }
    writing.clear();
    std::swap(writing, session.output());
    auto const written = co_await link->stream->write(writing, write_limit);
    if (!written) session.lose(written.error());
  }
  link->stream->close();
  link->to_tick.notify();
  --coroutines_;
  coroutine_ended_.notify();
}

asio::awaitable<void> SmppChannel::keep_time(std::shared_ptr<Link> link) {
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

void SmppChannel::tick() {
  auto const at = context_.clock.steady_now();
  link_->session.tick(at);
  outbox_->tick(at);
  inbound_->tick(at);
  if (stopping_) say_goodbye_when_done();
  pump();
}

SteadyTime SmppChannel::next_due() {
  auto const at = context_.clock.steady_now();
  auto due = std::min(link_->session.next_due(), inbound_->next_due());
  due = std::min(due, outbox_->next_due(at, link_->session.has_room()));
  return stopping_ ? std::min(due, at + stop_look) : due;
}

void SmppChannel::on_bound() {
  bound_at_ = context_.clock.steady_now();
  tried_once_ = true;
  refused_ = false;
  log::info("smpp_bound", {{"channel", context_.name.value}, {"peer", peer_name()}});
}

void SmppChannel::down_because(Error const& why) {
  reason_ = why.detail;
  auto const wait = refused_ ? account_.settings.retry_refused : milliseconds(1000);
  outbox_->give_back(reason_, wait);
  if (stopping_) return;
  log::warning("smpp_down",
               {{"channel", context_.name.value}, {"peer", peer_name()}, {"reason", reason_}});
}

asio::awaitable<void> SmppChannel::wait_to_reconnect() {
  RetryRule rule;
  rule.first = milliseconds(1000);
  rule.most = milliseconds(60000);
  auto const spread = std::uniform_real_distribution<>(0, 1)(random_);
  auto const wait = refused_ ? account_.settings.retry_refused : backoff(rule, ++failures_, spread);
  reconnect_at_ = context_.clock.steady_now() + wait;
  while (!stopping_) {
    auto const left = reconnect_at_ - context_.clock.steady_now();
    if (left <= milliseconds(0)) break;
    co_await reconnect_now_.wait_for(left);
  }
}

milliseconds SmppChannel::reconnect_wait() {
  auto const left = reconnect_at_ - context_.clock.steady_now();
  return std::clamp<milliseconds>(left, milliseconds(200), milliseconds(60000));
}

// ---- stopping

void SmppChannel::stop() {
  stopping_ = true;
  stop_by_ = context_.clock.steady_now() + stop_limit;
  outbox_->give_back("the channel is stopping", milliseconds(1000));
  inbound_->give_back_held();
  reconnect_now_.notify();
  if (link_) link_->to_tick.notify();
}

void SmppChannel::say_goodbye_when_done() {
  auto& session = link_->session;
  bool const idle = session.unanswered() == 0 && inbound_->under_way() == 0;
  auto const at = context_.clock.steady_now();
  if (session.bound() ? idle || at >= stop_by_ : !saying_goodbye_) {
    saying_goodbye_ = true;
    session.unbind(at);
  }
}

// ---- what people see

std::string SmppChannel::peer_name() const {
  return account_.settings.host + ":" + std::to_string(account_.settings.port);
}

Channel::Facts SmppChannel::facts() const {
  auto const& settings = account_.settings;
  auto const rate = settings.rate_per_s == 0 ? std::string("as the SMSC bears")
                                             : std::to_string(settings.rate_per_s) + " parts/s";
  return {{"SMSC", peer_name() + (settings.tls ? ", TLS" : ", no TLS")},
          {"account", settings.system_id},
          {"sender", settings.source},
          {"pace", rate + ", window " + std::to_string(settings.window)}};
}

LinkState SmppChannel::state() const {
  if (!link_ || !link_->session.bound()) return LinkState::down;
  bool const slowed = outbox_->pace().is_slowed(context_.clock.steady_now());
  return slowed ? LinkState::degraded : LinkState::up;
}

std::string SmppChannel::state_reason() const {
  auto const at = context_.clock.steady_now();
  if (link_ && link_->session.bound()) {
    auto text = "bound to " + peer_name() + " as " + account_.rules.system_id;
    if (outbox_->pace().is_slowed(at))
      text += "; the SMSC slows us to " + std::to_string(std::lround(outbox_->pace().per_s())) +
              " parts/s";
    return text;
  }
  auto text = link_ && link_->session.over() ? link_->session.why().detail : reason_;
  if (refused_) text += ": check system_id, password and the contract";
  auto const left = std::chrono::ceil<std::chrono::seconds>(reconnect_at_ - at);
  if (!link_ && !stopping_ && left.count() > 0)
    text += "; next try in " + to_text(milliseconds(left));
  return text;
}

}  // namespace siaga::sms
