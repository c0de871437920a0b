// Pool: the connections to one mail server; made when needed, reused, closed when long unused.
//
// Place:  channel -> POOL -> session.
// Thread: core only. At most terms.connections at a time: the channel's width sees to it.
// Time:   connecting and TLS by connect_timeout each, never past `until`.
// Errors: connect_failed, tls_failed, timed_out, refused_by_peer, connection_lost.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <vector>

#include "gateway/async/event.hpp"
#include "protocols/email/settings.hpp"
#include "protocols/email/smtp/session.hpp"

namespace siaga::email {

class Pool;

// A session in use. Ends with keep(), or the connection is closed.
class Lease {
 public:
  Lease(Pool& pool, std::unique_ptr<Session> session);
  ~Lease();
  Lease(Lease&& other) noexcept;
  Lease& operator=(Lease&&) = delete;

  Session& session() const noexcept { return *session_; }
  void keep();  // for the next mail

 private:
  Pool* pool_;
  std::unique_ptr<Session> session_;
};

class Pool {
 public:
  // `terms` and `clock` outlive the pool, the pool its leases.
  Pool(Terms const& terms, Clock& clock) : terms_(terms), clock_(clock) {}

  std::optional<Lease> take_idle();  // the one used last
  boost::asio::awaitable<Result<Lease>> connect(SteadyTime until);

  std::size_t busy() const noexcept { return busy_.size(); }
  std::size_t live() const noexcept { return busy_.size() + idle_.size(); }
  std::optional<SteadyTime> next_expiry() const;
  boost::asio::awaitable<void> close_expired();
  boost::asio::awaitable<void> close_idle();  // politely
  void drop_idle();                           // at once
  void drop_busy();                           // ends what is under way

 private:
  friend class Lease;
  boost::asio::awaitable<void> quit_first(std::size_t count);

  Terms const& terms_;
  Clock& clock_;
  std::vector<std::unique_ptr<Session>> idle_;  // longest unused first
  std::vector<Session*> busy_;
};

}  // namespace siaga::email
