#include "gateway/flow/link_locks.hpp"

#include <algorithm>

#include "gateway/flow/moment.hpp"
#include "gateway/ports/sleep.hpp"

namespace siaga::flow {
namespace asio = boost::asio;

namespace {

constexpr std::chrono::seconds store_pause{1};
constexpr std::chrono::hours nothing_to_do{1};

std::string incident_of(LinkLock const& lock) {
  return "alert " + std::to_string(lock.alert.value) + " officer " + lock.officer.value;
}

}  // namespace

LinkLocks::LinkLocks(Context context) : context_(context), changed_(context.executor) {}

asio::awaitable<Result<void>> LinkLocks::restore() {
  auto const locks = co_await context_.journal.locked_links();
  if (!locks) co_return locks.error();
  auto const now = moment(context_.clock);
  for (auto const& lock : *locks) {
    auto const left = std::clamp<milliseconds>(lock.until - now.utc, milliseconds(0), lasts);
    locked_[lock.delivery] = {lock, now.steady + left, "", true, false};
    context_.incidents.raise(IncidentKind::link_locked, incident_of(lock),
                             "since before the start");
  }
  co_return Result<void>();
}

void LinkLocks::stop() {
  stopping_ = true;
  changed_.notify();
}

void LinkLocks::lock(Delivery const& delivery, std::int64_t wrong) {
  auto const now = moment(context_.clock);
  LinkLock const lock{delivery.id, delivery.alert, delivery.officer, now.utc + lasts, wrong};
  locked_[delivery.id] = {lock, now.steady + lasts, "", false, false};
  context_.incidents.raise(IncidentKind::link_locked, incident_of(lock),
                           std::to_string(wrong) + " wrong codes");
  changed_.notify();
}

std::optional<UtcTime> LinkLocks::until(DeliveryId link) const {
  auto const found = locked_.find(link);
  if (found == locked_.end() || found->second.ending) return std::nullopt;
  return found->second.lock.until;
}

void LinkLocks::count(DeliveryId link) {
  if (auto const found = locked_.find(link); found != locked_.end()) ++found->second.lock.wrong;
}

std::string LinkLocks::code_of(DeliveryId link) const {
  auto const found = locked_.find(link);
  return found == locked_.end() ? "" : found->second.code;
}

void LinkLocks::note_code(DeliveryId link, std::string code) {
  if (auto const found = locked_.find(link); found != locked_.end())
    found->second.code = std::move(code);
}

asio::awaitable<void> LinkLocks::run() {
  while (!stopping_) {
    bool const begun = co_await write_begun();
    bool const ended = begun && co_await write_ended();
    auto const again = ended ? next_end() : context_.clock.steady_now() + store_pause;
    co_await sleep_or(context_.clock, again, changed_);
  }
}

SteadyTime LinkLocks::next_end() const {
  auto next = context_.clock.steady_now() + nothing_to_do;
  for (auto const& [link, locked] : locked_) next = std::min(next, locked.until);
  return next;
}

// One at a time: others may lock while the store is asked. False: the store failed.
asio::awaitable<bool> LinkLocks::write_begun() {
  auto const is_new = [](auto const& entry) { return !entry.second.written; };
  for (;;) {
    auto const found = std::ranges::find_if(locked_, is_new);
    if (found == locked_.end()) co_return true;
    auto const link = found->first;
    auto lock = found->second.lock;
    auto const now = moment(context_.clock);
    auto const written = co_await context_.journal.lock_link(std::move(lock), now);
    if (!written) {
      context_.storage.worth_retrying("recording a locked link", written.error());
      co_return false;
    }
    context_.storage.works();
    locked_[link].written = true;
  }
}

asio::awaitable<bool> LinkLocks::write_ended() {
  for (;;) {
    auto const now = moment(context_.clock);
    auto const is_over = [&now](auto const& entry) { return entry.second.until <= now.steady; };
    auto const found = std::ranges::find_if(locked_, is_over);
    if (found == locked_.end()) co_return true;
    auto const link = found->first;
    auto total = found->second.lock;
    found->second.ending = true;
    auto const written = co_await context_.journal.unlock_link(std::move(total), now);
    auto const still = locked_.find(link);
    bool const locked_anew = !still->second.ending;  // that one has an end of its own
    if (!written) {
      if (!locked_anew) still->second.ending = false;
      context_.storage.worth_retrying("recording the end of a lock", written.error());
      co_return false;
    }
    context_.storage.works();
    if (!locked_anew) locked_.erase(still);
  }
}

}  // namespace siaga::flow
