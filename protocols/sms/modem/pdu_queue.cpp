#include "protocols/sms/modem/pdu_queue.hpp"

namespace siaga::sms {

bool PduQueue::add(std::shared_ptr<PduJob> job) {
  if (size() >= jobs_max) return false;
  auto& queue = waiting_[static_cast<std::size_t>(job->pdu.priority)];
  if (job->pdu.is_continued) {
    queue.push_front(std::move(job));
  } else {
    queue.push_back(std::move(job));
  }
  return true;
}

std::shared_ptr<PduJob> PduQueue::take() {
  for (auto& queue : waiting_) {
    if (queue.empty()) continue;
    auto job = std::move(queue.front());
    queue.pop_front();
    return job;
  }
  return nullptr;
}

void PduQueue::drop(std::shared_ptr<PduJob> const& job) {
  std::erase(waiting_[static_cast<std::size_t>(job->pdu.priority)], job);
}

void PduQueue::give_back(std::string const& why, milliseconds retry_after) {
  while (auto const job = take()) job->settle(FailedTemporarily(why, retry_after, true));
}

std::size_t PduQueue::size() const noexcept {
  std::size_t all = 0;
  for (auto const& queue : waiting_) all += queue.size();
  return all;
}

}  // namespace siaga::sms
