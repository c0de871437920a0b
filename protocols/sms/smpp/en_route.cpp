#include "protocols/sms/smpp/en_route.hpp"

#include <algorithm>

namespace siaga::sms {
namespace {

constexpr std::size_t parts_max = 100000;
constexpr std::size_t withdrawn_max = 1000;
constexpr milliseconds withdrawn_for = std::chrono::hours(1);  // no answer is later than that
constexpr int queries_max = 4;
constexpr milliseconds between_queries{1000};

struct Final {
  DeliveryState state;
  char const* why;
};
// By message_state. What is still under way, and what the network does not know, tells nothing.
std::optional<Final> final_state(std::uint8_t message_state) {
  switch (message_state) {
    case 2:
      return Final{DeliveryState::delivered, ""};
    case 3:
      return Final{DeliveryState::failed, "EXPIRED"};
    case 4:
      return Final{DeliveryState::failed, "DELETED"};
    case 5:
      return Final{DeliveryState::failed, "UNDELIV"};
    case 8:
      return Final{DeliveryState::failed, "REJECTD"};
    default:
      return std::nullopt;
  }
}

}  // namespace

void EnRoute::add(std::string const& reference, Part part, SteadyTime now) {
  if (parts_.size() >= parts_max)
    std::erase_if(parts_, [&](auto const& one) { return one.second.part.forget_at <= now; });
  if (parts_.size() >= parts_max) return;
  bool const withdrawn = can_cancel_ && remembers(part.alert);
  Kept kept{std::move(part), ++last_number_, 0, withdrawn};
  if (withdrawn) to_cancel_.push_back(reference);
  plan_query(reference, kept, now);
  parts_.insert_or_assign(reference, std::move(kept));
}

void EnRoute::withdraw(AlertId alert, SteadyTime now) {
  if (!can_cancel_) return;
  while (!withdrawn_.empty() &&
         (withdrawn_.size() >= withdrawn_max || withdrawn_.front().forget_at <= now))
    withdrawn_.pop_front();
  withdrawn_.push_back({alert, now + withdrawn_for});
  for (auto& [reference, kept] : parts_) {
    if (kept.part.alert != alert || kept.withdrawn) continue;
    kept.withdrawn = true;
    to_cancel_.push_back(reference);
  }
}

bool EnRoute::remembers(AlertId withdrawn) const {
  return std::any_of(withdrawn_.begin(), withdrawn_.end(),
                     [&](Withdrawn const& one) { return one.alert == withdrawn; });
}

std::optional<std::string_view> EnRoute::destination_of(std::string const& reference) const {
  auto const found = parts_.find(reference);
  if (found == parts_.end()) return std::nullopt;
  return found->second.part.destination;
}

bool EnRoute::is_withdrawn(std::string const& reference) const {
  auto const found = parts_.find(reference);
  return found != parts_.end() && found->second.withdrawn;
}

void EnRoute::plan_query(std::string const& reference, Kept const& kept, SteadyTime now) {
  bool const presses = kept.part.priority <= Priority::urgent;
  bool const asks = can_query_ && query_after_ > milliseconds(0) && kept.queries < queries_max;
  auto const at = now + query_after_ * (std::int64_t{1} << kept.queries);
  if (!presses || !asks || at >= kept.part.forget_at) return;
  auto const place =
      std::upper_bound(to_query_.begin(), to_query_.end(), at,
                       [](SteadyTime when, Look const& look) { return when < look.at; });
  to_query_.insert(place, Look{at, reference, kept.number});
}

EnRoute::Question EnRoute::ask(Command command, std::string const& reference, Kept const& kept) {
  asked_.insert_or_assign(kept.number, reference);
  return {command, Ticket{kept.number, 0}, kept.part.id, kept.part.destination};
}

std::optional<EnRoute::Question> EnRoute::next_question(SteadyTime now) {
  while (!to_cancel_.empty()) {
    auto const reference = std::move(to_cancel_.front());
    to_cancel_.pop_front();
    auto const found = parts_.find(reference);
    if (found != parts_.end() && found->second.withdrawn && can_cancel_)
      return ask(Command::cancel_sm, reference, found->second);
  }
  return next_query(now);
}

std::optional<EnRoute::Question> EnRoute::next_query(SteadyTime now) {
  while (next_due() <= now) {
    auto const look = std::move(to_query_.front());
    to_query_.pop_front();
    auto const found = parts_.find(look.reference);
    if (found == parts_.end() || found->second.number != look.number) continue;
    ++found->second.queries;
    no_query_before_ = now + between_queries;
    return ask(Command::query_sm, look.reference, found->second);
  }
  return std::nullopt;
}

SteadyTime EnRoute::next_due() const {
  if (!to_cancel_.empty()) return SteadyTime{};
  if (to_query_.empty() || !can_query_) return SteadyTime::max();
  return std::max(to_query_.front().at, no_query_before_);
}

std::optional<EnRoute::Fate> EnRoute::told(Ticket ticket, Told told, SteadyTime now) {
  auto const found = asked_.find(ticket.submission);
  if (found == asked_.end()) return std::nullopt;
  auto const reference = std::move(found->second);
  asked_.erase(found);
  if (told.asked == Command::cancel_sm) return cancelled(reference, told);
  return queried(reference, told, now);
}

std::optional<EnRoute::Fate> EnRoute::cancelled(std::string const& reference, Told told) {
  if (told.status == Status::invalid_command) can_cancel_ = false;
  if (told.status != Status::ok) return std::nullopt;  // it is there already, as a rule
  return Fate{reference, DeliveryState::cancelled, "withdrawn before it arrived"};
}

std::optional<EnRoute::Fate> EnRoute::queried(std::string const& reference, Told told,
                                              SteadyTime now) {
  if (told.status == Status::invalid_command) can_query_ = false;
  auto const part = parts_.find(reference);
  if (told.status != Status::ok || part == parts_.end()) return std::nullopt;
  auto const state = final_state(told.state);
  if (!state) {
    plan_query(reference, part->second, now);
    return std::nullopt;
  }
  parts_.erase(part);
  return Fate{reference, state->state, state->why};
}

}  // namespace siaga::sms
