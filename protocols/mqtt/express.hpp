// Express: gives each agency a link of its own, beside the kept session. A broker hands one session
// its messages in order, and each waits for the commit of the one before; so one agency's storm
// would delay everybody else's alert. All answers share one more link. Paho reads its sockets in
// turn.
//
// Place:  broker -> EXPRESS -> intake. The kept session carries every message as well.
// Start:  after intake and the feed, so that a broker that allows few connections keeps theirs. A
//         link that the broker refuses rests (turns.hpp); that is an incident, not a reason to
//         wait.
// Thread: the public functions any; links on PahoThread; messages on Paho's receiver.
// Errors: a link that is away costs only its agency's precedence; it is logged and comes again.
// Durable: nothing depends on it: the kept session brings every message too. Only the link of the
//         answers has a session. An answer must arrive even if this link was away and the kept
//         session is held up by an alert for which the store has no room.
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
