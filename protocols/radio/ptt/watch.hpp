// PttWatch: decides when the transmitter is keyed and when it must not be. The guard's whole mind.
//
// Place:  daemon <- lines -> guard process: WATCH -> rig_line -> rigctld.
// Thread: sans-io; the guard process only.
// Wire:   to the guard "key N", "unkey N", "." (heartbeat); from it "ready", "unready WHY", "up N",
//         "refused N WHY", "down N", "dropped WHY", "stuck WHY". One line each.
// Time:   steady. Keyed and nothing heard for `silence`, or keyed for `keyed_max`: unkeyed.
// Rule:   unkeyed at start, when the daemon's end closes, after a refusal, when the rig says so.
//         Down counts only when read back; until then it tries again and again, `patience` after
//         the end.
#pragma once

#include <string>
#include <string_view>

#include "gateway/base/result.hpp"
#include "gateway/domain/time.hpp"

namespace siaga::radio {

struct WatchLimits {
  milliseconds silence{500};
  milliseconds keyed_max{60000};
  milliseconds probe_keyed{1000};
  milliseconds probe_idle{5000};
  milliseconds retry{500};
  milliseconds patience{60000};
};

class PttWatch {
 public:
  enum class Act { wait, key, unkey, probe, leave };

  PttWatch(WatchLimits limits, SteadyTime now);

  void heard(std::string_view bytes, SteadyTime now);
  void daemon_gone(SteadyTime now);

  Act next(SteadyTime now);
  SteadyTime wake_at(SteadyTime now) const;  // after Act::wait: ask again by then
  // How the act ended: what get_ptt read back, or why there is no answer.
  void done(Act act, Result<bool> const& ptt_up, SteadyTime now);

  std::string take_said();
  int exit_code() const noexcept { return unkeying_ ? 1 : 0; }

 private:
  void take_line(std::string_view line);
  void begin_unkey(std::string down_answer);
  void keyed_or_refused(Result<bool> const& ptt_up, SteadyTime now);
  void unkeyed_or_not(Result<bool> const& ptt_up, SteadyTime now);
  void probed(Result<bool> const& ptt_up, SteadyTime now);
  void say(std::string_view line);

  WatchLimits limits_;
  std::string input_, said_;
  std::string key_asked_;    // "7": the number of a key order not yet carried out
  std::string down_answer_;  // said once down is read back
  bool unkeying_ = true;
  bool ever_keyed_ = false;  // since PTT was last known to be down
  bool keyed_ = false;
  bool gone_ = false;
  bool ready_ = false;
  bool complained_ = false;
  int tries_ = 0;
  SteadyTime heard_at_, keyed_at_{}, gone_at_{}, next_try_, next_probe_;
};

}  // namespace siaga::radio
