// Express: a broker hands one session its messages in order, each after the one before it has been
// committed, so that one agency's storm stands before everybody else's alert. Here every agency has
// a link of its own beside the kept session, and all answers have one: Paho reads its sockets in
// turn.
//
// Place:  broker -> EXPRESS -> intake, beside the kept session, which carries everything as well.
//         Start:  after intake and the feed, so that a broker that allows few connections keeps
//         theirs. A link the broker refuses rests (turns.hpp); that is an incident, not a reason to
//         wait.
// Thread: the public functions any; links on PahoThread; messages on Paho's receiver.
// Errors: a link that is away costs only its agency's precedence; it is logged and comes again.
// Durable: nothing hangs on it: what it does not bring the kept session does. Only the link of the
//         answers has a session: an answer must come even if its link was away while the first in
//         the kept session is an alert the store has no room for.
// See:    gateway/decisions/0014-express-links.md, 0024-one-sender-stops-nobody.md
#pragma once

#include "protocols/mqtt/link.hpp"

namespace siaga::mqtt {

struct ExpressPlan {
  Settings settings;
  std::string gateway;
  Connection::OnMessage on_message;
  std::function<void(std::string const&lane)> on_up, on_down;
  std::function<bool()> feed_up = {};  // unset: it is
  Troubles troubles = {};
};

// The lane a message of this topic comes by: the agency's own topic, or all answers.
std::string_view lane_of(std::string_view topic);
// How many agencies may have a link: by express_max, and by what connections_max leaves.
std::size_t express_agencies_max(Settings const& settings);

class Express {
 public:
  Express(boost::asio::any_io_executor const& paho_thread, ExpressPlan plan);

  // The agencies that have a link from now on, the first that may.
  void serve(std::vector<AgencyId> const& agencies);
  void start();  // links are made from now on
  void stop();
  void wait_ended();        // after stop(); never on PahoThread
  void intake_is(bool up);  // PahoThread
  void feed_connected();

  std::size_t up() const;

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;
};

}  // namespace siaga::mqtt
