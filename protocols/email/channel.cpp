#include "protocols/email/channel.hpp"

#include <algorithm>

#include "gateway/base/log.hpp"
#include "protocols/email/smtp/command.hpp"

namespace siaga::email {
namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr milliseconds probe_patience = 20s;
constexpr milliseconds back_off_min = 1s;
constexpr milliseconds back_off_max = 60s;
constexpr milliseconds refused_wait = 5min;  // a wrong password mends itself no sooner
constexpr milliseconds narrow_for = 60s;
constexpr milliseconds crowded_retry = 200ms;
constexpr milliseconds goodbye_patience = 2s;

milliseconds doubled(int failures) {
  auto const factor = std::int64_t{1} << std::clamp(failures - 1, 0, 6);
  return std::min(back_off_min * factor, back_off_max);
}

}  // namespace

SmtpChannel::Underway::Underway(SmtpChannel& channel) : channel_(channel) {
  ++channel_.sending_;
}

SmtpChannel::Underway::~Underway() {
  if (--channel_.sending_ == 0 && channel_.stopping_) channel_.wake_.notify();
}

SmtpChannel::SmtpChannel(Terms terms, ChannelContext context)
    : terms_(std::move(terms)),
      context_(std::move(context)),
      letters_(terms_.from, terms_.reply_to),
      pool_(terms_, context_.clock),
      wake_(context_.executor),
      jitter_(std::random_device{}()),
      width_(terms_.connections) {}

std::string SmtpChannel::preview(Message const& message) const {
  return preview_of(message);
}

asio::awaitable<SendOutcome> SmtpChannel::send(Message const& message, milliseconds limit) {
  Underway const underway(*this);
  auto const now = context_.clock.steady_now();
  if (stopping_) co_return FailedTemporarily("the channel is stopping", milliseconds{0}, true);
  if (probing_ && sending_ >= terms_.connections)  // the probe has the last connection
    co_return FailedTemporarily("the mail server is being probed", crowded_retry, true);
  if (tried_ && state_ == LinkState::down) {
    auto const wait = std::max(next_probe_ - now, crowded_retry);
    co_return FailedTemporarily(reason_, wait, true);
  }
  auto const utc = context_.clock.utc_now();
  auto const letter = letters_.write(message, utc);
  if (!letter) co_return Failed(letter.error().detail);
  Outgoing const mail{*letter, message.expires, message.permission};
  auto const until = now + limit;
  co_return co_await deliver(mail, until);
}

// Connecting may have outlasted the alert: what has expired or ended is not begun.
std::optional<SendOutcome> SmtpChannel::withheld(Outgoing const& mail) const {
  if (mail.expires <= context_.clock.utc_now()) return Failed("expired before it could be sent");
  if (!mail.permission.begin()) return not_begun();
  return std::nullopt;
}

asio::awaitable<SendOutcome> SmtpChannel::deliver(Outgoing const& mail, SteadyTime until) {
  bool ended_before = false;  // an idle connection, old or broken by this mail
  if (auto idle = pool_.take_idle()) {
    if (auto const why = withheld(mail)) {
      idle->keep();
      co_return *why;
    }
    auto tried = co_await hand_over(std::move(*idle), mail, Connection::reused, until);
    if (!tried.stale) co_return std::move(tried.outcome);
    pool_.drop_idle();  // as old as this one
    ended_before = true;
  }
  auto lease = co_await pool_.connect(until);
  if (!lease) {
    auto refused = cannot_connect(lease.error());
    refused.link_ended = ended_before;
    co_return refused;
  }
  connected();
  if (auto const why = withheld(mail)) {
    lease->keep();
    co_return *why;
  }
  auto tried = co_await hand_over(std::move(*lease), mail, Connection::fresh, until);
  auto const* closing = std::get_if<FailedTemporarily>(&tried.outcome);
  if (closing == nullptr || !closing->whole_channel) co_return std::move(tried.outcome);
  Error const why(Errc::unavailable, closing->reason);
  auto refused = cannot_connect(why);
  refused.link_ended = closing->link_ended;
  co_return refused;
}

