// Express: a broker hands one session its messages in order, each after the one before it has been
// committed, so that one agency's storm stands before everybody else's alert. Here every agency has
// a link of its own beside the kept session, and all answers have one: Paho reads its sockets in
// turn.
//
// Place:  broker -> EXPRESS -> intake, beside the kept session, which carries everything as well.
// Thread: the public functions any; links on PahoThread; messages on Paho's receiver.
// Errors: a link that is away costs only its agency's precedence; it is logged and comes again.
// Durable: nothing hangs on it: what it does not bring the kept session does. An agency's link has
// no
//         session, so one that is taken off leaves nothing at the broker. That of the answers has:
//         an answer must come even if its link was away while the first in the kept session is an
//         alert the store has no room for.
// See:    gateway/decisions/0014-express-links.md
#pragma once

#include <map>
#include <mutex>

#include "protocols/mqtt/link.hpp"

namespace siaga::mqtt {

struct ExpressPlan {
  Settings settings;
  std::string gateway;
  Connection::OnMessage on_message;
  std::function<void(std::string const&lane)> on_up, on_down;
};

// The lane a message of this topic comes by: the agency's own topic, or all answers.
std::string_view lane_of(std::string_view topic);

class Express {
 public:
  Express(boost::asio::any_io_executor const& paho_thread, ExpressPlan plan);

  // The agencies that have a link from now on, the first `express_max` of them.
  void serve(std::vector<AgencyId> const& agencies);
  void start();  // links are made from now on
  void stop();
  void wait_ended();  // after stop(); never on PahoThread

  std::size_t up() const;

 private:
  using Links = std::map<std::string, std::shared_ptr<Link>, std::less<>>;
  void adjust();
  std::shared_ptr<Link> link_for(std::string const& lane) const;

  boost::asio::any_io_executor thread_;
  ExpressPlan plan_;
  mutable std::mutex mutex_;  // guards what follows
  std::vector<std::string> lanes_;
  Links links_;
  std::vector<std::shared_ptr<Link>> going_;  // stopped, not yet ended
  bool started_ = false;
  bool stopped_ = false;
};

}  // namespace siaga::mqtt
