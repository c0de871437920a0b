#include "protocols/radio/ptt/watch.hpp"

#include <algorithm>
#include <utility>

namespace siaga::radio {
namespace {

constexpr int tries_at_once = 3;
constexpr milliseconds quick_retry{50};
constexpr std::size_t line_bytes_max = 64;

std::string why_not_down(Result<bool> const& ptt_up) {
  return ptt_up ? "the rig still reports PTT on" : ptt_up.error().detail;
}

}  // namespace

PttWatch::PttWatch(WatchLimits limits, SteadyTime now)
    : limits_(limits), heard_at_(now), next_try_(now), next_probe_(now) {
  begin_unkey("ready");
}

void PttWatch::say(std::string_view line) {
  said_ += line;
  said_ += '\n';
}

std::string PttWatch::take_said() {
  return std::exchange(said_, std::string());
}

void PttWatch::heard(std::string_view bytes, SteadyTime now) {
  heard_at_ = now;
  input_ += bytes;
  for (auto end = input_.find('\n'); end != input_.npos; end = input_.find('\n')) {
    auto const line = input_.substr(0, end);
    input_.erase(0, end + 1);
    take_line(line);
  }
  if (input_.size() > line_bytes_max) input_.clear();
}

void PttWatch::take_line(std::string_view line) {
  if (line.starts_with("key ")) {
    key_asked_ = line.substr(4);
    if (!unkeying_ && !keyed_) return;
    say("refused " + key_asked_ + (unkeying_ ? " PTT is not known to be down" : " keyed already"));
    key_asked_.clear();
  } else if (line.starts_with("unkey ")) {
    key_asked_.clear();
    next_try_ = std::min(next_try_, heard_at_);
    begin_unkey("down " + std::string(line.substr(6)));
  }
}

void PttWatch::daemon_gone(SteadyTime now) {
  if (gone_) return;
  gone_ = true;
  gone_at_ = now;
  key_asked_.clear();
  if (keyed_) next_try_ = now;
  if (keyed_) begin_unkey("down 0");
}

void PttWatch::begin_unkey(std::string down_answer) {
  unkeying_ = true;
  tries_ = 0;
  complained_ = false;
  down_answer_ = std::move(down_answer);
}

PttWatch::Act PttWatch::next(SteadyTime now) {
  if (keyed_ && !unkeying_) {
    bool const silent = now - heard_at_ > limits_.silence;
    if (silent || now - keyed_at_ > limits_.keyed_max) {
      say(silent ? "dropped the daemon went silent" : "dropped keyed for too long");
      next_try_ = now;
      begin_unkey("ready");
    }
  }
  if (unkeying_) {
    auto const patience = ever_keyed_ ? limits_.patience : milliseconds(0);
    if (gone_ && now - gone_at_ > patience) return Act::leave;
    return now >= next_try_ ? Act::unkey : Act::wait;
  }
  if (gone_) return Act::leave;
  if (!key_asked_.empty()) return Act::key;
  return now >= next_probe_ ? Act::probe : Act::wait;
}

SteadyTime PttWatch::wake_at(SteadyTime now) const {
  if (unkeying_) return std::max(next_try_, now);
  auto at = next_probe_;
  if (keyed_)
    at = std::min(at, std::min(heard_at_ + limits_.silence, keyed_at_ + limits_.keyed_max));
  return at + milliseconds(1);
}

void PttWatch::done(Act act, Result<bool> const& ptt_up, SteadyTime now) {
  if (act == Act::key) keyed_or_refused(ptt_up, now);
  if (act == Act::unkey) unkeyed_or_not(ptt_up, now);
  if (act == Act::probe) probed(ptt_up, now);
}

void PttWatch::keyed_or_refused(Result<bool> const& ptt_up, SteadyTime now) {
  auto const order = std::exchange(key_asked_, std::string());
  if (ptt_up || !ptt_up.error().is(Errc::connect_failed)) ever_keyed_ = true;
  if (ptt_up && *ptt_up) {
    keyed_ = true;
    keyed_at_ = heard_at_ = now;
    next_probe_ = now + limits_.probe_keyed;
    say("up " + order);
    return;
  }
  say("refused " + order + ' ' +
      (ptt_up ? "the rig took the order but reports PTT off" : ptt_up.error().detail));
  next_try_ = now;
  begin_unkey("ready");
}

void PttWatch::unkeyed_or_not(Result<bool> const& ptt_up, SteadyTime now) {
  if (ptt_up && !*ptt_up) {
    unkeying_ = keyed_ = ever_keyed_ = false;
    ready_ = true;
    next_probe_ = now + limits_.probe_idle;
    say(down_answer_);
    if (complained_ && down_answer_ != "ready") say("ready");
    return;
  }
  ready_ = false;
  ++tries_;
  next_try_ = now + (tries_ < tries_at_once ? quick_retry : limits_.retry);
  if (tries_ < tries_at_once || complained_) return;
  complained_ = true;
  bool const may_be_up = ever_keyed_ || (ptt_up && *ptt_up);
  say((may_be_up ? "stuck " : "unready ") + why_not_down(ptt_up));
}

void PttWatch::probed(Result<bool> const& ptt_up, SteadyTime now) {
  next_probe_ = now + (keyed_ ? limits_.probe_keyed : limits_.probe_idle);
  if (!ptt_up) {
    if (!keyed_) next_probe_ = now + limits_.retry;
    if (ready_ && !keyed_) say("unready " + ptt_up.error().detail);
    if (!keyed_) ready_ = false;
    return;
  }
  if (keyed_ && !*ptt_up) {
    say("dropped the rig switched PTT off by itself");
    next_try_ = now;
    begin_unkey("ready");
  } else if (!keyed_ && !ready_) {
    ready_ = true;
    say("ready");
  }
}

}  // namespace siaga::radio
