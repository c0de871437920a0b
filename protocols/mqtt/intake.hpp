// Intake: takes alerts and answers from the broker and has each committed before it is
// acknowledged.
//
// Place:  broker -> INTAKE -> Inbox::keep(); the core reads them with Journal::next_inbound().
// Paths:  a kept session carries everything; express links beside it keep one agency's storm from
//         delaying the others (express.hpp). Of a message's two copies the first is kept.
// Thread: the public functions on core; messages on Paho's receiver, which waits for the commit.
// Errors: a message that keep() refuses is never acknowledged: the wire is cut, the broker keeps it
//         and everything after it, and the intake connects again after a pause, without a restart.
// Durable: every message that was acknowledged. Duplicates are possible; the journal knows them by
//         identity.
// See:    gateway/decisions/0005-intake.md, 0014-express-links.md, tests/mqtt/intake_test.cpp
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "gateway/ports/clock.hpp"
#include "gateway/ports/inbox.hpp"
#include "protocols/mqtt/settings.hpp"
#include "protocols/mqtt/troubles.hpp"

namespace siaga::mqtt {

// Both are called on core.
struct IntakeEvents {
  // The broker had no session of ours: messages it held for us are gone, unless we are new to it.
  std::function<void()> session_lost;
  // A message the store refused; it stays with the broker.
  std::function<void(RawMessage message, Error why)> refused;
};

struct IntakeContext {
  boost::asio::any_io_executor core;
  Settings settings;
  std::string gateway;  // its name: part of the client id
  Inbox& inbox;
  Clock const& clock;
  IntakeEvents events = {};
  // Express links begin when the feed is up as well; on PahoThread. Unset: it is.
  std::function<bool()> feed_up = {};
  FindIncidents incidents = {};
};

enum class IntakeState { stopped, connecting, connected, refusing };

class Intake {
 public:
  explicit Intake(IntakeContext context);
  ~Intake();  // waits until no message is under way
  Intake(Intake const&) = delete;
  Intake& operator=(Intake const&) = delete;

  void start();
  // The agencies that have an express link from now on; also after a reload.
  void give_express(std::vector<AgencyId> const& agencies);
  void feed_connected();  // express links may begin
  void stop();            // goes away politely; the broker keeps what comes from now on

  IntakeState state() const noexcept;
  bool connected() const noexcept;  // subscribed, and the store takes messages
  std::uint64_t reconnects() const noexcept;
  std::uint64_t received() const noexcept;           // kept
  std::uint64_t refused() const noexcept;            // not kept, left with the broker
  std::uint64_t without_guarantee() const noexcept;  // published at QoS 0
  std::uint64_t foreign() const noexcept;            // on topics that are none of ours
  std::uint64_t sessions_lost() const noexcept;
  std::size_t express_up() const;  // links

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;
};

}  // namespace siaga::mqtt