asio::awaitable<SmtpChannel::Tried> SmtpChannel::hand_over(Lease lease, Outgoing const& mail,
                                                           Connection connection,
                                                           SteadyTime until) {
  auto const& letter = mail.letter;
  Transaction transaction(letter.envelope, as_data(letter.mail), lease.session().server,
                          connection);
  co_await lease.session().hold(transaction, until);
  if (transaction.reusable()) lease.keep();
  Tried tried{transaction.outcome(0), transaction.stale()};
  co_return tried;
}

// With other connections alive the server is merely full; without, the channel is down.
FailedTemporarily SmtpChannel::cannot_connect(Error const& why) {
  auto const alive = pool_.live();
  if (alive == 0) {
    went_down(why);
    return FailedTemporarily(reason_, next_probe_ - context_.clock.steady_now(), true);
  }
  width_ = std::min(width_, alive);
  widen_at_ = context_.clock.steady_now() + narrow_for;
  state_ = LinkState::degraded;
  reason_ = "only " + std::to_string(alive) + " connections: " + why.text();
  wake_.notify();
  return FailedTemporarily(why.text(), crowded_retry, true);
}

void SmtpChannel::connected() {
  tried_ = true;
  failures_ = 0;
  if (state_ == LinkState::up || width_ < terms_.connections) return;
  state_ = LinkState::up;
  reason_.clear();
  log::info("mail_server_connected", {{"channel", context_.name.value}, {"host", terms_.host}});
}

void SmtpChannel::went_down(Error const& why) {
  auto const now = context_.clock.steady_now();
  bool const news = !tried_ || state_ != LinkState::down;
  if (!news && now < next_probe_) return;  // several sends failed together
  tried_ = true;
  state_ = LinkState::down;
  bool const refused = why.is(Errc::refused_by_peer);
  reason_ = why.text();
  if (refused) reason_ += "; asked again every 5 minutes";
  width_ = terms_.connections;
  auto const full = refused ? refused_wait : doubled(++failures_);
  std::uniform_int_distribution<milliseconds::rep> spread(full.count() * 3 / 4, full.count());
  next_probe_ = now + milliseconds(spread(jitter_));
  wake_.notify();
  if (news)
    log::warning("mail_server_down", {{"channel", context_.name.value}, {"reason", reason_}});
}

asio::awaitable<void> SmtpChannel::probe() {
  auto const until = context_.clock.steady_now() + probe_patience;
  probing_ = true;
  auto lease = co_await pool_.connect(until);
  probing_ = false;
  if (!lease) co_return went_down(lease.error());
  connected();
  lease->keep();
}

milliseconds SmtpChannel::until_next_turn() const {
  auto const now = context_.clock.steady_now();
  auto at = now + terms_.idle_timeout;
  if (state_ == LinkState::down) at = next_probe_;
  if (width_ < terms_.connections) at = std::min(at, widen_at_);
  if (auto const expiry = pool_.next_expiry()) at = std::min(at, *expiry);
  return std::max(at - now, milliseconds(1));
}

asio::awaitable<void> SmtpChannel::run() {
  co_await probe();
  while (!stopping_) {
    auto const wait = until_next_turn();
    co_await wake_.wait_for(wait);
    if (stopping_) break;
    auto const now = context_.clock.steady_now();
    if (state_ == LinkState::down && now >= next_probe_) co_await probe();
    if (width_ < terms_.connections && now >= widen_at_) {
      width_ = terms_.connections;
      connected();
    }
    co_await pool_.close_expired();
  }
  co_await say_goodbye();
}

void SmtpChannel::stop() {
  stopping_ = true;
  if (sending_ == 0) pool_.drop_busy();  // a probe is not worth waiting for
  wake_.notify();
}

asio::awaitable<void> SmtpChannel::say_goodbye() {
  bool patient = true;
  while (sending_ > 0 && patient) patient = co_await wake_.wait_for(goodbye_patience);
  pool_.drop_busy();
  while (sending_ > 0) co_await wake_.wait();  // each ends soon: its connection is closed
  co_await pool_.close_idle();
  state_ = LinkState::down;
  reason_ = "stopped";
}

}  // namespace siaga::email
