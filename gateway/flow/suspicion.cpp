#include "gateway/flow/suspicion.hpp"

#include <algorithm>
#include <array>

#include "gateway/base/log.hpp"

namespace siaga::flow {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr seconds told_together{1};
constexpr auto waits = std::to_array<milliseconds>({minutes(1), minutes(5), minutes(30)});
constexpr std::size_t suspects_max = 10'000;
constexpr int proofs_needed = 2;
constexpr int rounds_needed = 3;
constexpr int in_a_row_needed = 3;

milliseconds wait_after(int times) {
  return waits[std::min(static_cast<std::size_t>(times), waits.size()) - 1];
}

}  // namespace

void Suspicion::begin() {
  incidents_.end(IncidentKind::message_set_aside, channel_.value);
}

void Suspicion::link_ended(Delivery const& unanswered, SteadyTime now) {
  if (!latest_.empty() && now - latest_at_ > told_together) close_end();
  if (entries_.size() >= suspects_max && !entries_.contains(unanswered.id)) return;
  auto const place = entries_.try_emplace(unanswered.id).first;
  auto& entry = place->second;
  entry.alert = unanswered.alert;
  entry.stoppable = is_stoppable(unanswered.kind);
  entry.priority = unanswered.priority;
  entry.expires = unanswered.expires;
  if (entry.set_aside > 0) {
    entry.until = now + wait_after(++entry.set_aside);
    return;
  }
  if (latest_.empty()) latest_at_ = now;
  if (std::ranges::find(latest_, unanswered.id) == latest_.end()) latest_.push_back(unanswered.id);
}

// An end that found several says nothing of any one of them.
void Suspicion::close_end() {
  auto const found = std::exchange(latest_, {});
  if (found.size() != 1) return;
  auto const suspect = entries_.find(found.front());
  if (suspect == entries_.end()) return;
  if (std::ranges::find(found_alone_, found.front()) == found_alone_.end())
    found_alone_.push_back(found.front());
  auto& entry = suspect->second;
  bool const in_a_row = entry.rounds > 0 && entry.alone >= in_a_row_needed;
  ++entry.alone;
  if (in_a_row && found_alone_.size() == 1) set_aside(suspect, latest_at_);
}

void Suspicion::passed(DeliveryId id, SteadyTime now) {
  ended(id);
  close_end();
  auto const found = std::exchange(found_alone_, {});
  for (auto const one : found) {
    auto const suspect = entries_.find(one);
    if (suspect == entries_.end() || suspect->second.set_aside > 0) continue;
    auto& entry = suspect->second;
    ++entry.rounds;
    if (found.size() == 1) ++entry.proofs;
    if (entry.proofs >= proofs_needed || entry.rounds >= rounds_needed) set_aside(suspect, now);
  }
}

void Suspicion::set_aside(Entries::iterator suspect, SteadyTime at) {
  auto& [id, entry] = *suspect;
  entry.set_aside = 1;
  entry.until = at + wait_after(1);
  ++set_aside_;
  blamed_.push_back({id, entry.priority});
  auto const number = std::to_string(id.value);
  log::warning("message_set_aside",
               {{"channel", channel_.value}, {"delivery", number}, {"reason", why(id)}});
  incidents_.raise(IncidentKind::message_set_aside, channel_.value,
                   "delivery " + number + ": " + why(id));
}

void Suspicion::ended(DeliveryId id) {
  if (auto const entry = entries_.find(id); entry != entries_.end()) erase(entry);
}

void Suspicion::ended(std::vector<AlertId> const& alerts) {
  for (auto entry = entries_.begin(); entry != entries_.end();) {
    auto const next = std::next(entry);
    auto const& about = entry->second;
    if (about.stoppable && std::ranges::find(alerts, about.alert) != alerts.end()) erase(entry);
    entry = next;
  }
}

void Suspicion::erase(Entries::iterator entry) {
  bool const was_set_aside = entry->second.set_aside > 0;
  std::erase(latest_, entry->first);
  entries_.erase(entry);
  if (was_set_aside && --set_aside_ == 0)
    incidents_.end(IncidentKind::message_set_aside, channel_.value);
}

void Suspicion::tick(Moment now) {
  if (!latest_.empty() && now.steady - latest_at_ > told_together) close_end();
  for (auto entry = entries_.begin(); entry != entries_.end();) {
    auto const next = std::next(entry);
    if (entry->second.expires <= now.utc) erase(entry);
    entry = next;
  }
}

std::optional<SteadyTime> Suspicion::kept_back_until(DeliveryId id) const {
  auto const entry = entries_.find(id);
  if (entry == entries_.end() || entry->second.set_aside == 0) return std::nullopt;
  return entry->second.until;
}

std::string Suspicion::why(DeliveryId id) const {
  auto const entry = entries_.find(id);
  if (entry == entries_.end()) return {};
  return "the link ended " + std::to_string(entry->second.alone) +
         " times with exactly it unanswered";
}

}  // namespace siaga::flow
