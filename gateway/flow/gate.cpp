#include "gateway/flow/gate.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace siaga::flow {
namespace {

std::string name_of(std::string const& sender, std::string const& identifier) {
  return sender + ',' + identifier;  // neither may hold a comma
}

// A Cancel is as urgent as a message can be.
Priority pressing(Alert const* alert) {
  if (alert == nullptr) return Priority::low;
  return alert->msg_type == MsgType::cancel ? Priority::life : priority_of(*alert);
}

}  // namespace

void Gate::Queue::refill(SteadyTime now) {
  double const seconds = std::chrono::duration<double>(now - counted_at).count();
  tokens = std::min(allowance.burst, tokens + seconds * allowance.per_s);
  counted_at = now;
}

Gate::Queue& Gate::queue_of(AgencyId const& agency, Allowance const& allowance, SteadyTime now) {
  auto const [it, fresh] = queues_.try_emplace(agency);
  Queue& queue = it->second;
  if (fresh) {
    queue.tokens = allowance.burst;
    queue.counted_at = now;
  }
  queue.allowance = allowance;
  queue.refill(now);
  return queue;
}

bool Gate::admit(AgencyId const& agency, Allowance const& allowance, SteadyTime now) {
  Queue& queue = queue_of(agency, allowance, now);
  if (!queue.places.empty() || queue.tokens < 1) return false;
  queue.tokens -= 1;
  return true;
}

bool Gate::hold(Ticket ticket, Allowance const& allowance, SteadyTime now, Alert const* alert,
                std::size_t bytes) {
  Queue& queue = queue_of(ticket.agency, allowance, now);
  if (queue.bytes + bytes > agency_bytes_max) return false;
  queue.bytes += bytes;
  bool const some_left = !queue.first_left.empty();
  if (!some_left && queue.places.size() < waiting_max) {
    take_up(std::move(ticket), alert, bytes);
    return true;
  }
  if (!some_left) queue.first_left = ticket.id;
  queue.last_left = ticket.id;
  return true;
}

std::optional<Gate::Ticket> Gate::has_room() const {
  for (auto const& [id, queue] : queues_)
    if (!queue.first_left.empty() && queue.places.size() <= waiting_max / 2)
      return Ticket{id, queue.first_left};
  return std::nullopt;
}

void Gate::read_up_to(AgencyId const& agency, std::optional<InboxId> last) {
  Queue& queue = queues_[agency];
  bool const all = !last || *last >= queue.last_left;
  queue.first_left = all ? InboxId() : InboxId(last->value + 1);
  if (!all) return;
  queue.bytes = 0;  // what was decided elsewhere meanwhile counts no more
  for (auto const& [id, bytes] : queue.sizes) queue.bytes += bytes;
}

void Gate::take_up(Ticket ticket, Alert const* alert, std::size_t bytes) {
  Queue& queue = queues_[ticket.agency];
  Place const place{pressing(alert), ticket.id};
  if (!queue.places.insert(place).second) return;
  ++waiting_;
  queue.sizes.emplace(ticket.id, bytes);
  if (alert == nullptr) return;
  auto name = name_of(alert->sender, alert->identifier);
  hurry(queue, *alert, place.priority);
  queue.by_name.insert_or_assign(name, place);
  queue.names.emplace(ticket.id, std::move(name));
}

// A waiting message to which the alert refers becomes as urgent as the alert.
void Gate::hurry(Queue& queue, Alert const& alert, Priority priority) {
  for (auto const& reference : alert.references) {
    auto const found = queue.by_name.find(name_of(reference.sender, reference.identifier));
    if (found == queue.by_name.end() || found->second.priority <= priority) continue;
    queue.places.erase(found->second);
    found->second.priority = priority;
    queue.places.insert(found->second);
  }
}

bool Gate::goes_before(Queue const& one, Queue const& other) {
  auto const &mine = *one.places.begin(), &its = *other.places.begin();
  return std::tuple(mine.priority, one.served, mine.id) <
         std::tuple(its.priority, other.served, its.id);
}

std::optional<Gate::Ticket> Gate::release(SteadyTime now) {
  Queue* chosen = nullptr;
  AgencyId agency;
  for (auto& [id, queue] : queues_) {
    if (queue.places.empty()) continue;
    queue.refill(now);
    if (queue.tokens < 1 || (chosen != nullptr && !goes_before(queue, *chosen))) continue;
    chosen = &queue;
    agency = id;
  }
  if (chosen == nullptr) return std::nullopt;
  auto const place = *chosen->places.begin();
  chosen->places.erase(chosen->places.begin());
  chosen->tokens -= 1;
  chosen->served = ++turns_;
  --waiting_;
  if (auto const size = chosen->sizes.find(place.id); size != chosen->sizes.end()) {
    chosen->bytes -= size->second;
    chosen->sizes.erase(size);
  }
  if (auto const name = chosen->names.find(place.id); name != chosen->names.end()) {
    auto const named = chosen->by_name.find(name->second);
    if (named != chosen->by_name.end() && named->second.id == place.id)
      chosen->by_name.erase(named);
    chosen->names.erase(name);
  }
  return Ticket{std::move(agency), place.id};
}

std::optional<SteadyTime> Gate::next_release(SteadyTime now) {
  std::optional<SteadyTime> soonest;
  for (auto& [id, queue] : queues_) {
    if (queue.places.empty()) continue;
    queue.refill(now);
    double const short_of = std::max(0.0, 1 - queue.tokens);
    auto const wait =
        milliseconds(static_cast<std::int64_t>(std::ceil(short_of / queue.allowance.per_s * 1000)));
    if (!soonest || now + wait < *soonest) soonest = now + wait;
  }
  return soonest;
}

}  // namespace siaga::flow
