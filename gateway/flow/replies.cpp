#include "gateway/flow/replies.hpp"

#include <algorithm>

#include "gateway/base/log.hpp"
#include "gateway/domain/code.hpp"
#include "gateway/flow/answer_texts.hpp"

namespace siaga::flow {
namespace asio = boost::asio;

namespace {

constexpr std::chrono::hours answer_lives{1};

RefusedAnswer refused_answer(Reply const& reply, std::string why, std::string text) {
  RefusedAnswer refused;
  refused.channel = reply.channel;
  refused.via = reply.via;
  refused.address = reply.address;
  refused.why = std::move(why);
  refused.answer_text = std::move(text);
  refused.expires = reply.at + answer_lives;
  return refused;
}

std::optional<Rejection> answer_rejected(std::string path, std::string rule, std::string text) {
  return Rejection(Reason{std::move(path), std::move(rule), std::move(text)});
}

}  // namespace

Officer const* Replies::officer_of(Reply const& reply) const {
  auto const path = context_.world->paths.find(reply.channel);
  if (path == context_.world->paths.end()) return nullptr;
  return context_.world->directory->officer_at(path->second.address_key, reply.address);
}

asio::awaitable<Result<void>> Replies::take(Reply reply) {
  auto parsed = parse_answer(reply.text);
  auto const world = context_.world.hold();  // keeps `officer` alive
  auto const* officer = officer_of(reply);
  if (officer == nullptr) {
    auto refused = refused_answer(reply, "unknown-address", text_for_unknown_address());
    co_return co_await refuse(std::move(refused));
  }
  co_return co_await take_from(*officer, std::move(reply), std::move(parsed));
}

asio::awaitable<Result<void>> Replies::take_from(Officer const& officer, Reply reply,
                                                 ParsedAnswer parsed) {
  auto const open = co_await context_.journal.open_alerts_of(officer.id);
  if (!open) co_return open.error();
  auto refused = refused_answer(reply, "", "");
  refused.officer = officer.id;
  bool const code_missing = parsed.code.empty() && open->size() != 1;
  if (!parsed.answer) {
    refused.why = "not-understood";
    refused.answer_text = text_for_not_understood(*open);
    co_return co_await refuse(std::move(refused));
  }
  if (code_missing) {
    refused.why = "no-code";
    refused.answer_text = text_for_no_code(*open);
    co_return co_await refuse(std::move(refused));
  }
  auto const meant = co_await alert_meant(*open, parsed.code);
  if (!meant && !meant.error().is(Errc::not_found)) co_return meant.error();
  if (!meant) {
    refused.why = "wrong-code";
    refused.answer_text = text_for_wrong_code(*open);
    co_return co_await refuse(std::move(refused));
  }
  Acknowledgement answer;
  answer.alert = meant->id;
  answer.officer = officer.id;
  answer.officer_name = officer.name;
  answer.answer = *parsed.answer;
  answer.via = reply.via;
  answer.evidence = parsed.code.empty() ? Evidence::address_only : Evidence::address_and_code;
  answer.note = parsed.note;
  answer.at = reply.at;
  auto const stopped = co_await acknowledge(std::move(answer));
  if (!stopped) co_return stopped.error();
  if (stopped->found == AlertState::open) co_return Result<void>();
  refused.alert = meant->id;
  refused.why = "closed";
  refused.answer_text = text_for_closed(meant->code, stopped->found);
  co_return co_await refuse(std::move(refused));
}

// An open alert this officer was never told of is not his to answer, unless it was on the air.
asio::awaitable<Result<OpenAlert>> Replies::alert_meant(std::vector<OpenAlert> const& open,
                                                        std::string code) {
  if (code.empty()) co_return open.front();
  auto const mine = std::ranges::find(open, code, &OpenAlert::code);
  if (mine != open.end()) co_return *mine;
  if (!is_code(code)) co_return Error(Errc::not_found, "not a code");
  auto const other = co_await context_.journal.alert_by_code(std::move(code));
  if (other && other->state == AlertState::open && !other->broadcast)
    co_return Error(Errc::not_found, "not an alert of this officer");
  co_return other;
}

asio::awaitable<Replies::AgencyVerdict> Replies::take_from_agency(InboxId from, AgencyId agency,
                                                                  AgencyAnswer answer) {
  auto const world = context_.world.hold();
  auto const* officer = world->directory->officer(answer.officer);
  if (officer == nullptr || officer->agency != agency)
    co_return answer_rejected(
        "/officer", "ack.officer",
        "petugas tidak dikenal pada instansi ini / no such officer in this agency: " +
            answer.officer.value);
  auto const meant = co_await alert_named(answer);
  if (!meant && !meant.error().is(Errc::not_found)) co_return meant.error();
  if (!meant && answer.alert.empty())
    co_return answer_rejected("/code", "ack.code",
                              "kode tidak dikenal / unknown code: " + answer.code);
  if (!meant)
    co_return answer_rejected("/alert", "ack.alert",
                              "peringatan tidak dikenal, atau kodenya lain / unknown alert, or its "
                              "code is another");
  auto const allowed = co_await concerns(*meant, agency, officer->id);
  if (!allowed) co_return allowed.error();
  if (!*allowed)
    co_return answer_rejected("/alert", "ack.foreign",
                              "milik instansi lain dan tidak dikirim kepada petugas ini / another "
                              "agency's, and this officer was not told of it");
  Acknowledgement acknowledgement;
  acknowledgement.alert = meant->id;
  acknowledgement.officer = officer->id;
  acknowledgement.officer_name = officer->name;
  acknowledgement.answer = answer.answer;
  acknowledgement.via = Via::mqtt;
  acknowledgement.evidence = Evidence::agency;
  acknowledgement.note = answer.note;
  acknowledgement.at = context_.clock.utc_now();
  // One that comes too late is kept, and its message then ends as a rejection.
  std::optional<InboxId> finishes;
  if (meant->state == AlertState::open) finishes = from;
  auto const stopped = co_await acknowledge(std::move(acknowledgement), finishes);
  if (!stopped) co_return stopped.error();
  if (finishes) co_return std::nullopt;
  co_return answer_rejected(
      "/alert", "ack.closed",
      "peringatan sudah berakhir; jawaban dicatat saja / the alert has ended; "
      "the answer is only put on record");
}

asio::awaitable<Result<OpenAlert>> Replies::alert_named(AgencyAnswer answer) {
  if (answer.alert.empty()) {
    auto by_code = co_await context_.journal.alert_by_code(answer.code);
    co_return by_code;
  }
  auto const latest = co_await context_.journal.latest_of(answer.alert);
  if (!latest) co_return latest.error();
  auto const stored = co_await context_.journal.alert(*latest);
  if (!stored) co_return stored.error();
  if (!answer.code.empty() && answer.code != (*stored)->code)
    co_return Error(Errc::not_found, "the code is another alert's");
  OpenAlert named;
  named.id = *latest;
  named.code = (*stored)->code;
  named.state = (*stored)->state;
  named.agency = (*stored)->agency;
  co_return named;
}

asio::awaitable<Result<bool>> Replies::concerns(OpenAlert alert, AgencyId agency,
                                                OfficerId officer) {
  if (alert.agency == agency) co_return true;
  auto const told = co_await context_.journal.open_alerts_of(std::move(officer));
  if (!told) co_return told.error();
  co_return std::ranges::find(*told, alert.id, &OpenAlert::id) != told->end();
}

asio::awaitable<Result<Stopped>> Replies::acknowledge(Acknowledgement answer,
                                                      std::optional<InboxId> from) {
  auto const alert = answer.alert;
  auto const kind = answer.answer;
  auto sending = context_.dispatcher.begin_stop(alert);
  auto const now = moment(context_.clock);
  log::info("answer", {{"alert", std::to_string(alert.value)},
                       {"officer", answer.officer.value},
                       {"answer", std::string(to_word(kind))},
                       {"via", std::string(to_word(answer.via))}});
  auto stopped =
      co_await context_.journal.acknowledge(std::move(answer), std::move(sending), now, from);
  std::vector<AlertId> ended;
  if (stopped && stopped->alert_ended) ended.push_back(alert);
  context_.dispatcher.end_stop(alert, ended);
  if (!stopped) {
    if (!stopped.error().is(Errc::not_found))
      context_.storage.worth_retrying("recording an answer", stopped.error());
    co_return stopped;
  }
  context_.storage.works();
  if (stopped->alert_ended) context_.escalator.forget(alert);
  for (auto const& place : stopped->escalate_now)
    context_.escalator.escalate_now(alert, place, "declined");
  context_.dispatcher.wake(stopped->due);
  context_.announcer.changed(alert);
  co_return stopped;
}

asio::awaitable<Result<void>> Replies::refuse(RefusedAnswer refused) {
  auto const now = moment(context_.clock);
  std::vector<ChannelName> const lane(1, refused.channel);
  auto const done = co_await context_.journal.refuse_answer(std::move(refused), now);
  if (done) context_.dispatcher.wake(lane);
  co_return done;
}

}  // namespace siaga::flow
