#include "protocols/sms/modem/dialogue.hpp"

#include <array>
#include <utility>

#include "gateway/base/assert.hpp"
#include "protocols/sms/modem/at_fault.hpp"
#include "protocols/sms/modem/at_values.hpp"

namespace siaga::sms {
namespace {

constexpr milliseconds proof_limit{3000};
constexpr int proofs_max = 2;
constexpr char escape = '\x1b';
constexpr char end_of_pdu = '\x1a';

// Questions every modem answers by name, with or without a card in it.
constexpr auto proofs = std::to_array<std::string_view>({"AT+CMEE?", "AT+CFUN?", "AT+CREG?"});

}  // namespace

std::string_view AtAnswer::values(std::string_view name) const {
  for (auto const& line : lines)
    if (same_text(at_name(line), name)) return values_of(line);
  return {};
}

std::string AtAnswer::why() const {
  switch (end) {
    case AtEnd::ok:
      return "done";
    case AtEnd::refused:
      return "refused: " + refusal;
    case AtEnd::no_prompt:
      return "no prompt for the message";
    case AtEnd::silent:
      return "no answer in time";
    case AtEnd::lost:
      break;
  }
  return "the port is gone";
}

void Dialogue::start(AtCommand command, SteadyTime now) {
  require(!busy(), "an AT command while another runs");
  command_ = std::move(command);
  answer_ = AtAnswer();
  proofs_asked_ = 0;
  if (is_doubtful_) return ask_for_proof(now);
  write_command(now);
}

void Dialogue::ask_for_proof(SteadyTime now) {
  state_ = State::asking_for_proof;
  proof_seen_ = false;
  ++proofs_asked_;
  proof_ = proofs[next_proof_++ % proofs.size()];
  output_ += escape;
  output_ += proof_ + "\r";
  due_ = now + proof_limit;
}

void Dialogue::write_command(SteadyTime now) {
  is_doubtful_ = false;
  output_ += command_.text + "\r";
  state_ = command_.pdu.empty() ? State::answering : State::awaiting_prompt;
  due_ = now + (command_.pdu.empty() ? command_.limit : prompt_);
}

void Dialogue::receive(std::string_view bytes, SteadyTime now) {
  while (auto const token = lines_.next(bytes)) {
    if (token->is_prompt) {
      take_prompt(now);
    } else {
      take_line(token->line, now);
    }
  }
}

void Dialogue::take_prompt(SteadyTime now) {
  if (state_ != State::awaiting_prompt) return;
  output_ += command_.pdu + end_of_pdu;
  answer_.is_sent = true;
  state_ = State::sending;
  due_ = now + command_.limit;
}

bool Dialogue::is_echo(std::string_view line) const {
  if (!busy()) return false;
  if (state_ == State::asking_for_proof) return same_text(line, proof_);
  return same_text(line, command_.text) || (answer_.is_sent && same_text(line, command_.pdu));
}

std::string_view Dialogue::expected() const {
  if (!busy()) return {};
  return answer_name(state_ == State::asking_for_proof ? std::string_view(proof_) : command_.text);
}

void Dialogue::take_line(std::string_view line, SteadyTime now) {
  if (!announced_.empty()) {
    auto const announced = std::exchange(announced_, {});
    if (is_hex(line)) return owner_.on_notice(AtNotice{announced, line});
  }
  if (is_echo(line)) return;
  auto const kind = kind_of(line, expected());
  if (kind == AtLineKind::unsolicited) {
    if (announces_pdu(at_name(line))) {
      announced_ = line;
    } else {
      owner_.on_notice(AtNotice{line, {}});
    }
    return;
  }
  if (!busy()) return;
  if (state_ == State::asking_for_proof) return take_proof(kind, line, now);
  if (kind == AtLineKind::information) return keep(line);
  if (kind == AtLineKind::error) {
    answer_.refusal = line;
    answer_.code = code_of_refusal(line).value_or(-1);
  }
  finish(kind == AtLineKind::ok ? AtEnd::ok : AtEnd::refused);
}

void Dialogue::take_proof(AtLineKind kind, std::string_view line, SteadyTime now) {
  if (kind == AtLineKind::information) {
    if (same_text(at_name(line), answer_name(proof_))) proof_seen_ = true;
  } else if (proof_seen_) {
    write_command(now);
  }
}

void Dialogue::keep(std::string_view line) {
  if (answer_.lines.size() < answer_lines_max) answer_.lines.emplace_back(line);
}

void Dialogue::tick(SteadyTime now) {
  if (now < due_) return;
  due_ = SteadyTime::max();
  if (state_ == State::idle) return;
  if (state_ == State::asking_for_proof && proofs_asked_ < proofs_max) return ask_for_proof(now);
  is_doubtful_ = true;
  if (state_ == State::awaiting_prompt) output_ += escape;
  finish(state_ == State::awaiting_prompt ? AtEnd::no_prompt : AtEnd::silent);
}

void Dialogue::lose() {
  if (busy()) finish(AtEnd::lost);
}

void Dialogue::finish(AtEnd end) {
  state_ = State::idle;
  due_ = SteadyTime::max();
  answer_.end = end;
  owner_.on_answer(std::exchange(answer_, AtAnswer()));
}

}  // namespace siaga::sms
