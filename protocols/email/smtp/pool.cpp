#include "protocols/email/smtp/pool.hpp"

#include <algorithm>

namespace siaga::email {
namespace asio = boost::asio;
using namespace std::chrono_literals;

Lease::Lease(Pool& pool, std::unique_ptr<Session> session)
    : pool_(&pool), session_(std::move(session)) {
  pool_->busy_.push_back(session_.get());
}

Lease::Lease(Lease&& other) noexcept : pool_(other.pool_), session_(std::move(other.session_)) {}

Lease::~Lease() {
  if (!session_) return;
  session_->close();
  std::erase(pool_->busy_, session_.get());
}

void Lease::keep() {
  std::erase(pool_->busy_, session_.get());
  session_->idle_since = pool_->clock_.steady_now();
  pool_->idle_.push_back(std::move(session_));
}

std::optional<Lease> Pool::take_idle() {
  if (idle_.empty()) return std::nullopt;
  auto session = std::move(idle_.back());
  idle_.pop_back();
  return std::optional<Lease>(std::in_place, *this, std::move(session));
}

asio::awaitable<Result<Lease>> Pool::connect(SteadyTime until) {
  auto const tcp_until = std::min(until, clock_.steady_now() + terms_.connect_timeout);
  auto const limit = std::max(tcp_until - clock_.steady_now(), 1ms);
  auto stream = co_await connect_tcp(terms_.host, terms_.port, limit);
  if (!stream) co_return stream.error();
  Lease lease(*this, std::make_unique<Session>(std::move(*stream), clock_, terms_.tls));
  if (terms_.opening.tls == TlsUse::from_start) {
    auto const secured = co_await lease.session().secure(until);
    if (!secured) co_return secured.error();
  }
  Opening opening(terms_.opening);
  co_await lease.session().hold(opening, until);
  if (opening.failure()) co_return *opening.failure();
  lease.session().server = opening.server();
  co_return std::move(lease);
}

std::optional<SteadyTime> Pool::next_expiry() const {
  if (idle_.empty()) return std::nullopt;
  return idle_.front()->idle_since + terms_.idle_timeout;
}

asio::awaitable<void> Pool::close_expired() {
  auto const limit = clock_.steady_now() - terms_.idle_timeout;
  auto const first_young = std::find_if(
      idle_.begin(), idle_.end(), [&](auto const& session) { return session->idle_since > limit; });
  auto const count = static_cast<std::size_t>(first_young - idle_.begin());
  co_await quit_first(count);
}

asio::awaitable<void> Pool::close_idle() {
  auto const count = idle_.size();
  co_await quit_first(count);
}

asio::awaitable<void> Pool::quit_first(std::size_t count) {
  auto const end = idle_.begin() + static_cast<std::ptrdiff_t>(count);
  std::vector<std::unique_ptr<Session>> leaving(std::make_move_iterator(idle_.begin()),
                                                std::make_move_iterator(end));
  idle_.erase(idle_.begin(), end);
  auto const until = clock_.steady_now() + 1s;  // for all of them together
  for (auto& session : leaving) co_await session->quit(until);
}

void Pool::drop_idle() {
  idle_.clear();
}

void Pool::drop_busy() {
  for (auto* session : busy_) session->close();
}

}  // namespace siaga::email
