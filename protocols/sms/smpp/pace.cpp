#include "protocols/sms/smpp/pace.hpp"

#include <algorithm>
#include <cmath>

namespace siaga::sms {
namespace {

constexpr double unlimited = 1e9;
constexpr milliseconds pause_max{30000};
constexpr double keep_of_measured = 0.9;
constexpr double rate_unmeasured = 50;
constexpr std::uint32_t nearly_congested = 90;
constexpr std::uint32_t fully_congested = 100;
constexpr milliseconds ease_every{1000};

// Refusals that do not follow the rate must not talk it down to nothing; the pauses remain.
double floor_of(double ceiling) {
  return std::clamp(ceiling * 0.05, 1.0, 20.0);
}

std::int64_t tenth_of(SteadyTime now) {
  return now.time_since_epoch().count() / 100;
}

}  // namespace

Pace::Pace(double ceiling_per_s)
    : ceiling_(ceiling_per_s > 0 ? ceiling_per_s : unlimited), rate_(ceiling_), tokens_(depth()) {}

// After a refusal the network's patience is short, so less is saved up.
double Pace::depth() const noexcept {
  return std::max(1.0, rate_ * (ever_throttled_ ? 0.02 : 0.1));
}

void Pace::refill(SteadyTime now) {
  if (refilled_ == SteadyTime{}) refilled_ = grown_ = now;
  if (now <= refilled_) return;
  auto const passed = std::chrono::duration<double>(now - refilled_).count();
  refilled_ = now;
  grow(now);
  tokens_ = std::min(depth(), tokens_ + passed * rate_);
}

// Each second without a refusal: 2 %, after five of them 10 %, after fifteen half as much again.
void Pace::grow(SteadyTime now) {
  while (rate_ < ceiling_ && grown_ + std::chrono::seconds(1) <= now) {
    grown_ += std::chrono::seconds(1);
    auto const quiet = grown_ - throttled_at_;
    double factor = 1.02;
    if (quiet > std::chrono::seconds(5)) factor = 1.1;
    if (quiet > std::chrono::seconds(15)) factor = 1.5;
    rate_ = std::min(ceiling_, std::max(rate_ * factor, rate_ + 0.5));
  }
  if (rate_ >= ceiling_) grown_ = now;
}

bool Pace::take(SteadyTime now, std::size_t parts) {
  if (now < paused_until_) return false;
  refill(now);
  if (tokens_ < 1) return false;
  tokens_ -= static_cast<double>(parts);
  return true;
}

SteadyTime Pace::ready_at(SteadyTime now) {
  auto const from = std::max(now, paused_until_);
  if (now >= paused_until_) refill(now);
  if (tokens_ >= 1) return from;
  auto const wait = std::ceil((1 - tokens_) / rate_ * 1000);
  return from + milliseconds(static_cast<std::int64_t>(wait));
}

void Pace::accepted(SteadyTime now) {
  pauses_in_a_row_ = 0;
  auto const tenth = tenth_of(now);
  auto& slot = accepted_[static_cast<std::size_t>(tenth) % accepted_.size()];
  if (slot.tenth != tenth) slot = {tenth, 0};
  ++slot.parts;
}

double Pace::accepted_per_s(SteadyTime now) const {
  auto const newest = tenth_of(now);
  auto oldest = newest;
  double parts = 0;
  for (auto const& slot : accepted_) {
    if (slot.tenth < 0 || slot.tenth + 10 <= newest) continue;
    parts += slot.parts;
    oldest = std::min(oldest, slot.tenth);
  }
  return parts * 10 / static_cast<double>(newest - oldest + 1);
}

void Pace::throttled(SteadyTime now, milliseconds pause) {
  if (ever_throttled_ && now < paused_until_) return;
  refill(now);
  auto const seen = accepted_per_s(now);
  auto const measured = seen > 0 ? seen * keep_of_measured : std::min(rate_ / 2, rate_unmeasured);
  auto const known = pauses_in_a_row_ > 0 ? rate_ * 0.7 : rate_;
  rate_ = std::clamp(std::min(known, measured), floor_of(ceiling_), ceiling_);
  ever_throttled_ = true;
  throttled_at_ = grown_ = now;
  auto const doublings = std::min<std::uint64_t>(pauses_in_a_row_++, 7);
  paused_until_ = now + std::min(pause * (std::int64_t{1} << doublings), pause_max);
  tokens_ = 0;
}

void Pace::pause(SteadyTime now, milliseconds lasts) {
  paused_until_ = std::max(paused_until_, now + lasts);
}

// At most once a second: every answer of a window tells of the same crowd.
void Pace::congested(SteadyTime now, std::uint32_t state) {
  if (state < nearly_congested || (ever_throttled_ && now < throttled_at_ + ease_every)) return;
  ease(now, state >= fully_congested ? 0.5 : 0.9);
}

void Pace::ease(SteadyTime now, double factor) {
  refill(now);
  auto const seen = accepted_per_s(now);
  auto const from = seen > 0 ? std::min(rate_, seen) : std::min(rate_, rate_unmeasured);
  rate_ = std::clamp(from * factor, floor_of(ceiling_), ceiling_);
  ever_throttled_ = true;
  throttled_at_ = grown_ = now;
  tokens_ = std::min(tokens_, depth());
}

bool Pace::is_slowed(SteadyTime now) const noexcept {
  return ever_throttled_ && now < throttled_at_ + std::chrono::seconds(5);
}

}  // namespace siaga::sms
