// GuardedPtt: the daemon's end of the line to the guard process, which alone touches the rig.
//
// Place:  Keyed -> GUARDED PTT -> lines -> siaga-ptt-guard (ptt/watch.hpp) -> rigctld.
// Thread: core only. A heartbeat every 100 ms proves that this thread still turns.
// Time:   an order unanswered for order_limit costs the guard its life; the next one unkeys at
//         start.
// State:  down: no guard or no rig. degraded: "PTT may be stuck". up: last known to be reachable
//         and off.
#pragma once

#include <boost/asio/any_io_executor.hpp>

#include "gateway/async/event.hpp"
#include "protocols/radio/child.hpp"
#include "protocols/radio/ptt/ptt.hpp"

namespace siaga::radio {

class GuardedPtt final : public Ptt {
 public:
  GuardedPtt(boost::asio::any_io_executor const& executor, std::vector<std::string> guard_argv);

  boost::asio::awaitable<void> run() override;
  void stop() override;
  boost::asio::awaitable<Result<void>> key() override;
  boost::asio::awaitable<Result<void>> unkey() override;
  void drop() noexcept override;
  bool is_up() const override { return up_; }
  LinkState state() const override;
  std::string reason() const override;
  bool tried_once() const override { return tried_once_; }

 private:
  boost::asio::awaitable<void> listen();
  boost::asio::awaitable<void> beat();
  boost::asio::awaitable<std::string> order(std::string verb);
  void take_line(std::string_view line);
  void guard_ended();

  boost::asio::any_io_executor executor_;
  std::vector<std::string> argv_;
  std::unique_ptr<Child> guard_;
  Event answered_, woken_;
  std::string answer_;  // to the order under way; empty = none yet
  int order_ = 0;
  bool ordering_ = false;
  bool up_ = false, ready_ = false, stuck_ = false, stopping_ = false, tried_once_ = false;
  std::string reason_ = "the PTT guard has not started yet";
  std::string dropped_;  // why the last transmission lost its key
};

// The guard installed beside this program, else wherever PATH has it.
std::string default_guard_path();

}  // namespace siaga::radio
