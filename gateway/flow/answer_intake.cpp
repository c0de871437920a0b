#include "gateway/flow/answer_intake.hpp"

#include <algorithm>

#include "gateway/ports/topics.hpp"

namespace siaga::flow {
namespace asio = boost::asio;

namespace {

constexpr std::chrono::hours no_answer_waits{1};
constexpr milliseconds answer_again_after{250};

AgencyId answering_agency(InboundMessage const& message) {
  return AgencyId(message.raw.topic.substr(topics::answer.size()));
}

Reason and_more(std::size_t untold) {
  auto const count = std::to_string(untold);
  return {"", "policy.rate",
          count + " jawaban lain ditolak sejak tanda terima sebelumnya / " + count +
              " more answers were rejected since the receipt before"};
}

}  // namespace

AgencyId AnswerIntake::bucket_of(AgencyId const& agency) const {
  return context_.world->grants.of(agency) != nullptr ? agency : AgencyId();
}

void AnswerIntake::take(AgencyId const& agency, InboundMessage message) {
  auto const id = message.id;
  auto const now = context_.clock.steady_now();
  gate_.hold({bucket_of(agency), id}, context_.judge.answers_allowance_of(agency), now, nullptr);
  if (at_hand_.size() < at_hand_max && message.raw.payload.size() <= at_hand_bytes_max)
    at_hand_.emplace(id, std::move(message));
  changed_.notify();
}

void AnswerIntake::stop() {
  stopping_ = true;
  changed_.notify();
}

asio::awaitable<void> AnswerIntake::run() {
  while (!stopping_) {
    if (auto first = gate_.has_room()) {
      auto from = std::move(*first);
      co_await read_on(std::move(from));
    }
    auto const now = context_.clock.steady_now();
    co_await reject_the_last(now);
    if (auto const next = gate_.release(now)) {
      co_await decide(next->id);
      continue;
    }
    auto const until = next_turn(gate_.next_release(now).value_or(now + no_answer_waits));
    co_await sleep_or(context_.clock, until, changed_);
  }
}

// What was left in the store, a page at a time. Of strangers we know no topics.
asio::awaitable<void> AnswerIntake::read_on(Gate::Ticket first) {
  auto topics = std::string(topics::answer) + (first.agency.empty() ? "*" : first.agency.value);
  auto const found = co_await context_.journal.undecided_on(std::move(topics), first.id);
  if (!found) {
    context_.storage.worth_retrying("reading answers", found.error());
    co_await pause();
    co_return;
  }
  for (auto const& message : *found)
    if (bucket_of(answering_agency(message)) == first.agency)
      gate_.take_up({first.agency, message.id}, nullptr);
  std::optional<InboxId> last;
  if (!found->empty()) last = found->back().id;
  gate_.read_up_to(first.agency, last);
}

asio::awaitable<void> AnswerIntake::decide(InboxId id) {
  auto found = co_await message_of(id);
  if (!found) co_return;
  auto agency = answering_agency(*found);
  auto const bucket = bucket_of(agency);
  auto why = co_await objection(agency, std::move(*found));
  if (!why) co_return;
  Refused refused(id, std::move(agency), std::move(*why));
  co_await reject_in_turn(bucket, std::move(refused));
}

asio::awaitable<Result<InboundMessage>> AnswerIntake::message_of(InboxId id) {
  if (auto const held = at_hand_.find(id); held != at_hand_.end()) {
    Result<InboundMessage> message(std::move(held->second));
    at_hand_.erase(held);
    co_return message;
  }
  auto message = co_await context_.journal.inbound(id);
  while (!message && !message.error().is(Errc::not_found) &&
         context_.storage.worth_retrying("reading an answer", message.error())) {
    co_await pause();
    message = co_await context_.journal.inbound(id);
  }
  co_return message;
}

// Nothing when it counts, or when the store is lost.
asio::awaitable<std::optional<Rejection>> AnswerIntake::objection(AgencyId agency,
                                                                  InboundMessage message) {
  if (auto unread = context_.judge.objection_to_kept(agency, message)) co_return unread;
  auto const proof = context_.judge.proof_of_answer(agency, message.raw);
  if (!proof) co_return proof.error();
  if (proof->kind == Proof::Kind::verified) {
    auto before = co_await came_before(message.id);
    if (before.settled || before.why) co_return before.why;
  }
  auto answer = context_.wire.agency_answer(message.raw.payload);
  if (!answer) co_return answer.error();
  for (;;) {
    auto refused = co_await context_.replies.take_from_agency(message.id, agency, *answer);
    if (refused) co_return *refused;
    if (!context_.storage.worth_retrying("taking an answer", refused.error()))
      co_return std::nullopt;
    co_await pause();
  }
}

// The very bytes of an answer that was decided: it is not counted again, and refused again if it
// was.
asio::awaitable<AnsweredBefore> AnswerIntake::came_before(InboxId from) {
  for (;;) {
    auto const now = moment(context_.clock);
    auto before = co_await context_.journal.answered_before(from, now);
    if (before) co_return std::move(*before);
    if (!context_.storage.worth_retrying("looking for an answer's first", before.error())) {
      AnsweredBefore lost;
      lost.settled = true;
      co_return lost;
    }
    co_await pause();
  }
}

// Out of turn it waits: should no other come, it is told of when the turn has come.
asio::awaitable<void> AnswerIntake::reject_in_turn(AgencyId bucket, Refused refused) {
  auto const untold = pace_.turn(bucket, context_.clock.steady_now());
  if (auto before = untold_.extract(bucket)) co_await reject(before.mapped(), std::nullopt);
  if (untold)
    co_await reject(std::move(refused), untold);
  else
    untold_.emplace(std::move(bucket), std::move(refused));
}

asio::awaitable<void> AnswerIntake::reject_the_last(SteadyTime now) {
  std::vector<AgencyId> due;
  for (auto const& [bucket, refused] : untold_)
    if (pace_.next(bucket) <= now) due.push_back(bucket);
  for (auto const& bucket : due) {
    auto last = untold_.extract(bucket);
    auto const with_it = pace_.turn(bucket, now).value_or(1);
    co_await reject(std::move(last.mapped()), with_it - 1);
  }
}

// Told of, with how many others were not; nullopt: nor is this one.
asio::awaitable<void> AnswerIntake::reject(Refused refused, std::optional<std::size_t> untold) {
  refused.why.told = untold.has_value();
  if (untold && *untold > 0) refused.why.reasons.push_back(and_more(*untold));
  co_await context_.refusals.reject(refused.id, std::move(refused.agency), std::move(refused.why));
}

SteadyTime AnswerIntake::next_turn(SteadyTime no_later) const {
  for (auto const& [bucket, refused] : untold_) no_later = std::min(no_later, pace_.next(bucket));
  return no_later;
}

asio::awaitable<void> AnswerIntake::pause() {
  auto const again = context_.clock.steady_now() + answer_again_after;
  co_await context_.clock.sleep_until(again);
}

}  // namespace siaga::flow
