// What a lane does with a message that makes its peer end the link.
#include <algorithm>

#include "gateway/async/spawn.hpp"
#include "gateway/flow/lane.hpp"

namespace siaga::flow {
namespace asio = boost::asio;

namespace {

bool presses(Priority priority) {
  return priority <= Priority::urgent;
}

bool is_over(SendOutcome const& outcome) {
  return std::holds_alternative<Sent>(outcome) || std::holds_alternative<Failed>(outcome);
}

}  // namespace

std::optional<Bearer::Choice> Lane::another_way(Delivery const& delivery) {
  if (!presses(delivery.priority) || !suspicion_.has_set_aside(delivery.id)) return std::nullopt;
  return bearer_.instead(delivery.id);
}

// What only goes by the standby, or back to the store, needs no wire for itself.
bool Lane::goes_alone(Delivery const& delivery) {
  if (!bearer_.suspects(delivery.id)) return false;
  auto const until = suspicion_.kept_back_until(delivery.id);
  if (until && context_.clock.steady_now() < *until) return false;
  return !another_way(delivery);
}

std::tuple<bool, Priority, bool> Lane::rank(Delivery const& delivery) {
  bool const alone = goes_alone(delivery);
  return {alone && suspicion_.has_set_aside(delivery.id), delivery.priority, alone};
}

bool Lane::is_kept_back(Delivery const& delivery, Bearer::Choice const& bearer) const {
  auto const until = bearer.suspicion->kept_back_until(delivery.id);
  return until && context_.clock.steady_now() < *until;
}

Attempt Lane::put_off(Delivery const& delivery, Bearer::Choice const& bearer) {
  Attempt attempt;
  attempt.delivery = delivery.id;
  attempt.fence = delivery.fence;
  attempt.at = context_.clock.utc_now();
  attempt.by = bearer.by;
  attempt.because = bearer.because;
  attempt.outcome =
      FailedTemporarily("set aside: " + bearer.suspicion->why(delivery.id), milliseconds(0), true);
  keep_set_aside(attempt, delivery, bearer);
  return attempt;
}

void Lane::keep_set_aside(Attempt& attempt, Delivery const& delivery,
                          Bearer::Choice const& bearer) {
  auto const until = bearer.suspicion->kept_back_until(delivery.id);
  if (!until || is_over(attempt.outcome)) return;
  attempt.last = false;
  attempt.retry_at = std::max(attempt.retry_at, *until);
  if (!another_way(delivery) && presses(delivery.priority))
    attempt.other_paths = other_paths(delivery);
}

// By name: what the policy's step names besides has been told already.
std::vector<OtherPath> Lane::other_paths(Delivery const& delivery) const {
  std::vector<OtherPath> others;
  auto const* officer = context_.world->directory->officer(delivery.officer);
  if (officer == nullptr) return others;
  for (auto const& [name, path] : context_.world->paths) {
    if (name == delivery.channel || path.is_public || path.address_key.empty()) continue;
    auto const address = officer->addresses.find(path.address_key);
    if (address == officer->addresses.end() || address->second.empty()) continue;
    others.push_back({name, address->second});
  }
  return others;
}

void Lane::learn(Delivery const& delivery, SendOutcome const& outcome,
                 Bearer::Choice const& bearer) {
  auto const now = context_.clock.steady_now();
  if (std::holds_alternative<Sent>(outcome)) bearer.suspicion->passed(delivery.id, now);
  if (is_over(outcome)) bearer_.ended(delivery.id);
  if (link_ended(outcome)) {
    bearer.suspicion->link_ended(delivery, now);
    next_probe_ = now;  // another one tells soon whether the channel is down, or only this one was
  }
  hurry_blamed(*bearer.suspicion);
}

// Life and urgent do not wait out their back-off: they are claimed now, and go another way.
void Lane::hurry_blamed(Suspicion& suspicion) {
  for (auto const& blamed : suspicion.take_blamed())
    if (presses(blamed.priority))
      spawn(context_.executor, "set_aside", hurry(blamed.id, suspicion.why(blamed.id)));
}

asio::awaitable<void> Lane::hurry(DeliveryId blamed, std::string why) {
  LateOutcome news{name_, blamed, FailedTemporarily("set aside: " + why), context_.clock.utc_now()};
  auto const recorded = co_await context_.journal.resolve(std::move(news));
  if (recorded) context_.recorded(*recorded);
}

}  // namespace siaga::flow
