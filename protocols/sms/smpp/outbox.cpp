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
constexpr milliseconds kept_at_most = std::chrono::hours(24);

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
  submission.departures_.resize(submission.parts.size());
  submission.waiting_ = true;
  all_.emplace(submission.id_, &submission);
  waiting_[static_cast<std::size_t>(submission.priority)].push_back(&submission);
  deadlines_due_ = std::min(deadlines_due_, submission.deadline);
  follow_up_->doubts.end(submission.delivery);
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

// Each to the session with the fewest unanswered; questions when no message waits.
void Outbox::pump(std::span<Session* const> sessions, Moment now) {
  for (auto* session : sessions) session->narrow(window_.limit());
  for (;;) {
    Session* freest = nullptr;
    for (auto* session : sessions)
      if (session->has_room() &&
          (freest == nullptr || session->unanswered() < freest->unanswered()))
        freest = session;
    if (freest == nullptr) return;
    if (!write_message(*freest, now) && !write_question(*freest, now.steady)) return;
  }
}

bool Outbox::write_message(Session& session, Moment now) {
  while (auto* queue = first_waiting()) {
    auto& submission = *queue->front();
    if (submission.expires != UtcTime{} && submission.expires <= now.utc) {
      settle(submission, expired(submission));
      continue;
    }
    if (pace_.ready_at(now.steady) > now.steady) return false;
    if (submission.is_whole() && !submission.permission.begin()) {
      settle(submission, not_begun());
      continue;
    }
    submit_next_part(submission, session, now);
    return true;
  }
  return false;
}

bool Outbox::write_question(Session& session, SteadyTime now) {
  if (first_waiting() != nullptr || pace_.ready_at(now) > now) return false;
  auto const question = follow_up_->en_route.next_question(now);
  if (!question) return false;
  pace_.take(now);
  MessageName name;
  name.message_id = question->id;
  name.source = {sender_.ton, sender_.npi, sender_.source};
  name.destination = {sender_.destination_ton, sender_.destination_npi, question->destination};
  session.ask(question->command, name, question->ticket, now);
  return true;
}

void Outbox::submit_next_part(Submission& submission, Session& session, Moment now) {
  auto& progress = submission.progress_;
  auto const next = std::find(progress.begin(), progress.end(), Submission::Part::unsent);
  auto const part = static_cast<std::uint32_t>(next - progress.begin());
  *next = Submission::Part::unanswered;
  pace_.take(now.steady, submission.parts[part].counts_as);

  std::string validity;
  auto lasts = kept_at_most;
  if (submission.expires != UtcTime{}) {
    lasts = std::min(lasts, submission.expires - now.utc);
    validity = relative_validity(submission.expires - now.utc);
  }
  submission.gone_at_ = now.steady + lasts;
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
  submission.departures_[part] = window_.depart(session.unanswered());
}

void Outbox::on_answer(Ticket ticket, SubmitAnswer const& answer, Moment now) {
  bool const accepted = sender_.codes.class_of(answer.status) == SubmitClass::accepted;
  if (accepted) pace_.accepted(now.steady);
  if (answer.congestion) pace_.congested(now.steady, *answer.congestion);
  auto const found = all_.find(ticket.submission);
  if (found == all_.end()) return on_late_answer(ticket, answer, now.steady);
  auto& submission = *found->second;
  if (!accepted) return on_refused(submission, ticket.part, answer.status, now.steady);
  on_accepted(submission, ticket, answer.message_id, now.steady);
}

void Outbox::on_accepted(Submission& submission, Ticket ticket, std::string_view id,
                         SteadyTime now) {
  submission.progress_[ticket.part] = Submission::Part::accepted;
  window_.accepted(submission.departures_[ticket.part]);
  submission.references_[ticket.part] = canonical_id(id);
  note_en_route(en_route_of(submission), id, now);
  settle_when_told(submission, now);
}

EnRoute::Part Outbox::en_route_of(Submission const& submission) {
  return {submission.alert, "", submission.destination, submission.priority, submission.gone_at_};
}

void Outbox::note_en_route(EnRoute::Part part, std::string_view id, SteadyTime now) {
  auto const reference = canonical_id(id);
  if (reference.empty() || part.alert.empty()) return;
  part.id = std::string(id);
  follow_up_->en_route.add(reference, std::move(part), now);
}

// The message has its outcome already: what was in doubt is known now, and the link still learns.
void Outbox::on_late_answer(Ticket ticket, SubmitAnswer const& answer, SteadyTime now) {
  auto const what = sender_.codes.class_of(answer.status);
  if (what == SubmitClass::throttled) pace_.throttled(now, throttle_pause);
  if (what == SubmitClass::link_fault) pace_.throttled(now, fault_pause);
  auto const* doubt = follow_up_->doubts.find(ticket.submission);
  if (doubt == nullptr) return;
  if (what == SubmitClass::accepted) note_en_route(doubt->en_route, answer.message_id, now);
  auto const why = text_of(answer.status) + ", answered late";
  auto resolved = what == SubmitClass::accepted
                      ? follow_up_->doubts.accepted(ticket, canonical_id(answer.message_id))
                  : what == SubmitClass::permanent
                      ? follow_up_->doubts.refused(ticket, Failed(why))
                      : follow_up_->doubts.refused(ticket, FailedTemporarily(why));
  if (resolved) follow_up_->resolved(std::move(*resolved));
}

