#include "protocols/sms/smpp/doubts.hpp"

#include <algorithm>

namespace siaga::sms {
namespace {

constexpr std::size_t doubts_max = 10000;
constexpr milliseconds kept_for = std::chrono::minutes(10);

}  // namespace

void Doubts::add(Doubt doubt, SteadyTime now) {
  doubt.forget_at = now + kept_for;
  while (!all_.empty() && (all_.size() >= doubts_max || all_.front().forget_at <= now))
    all_.pop_front();
  all_.push_back(std::move(doubt));
}

void Doubts::end(DeliveryId sent_again) {
  for (auto& doubt : all_) doubt.open = doubt.open && doubt.delivery != sent_again;
}

Doubt const* Doubts::find(std::uint64_t submission) const {
  auto const found = std::find_if(
      all_.begin(), all_.end(), [&](Doubt const& doubt) { return doubt.submission == submission; });
  return found == all_.end() ? nullptr : &*found;
}

Doubts::Place Doubts::open_one(std::uint64_t submission) {
  return std::find_if(all_.begin(), all_.end(), [&](Doubt const& doubt) {
    return doubt.open && doubt.submission == submission;
  });
}

std::optional<Resolved> Doubts::when_whole(Place doubt) {
  std::vector<std::string> references;
  for (auto const& reference : doubt->references) {
    if (!reference) return std::nullopt;
    if (!reference->empty()) references.push_back(*reference);
  }
  Resolved resolved{doubt->delivery, Sent(std::move(references))};
  all_.erase(doubt);
  return resolved;
}

std::optional<Resolved> Doubts::accepted(Ticket ticket, std::string reference) {
  auto const doubt = open_one(ticket.submission);
  if (doubt == all_.end()) return std::nullopt;
  doubt->references[ticket.part] = std::move(reference);
  return when_whole(doubt);
}

std::optional<Resolved> Doubts::refused(Ticket ticket, SendOutcome outcome) {
  auto const doubt = open_one(ticket.submission);
  if (doubt == all_.end() || doubt->references.size() > 1) return std::nullopt;
  Resolved resolved{doubt->delivery, std::move(outcome)};
  all_.erase(doubt);
  return resolved;
}

std::optional<Doubts::Match> Doubts::receipt_from(std::string_view destination,
                                                  std::string const& reference, SteadyTime now) {
  auto const went_there = [&](Doubt const& doubt) {
    return doubt.open && doubt.destination == destination && doubt.forget_at > now;
  };
  auto const doubt = std::find_if(all_.begin(), all_.end(), went_there);
  if (doubt == all_.end() || std::find_if(doubt + 1, all_.end(), went_there) != all_.end())
    return std::nullopt;
  auto& references = doubt->references;
  if (std::find(references.begin(), references.end(), reference) != references.end())
    return Match{};
  auto const open = std::find(references.begin(), references.end(), std::nullopt);
  *open = reference;
  return Match{when_whole(doubt)};
}

}  // namespace siaga::sms
