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
  if (!taken_over_) return probe();
  return {&channel, standby_->suspicion, standby_->name,
          name_.value + " is down: " + own_.state_reason()};
}

std::optional<Bearer::Choice> Bearer::instead(DeliveryId set_aside) {
  if (!standby_ || flow::is_down(*standby_->channel)) return std::nullopt;
  if (standby_->suspicion->has_set_aside(set_aside)) return std::nullopt;
  return Choice{standby_->channel, standby_->suspicion, standby_->name,
                name_.value + " has set it aside: " + suspicion_.why(set_aside)};
}

bool Bearer::suspects(DeliveryId id) const {
  return suspicion_.suspects(id) || (standby_ && standby_->suspicion->suspects(id));
}

void Bearer::ended(DeliveryId id) {
  suspicion_.ended(id);
  if (standby_) standby_->suspicion->ended(id);
}

void Bearer::ended(std::vector<AlertId> const& alerts) {
  suspicion_.ended(alerts);
  if (standby_) standby_->suspicion->ended(alerts);
}

void Bearer::tick() {
  Moment const now{clock_.utc_now(), clock_.steady_now()};
  suspicion_.tick(now);
}

bool Bearer::is_down() {
  return flow::is_down(carrier());
}

}  // namespace siaga::flow
