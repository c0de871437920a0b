#include "gateway/flow/bearer.hpp"

#include "gateway/base/log.hpp"

namespace siaga::flow {
namespace {

bool is_down(Channel const& channel) {
  return channel.tried_once() && channel.state() == LinkState::down;
}

}  // namespace

bool Bearer::standby_is_due() {
  if (!flow::is_down(own_)) {
    down_since_.reset();
    return false;
  }
  auto const now = clock_.steady_now();
  if (!down_since_) down_since_ = now;
  if (!standby_ || flow::is_down(*standby_->channel)) return false;
  return own_.is_refused() || now - *down_since_ >= standby_->after;
}

Channel& Bearer::carrier() {
  bool const takes_over = standby_is_due();
  if (takes_over != taken_over_) {
    taken_over_ = takes_over;
    log::warning(takes_over ? "standby_takes_over" : "standby_gives_back",
                 {{"channel", name_.value},
                  {"standby", standby_->name.value},
                  {"reason", own_.state_reason()}});
  }
  return takes_over ? *standby_->channel : own_;
}

Bearer::Choice Bearer::choose() {
  auto& channel = carrier();
  if (!taken_over_) return {&channel, {}, {}};
  return {&channel, standby_->name, name_.value + " is down: " + own_.state_reason()};
}

bool Bearer::is_down() {
  return flow::is_down(carrier());
}

}  // namespace siaga::flow
