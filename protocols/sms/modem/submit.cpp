// ModemService::send: one message by AT+CMGS, and what its answer means. 3GPP TS 27.005, 4.3.
#include <utility>

#include "gateway/base/log.hpp"
#include "protocols/sms/modem/at_fault.hpp"
#include "protocols/sms/modem/at_values.hpp"
#include "protocols/sms/modem/modem_service.hpp"

namespace siaga::sms {
namespace {

std::string why_refused(AtAnswer const& answer) {
  bool const of_message = same_text(answer.refusal.substr(0, 4), "+CMS");
  if (of_message && answer.code >= 0) return "the modem refused it: " + cms_text(answer.code);
  return "the modem refused it: " + answer.refusal;
}

SubmitFault fault_of(AtAnswer const& answer) {
  bool const of_message = same_text(answer.refusal.substr(0, 4), "+CMS");
  if (of_message && answer.code >= 0) return fault_of_cms(answer.code);
  switch (answer.code) {
    case cme_no_sim:
    case cme_pin_wanted:
    case cme_puk_wanted:
    case cme_sim_failure:
      return SubmitFault::sim;
    case cme_sim_busy:
      return SubmitFault::busy;
    default:
      return SubmitFault::unknown;
  }
}

}  // namespace

ModemService::Step ModemService::keep_link() {
  link_kept_ = true;
  auto const answer = co_await ask("AT+CMMS=1");
  if (!answer.answered()) co_return co_await prove_alive();
  co_return Result<void>();
}

ModemService::Step ModemService::send(std::shared_ptr<PduJob> job) {
  if (report_.keeps_link && !link_kept_ && !context_.queue.empty()) {
    auto const kept = co_await keep_link();
    if (!kept) {
      job->settle(FailedTemporarily(kept.error().detail, milliseconds(0), true));
      co_return kept.error();
    }
  }
  if (!job->pdu.is_continued && !job->pdu.permission.begin()) {
    job->settle(not_begun());
    co_return Result<void>();
  }
  job->is_begun = true;
  AtCommand command("AT+CMGS=" + std::to_string(job->pdu.tpdu_octets),
                    context_.settings.send_timeout, job->pdu.hex);
  auto const answer = co_await port_->ask(std::move(command));
  if (answer.is_sent) unconfirmed_ = answer.end == AtEnd::silent ? job : nullptr;
  auto const settled = settle(*job, answer);
  if (!settled) co_return settled.error();
  if (!answer.answered()) co_return co_await prove_alive();
  co_return Result<void>();
}

// Nothing else is being sent while it comes as a notice: it can only be the last one's.
void ModemService::on_late_result(std::string_view values) {
  auto const job = std::exchange(unconfirmed_, nullptr);
  auto const all = split_values(values);
  auto const reference = all.empty() ? std::nullopt : number_of(all[0]);
  if (!job || !reference || !job->pdu.on_late_result) return;
  context_.trouble.succeeded();
  job->pdu.on_late_result(*reference);
}

Result<void> ModemService::settle(PduJob& job, AtAnswer const& answer) {
  if (answer.end == AtEnd::refused) return settle_refused(job, answer);
  if (answer.ok()) {
    context_.trouble.succeeded();
    std::vector<std::string> references;
    auto const values = split_values(answer.values("+CMGS"));
    if (!values.empty() && number_of(values[0]))
      references.push_back(std::to_string(*number_of(values[0])));
    job.settle(Sent(std::move(references)));
    return {};
  }
  if (!answer.is_sent) {
    job.settle(FailedTemporarily(answer.why(), milliseconds(0), true));
    return {};
  }
  // The port gone or silent for minutes: either way nothing else went meanwhile.
  job.settle(OutcomeUnknown("the modem took it and said no more: " + answer.why(), true));
  auto const advice = context_.trouble.failed(job.pdu.number, SubmitFault::unknown, now());
  if (!advice.reset) return {};
  wants_reset_ = true;
  return Error(Errc::timed_out, "messages to several numbers stay unanswered");
}

Result<void> ModemService::settle_refused(PduJob& job, AtAnswer const& answer) {
  auto const fault = fault_of(answer);
  auto why = why_refused(answer);
  auto const advice = context_.trouble.failed(job.pdu.number, fault, now());
  if (advice.is_final) {
    job.settle(Failed(why));
    return {};
  }
  if (fault == SubmitFault::barred)
    why += "; is there credit on the SIM, and may its contract send messages?";
  job.settle(FailedTemporarily(why, advice.retry_after, advice.of_modem));
  if (fault == SubmitFault::memory_full) sweep_at_ = now();
  if (advice.of_modem) pause_reason_ = why;
  if (fault == SubmitFault::sim) return Error(Errc::unavailable, why);
  if (advice.pause > milliseconds(0)) {
    paused_until_ = now() + advice.pause;
    context_.queue.give_back(why, advice.pause);
  }
  if (!advice.reset) return {};
  wants_reset_ = true;
  return Error(Errc::refused_by_peer, why + ", again and again");
}

}  // namespace siaga::sms
