#include "protocols/sms/smpp/outbox.hpp"

#include <algorithm>
#include <cstdio>

#include "gateway/base/assert.hpp"
#include "protocols/sms/smpp/delivery_receipt.hpp"
#include "protocols/sms/smpp/status.hpp"

namespace siaga::sms {
namespace {

constexpr milliseconds throttle_pause{200};
constexpr milliseconds queue_full_pause{1000};
constexpr milliseconds fault_pause{1000};

constexpr std::uint8_t receipt_final = 0x01;

std::uint8_t flag_of(Priority priority) {
  return static_cast<std::uint8_t>(3 - static_cast<int>(priority));
}

std::string part_text(std::uint32_t part, std::size_t parts) {
  if (parts == 1) return {};
  return "part " + std::to_string(part + 1) + " of " + std::to_string(parts) + ": ";
}

}  // namespace

std::size_t Submission::count(Part which) const {
  return static_cast<std::size_t>(std::count(progress_.begin(), progress_.end(), which));
}

void Outbox::add(Submission& submission) {
  require(!submission.parts.empty() && submission.id_ == 0,
          "a submission without parts, or added twice");
  submission.id_ = ++last_id_;
  submission.progress_.assign(submission.parts.size(), Submission::Part::unsent);
  submission.references_.resize(submission.parts.size());
  submission.waiting_ = true;
  all_.emplace(submission.id_, &submission);
  waiting_[static_cast<std::size_t>(submission.priority)].push_back(&submission);
  deadlines_due_ = std::min(deadlines_due_, submission.deadline);
}

void Outbox::drop(Submission& submission) {
  leave_queue(submission);
  all_.erase(submission.id_);
}

void Outbox::leave_queue(Submission& submission) {
  if (!submission.waiting_) return;
  submission.waiting_ = false;
  auto& queue = waiting_[static_cast<std::size_t>(submission.priority)];
  if (!queue.empty() && queue.front() == &submission) return queue.pop_front();
  queue.erase(std::find(queue.begin(), queue.end(), &submission));
}

void Outbox::put_back(Submission& submission) {
  if (submission.waiting_) return;
  submission.waiting_ = true;
  auto& queue = waiting_[static_cast<std::size_t>(submission.priority)];
  // Refusals of one window come back in any order; ids keep the queue's own.
  auto const place = std::find_if(queue.begin(), queue.end(),
                                  [&](Submission const* s) { return s->id_ > submission.id_; });
  queue.insert(place, &submission);
}

Outbox::Queue* Outbox::first_waiting() {
  for (auto& queue : waiting_)
    if (!queue.empty()) return &queue;
  return nullptr;
}

SendOutcome Outbox::expired(Submission const& submission) {
  if (submission.is_whole()) return Failed("expired before it could be sent");
  return OutcomeUnknown("expired when only some parts were sent");
}

void Outbox::pump(Session& session, Moment now) {
  while (session.has_room()) {
    auto* queue = first_waiting();
    if (queue == nullptr) return;
    auto& submission = *queue->front();
    if (submission.expires != UtcTime{} && submission.expires <= now.utc) {
      settle(submission, expired(submission));
      continue;
    }
    if (pace_.ready_at(now.steady) > now.steady) return;
    if (submission.is_whole() && !submission.permission.begin()) {
      settle(submission, not_begun());
      continue;
    }
    pace_.take(now.steady);
    submit_next_part(submission, session, now);
  }
}

void Outbox::submit_next_part(Submission& submission, Session& session, Moment now) {
  auto& progress = submission.progress_;
  auto const next = std::find(progress.begin(), progress.end(), Submission::Part::unsent);
  auto const part = static_cast<std::uint32_t>(next - progress.begin());
  *next = Submission::Part::unanswered;

  std::string validity;
  if (submission.expires != UtcTime{}) validity = relative_validity(submission.expires - now.utc);
  ShortMessage message;
  message.source = {sender_.ton, sender_.npi, sender_.source};
  auto const& form = submission.parts[part];
  message.destination = {sender_.destination_ton, sender_.destination_npi, submission.destination};
  message.esm_class = form.esm_class;
  message.protocol_id = form.protocol_id;
  message.priority = flag_of(submission.priority);
  message.validity = validity;
  message.registered_delivery = receipt_final;
  message.data_coding = form.data_coding;
  message.text = form.text;
  message.options = form.options;
  Ticket const ticket{submission.id_, part};
  if (submission.count(Submission::Part::unsent) == 0) leave_queue(submission);
  session.submit(message, ticket, now.steady);
}

void Outbox::on_answer(Ticket ticket, Status status, std::string_view message_id, SteadyTime now) {
  if (sender_.codes.class_of(status) == SubmitClass::accepted) pace_.accepted(now);
  auto const found = all_.find(ticket.submission);
  if (found == all_.end()) return on_stray_answer(status, now);
  auto& submission = *found->second;
  if (sender_.codes.class_of(status) != SubmitClass::accepted)
    return on_refused(submission, ticket.part, status, now);
  submission.progress_[ticket.part] = Submission::Part::accepted;
  submission.references_[ticket.part] = canonical_id(message_id);
  if (submission.count(Submission::Part::accepted) < submission.parts.size()) return;
  std::erase(submission.references_, std::string());
  settle(submission, Sent(std::move(submission.references_)));
}

// The message has its outcome already; the link still learns from the refusal.
void Outbox::on_stray_answer(Status status, SteadyTime now) {
  auto const what = sender_.codes.class_of(status);
  if (what == SubmitClass::throttled) pace_.throttled(now, throttle_pause);
  if (what == SubmitClass::link_fault) pace_.throttled(now, fault_pause);
}

void Outbox::on_refused(Submission& submission, std::uint32_t part, Status status, SteadyTime now) {
  auto const why = part_text(part, submission.parts.size()) + text_of(status);
  submission.progress_[part] = Submission::Part::unsent;
  switch (sender_.codes.class_of(status)) {
    case SubmitClass::throttled:
      pace_.throttled(now,
                      status == Status::message_queue_full ? queue_full_pause : throttle_pause);
      return put_back(submission);
    case SubmitClass::link_fault:
      pace_.throttled(now, fault_pause);
      if (!submission.is_whole()) return put_back(submission);
      return settle(submission, FailedTemporarily(why, fault_pause, true));
    case SubmitClass::permanent:
      return settle(submission, Failed(why));
    default:
      if (!submission.is_whole()) return settle(submission, OutcomeUnknown(why));
      return settle(submission, FailedTemporarily(why));
  }
}

void Outbox::on_unanswered(Ticket ticket, std::string const& why) {
  auto const found = all_.find(ticket.submission);
  if (found == all_.end()) return;
  settle(*found->second, OutcomeUnknown(part_text(ticket.part, found->second->parts.size()) + why));
}

void Outbox::give_back(std::string const& why, milliseconds retry_after) {
  while (auto* queue = first_waiting()) {
    auto& submission = *queue->front();
    if (submission.is_whole()) {
      settle(submission, FailedTemporarily(why, retry_after, true));
    } else {
      settle(submission, OutcomeUnknown("only some parts were sent: " + why));
    }
  }
}

void Outbox::tick(SteadyTime now) {
  if (now < deadlines_due_) return;
  deadlines_due_ = SteadyTime::max();
  std::vector<Submission*> late;
  for (auto const& [id, submission] : all_) {
    if (submission->outcome) continue;
    if (submission->deadline <= now) {
      late.push_back(submission);
    } else {
      deadlines_due_ = std::min(deadlines_due_, submission->deadline);
    }
  }
  for (auto* submission : late) {
    if (submission->is_whole()) {
      settle(*submission,
             FailedTemporarily("the link had no room for it in time", milliseconds{0}, true));
    } else {
      settle(*submission, OutcomeUnknown("the SMSC did not answer in time"));
    }
  }
}

SteadyTime Outbox::next_due(SteadyTime now, bool room) {
  auto due = deadlines_due_;
  if (room && first_waiting() != nullptr) due = std::min(due, pace_.ready_at(now));
  return due;
}

void Outbox::settle(Submission& submission, SendOutcome outcome) {
  leave_queue(submission);
  all_.erase(submission.id_);
  submission.outcome = std::move(outcome);
  submission.on_settled();
}

std::string relative_validity(milliseconds lasts) {
  constexpr auto longest = std::chrono::hours(24 * 7);
  auto const whole = std::chrono::duration_cast<std::chrono::seconds>(
      std::clamp<milliseconds>(lasts, std::chrono::seconds(1), longest));
  auto const seconds = static_cast<int>(whole.count());
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "0000%02d%02d%02d%02d000R", seconds / 86400,
                seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
  return text.data();
}

}  // namespace siaga::sms