void Outbox::on_refused(Submission& submission, std::uint32_t part, Status status, SteadyTime now) {
  auto const why = part_text(part, submission.parts.size()) + text_of(status);
  submission.progress_[part] = Submission::Part::unsent;
  switch (sender_.codes.class_of(status)) {
    case SubmitClass::throttled:
      slow_down(submission.departures_[part], status, now);
      return put_back(submission);
    case SubmitClass::link_fault:
      pace_.throttled(now, fault_pause);
      if (!submission.is_whole()) return put_back(submission);
      return settle(submission, FailedTemporarily(why, fault_pause, true));
    case SubmitClass::permanent:
      if (submission.count(Submission::Part::unanswered) > 0) keep_doubt(submission, now);
      return settle(submission, Failed(why));
    default:
      if (!submission.is_whole()) return settle_unknown(submission, why, now);
      return settle(submission, FailedTemporarily(why));
  }
}

void Outbox::slow_down(Window::Departure const& refused, Status status, SteadyTime now) {
  auto const pause = status == Status::message_queue_full ? queue_full_pause : throttle_pause;
  auto const blame = window_.refused(refused, now);
  if (blame == Window::Blame::rate) return pace_.throttled(now, pause);
  if (blame == Window::Blame::window) pace_.pause(now, pause);
}

void Outbox::on_unanswered(Ticket ticket, Unanswered why, SteadyTime now) {
  auto const found = all_.find(ticket.submission);
  if (found == all_.end()) return;
  auto& submission = *found->second;
  submission.progress_[ticket.part] = Submission::Part::doubtful;
  bool const lost = why == Unanswered::at_end_of_link;
  submission.link_ended_ = submission.link_ended_ || lost;
  if (submission.doubt_.empty())
    submission.doubt_ =
        part_text(ticket.part, submission.parts.size()) +
        (lost ? "the link was lost before the SMSC answered" : "the SMSC did not answer");
  settle_when_told(submission, now);
}

void Outbox::on_told(Ticket ticket, Told told, SteadyTime now) {
  auto fate = follow_up_->en_route.told(ticket, told, now);
  if (fate) follow_up_->told(std::move(*fate));
}

void Outbox::settle_when_told(Submission& submission, SteadyTime now) {
  using Part = Submission::Part;
  if (submission.count(Part::unsent) + submission.count(Part::unanswered) > 0) return;
  if (submission.count(Part::doubtful) > 0)
    return settle_unknown(submission, submission.doubt_, now);
  std::erase(submission.references_, std::string());
  settle(submission, Sent(std::move(submission.references_)));
}

// Where all of it was written, a late answer or a receipt may still tell.
void Outbox::keep_doubt(Submission const& submission, SteadyTime now) {
  using Part = Submission::Part;
  Doubt doubt;
  doubt.submission = submission.id_;
  doubt.delivery = submission.delivery;
  doubt.destination = submission.destination;
  doubt.en_route = en_route_of(submission);
  doubt.open = submission.count(Part::unsent) == 0;
  for (std::size_t i = 0; i < submission.parts.size(); ++i) {
    bool const accepted = submission.progress_[i] == Part::accepted;
    doubt.references.push_back(accepted ? std::optional(submission.references_[i]) : std::nullopt);
  }
  follow_up_->doubts.add(std::move(doubt), now);
}

void Outbox::settle_unknown(Submission& submission, std::string why, SteadyTime now) {
  keep_doubt(submission, now);
  settle(submission, OutcomeUnknown(std::move(why), submission.link_ended_));
}

void Outbox::give_back(std::string const& why, milliseconds retry_after, SteadyTime now) {
  while (auto* queue = first_waiting()) {
    auto& submission = *queue->front();
    if (submission.is_whole())
      settle(submission, FailedTemporarily(why, retry_after, true));
    else
      settle_unknown(submission, "only some parts were sent: " + why, now);
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
      settle_unknown(*submission, "the SMSC did not answer in time", now);
    }
  }
}

SteadyTime Outbox::next_due(SteadyTime now, bool room) {
  auto due = deadlines_due_;
  auto const asks_at = std::max(now, follow_up_->en_route.next_due());
  if (room && first_waiting() != nullptr) {
    due = std::min(due, pace_.ready_at(now));
  } else if (room && asks_at != SteadyTime::max()) {
    due = std::min(due, std::max(asks_at, pace_.ready_at(now)));
  }
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
