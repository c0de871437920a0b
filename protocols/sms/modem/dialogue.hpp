// Dialogue: one AT command at a time with a modem, without a port: bytes in, bytes out.
//
// Place:  AtPort's reader -> DIALOGUE -> DialogueOwner; AtPort::ask -> DIALOGUE -> AtPort's writer.
// States: idle -> (asking for proof ->) answering | awaiting prompt -> sending -> idle.
// Time:   steady time; the owner calls tick() no later than next_due(). The prompt has `prompt`,
//         the answer the command's own limit.
// Rule:   a late answer is never taken for the next command's. After a silence, and on a port just
//         opened, a question is asked first whose answer has a name of its own. Any answer before
//         that name belongs to an earlier command. ESC goes ahead of the question, so that a modem
//         that still waits for a PDU sends nothing.
// Bounds: an answer keeps `answer_lines_max` lines; further ones are dropped.
// See:    ITU-T V.250, 5.2 and 5.6 (command lines, abort); 3GPP TS 27.005, 4.3 (+CMGS with prompt).
#pragma once

#include <vector>

#include "gateway/domain/time.hpp"
#include "protocols/sms/modem/at_line.hpp"

namespace siaga::sms {

constexpr std::size_t answer_lines_max = 600;

struct AtCommand {
  std::string text;  // "AT+CPMS=?", without its end
  std::string pdu;   // goes out after the prompt; "" = the command has none
  milliseconds limit;

  explicit AtCommand(std::string t, milliseconds l = milliseconds(5000), std::string p = {})
      : text(std::move(t)), pdu(std::move(p)), limit(l) {}
};

enum class AtEnd {
  ok,
  refused,    // ERROR, +CME ERROR, +CMS ERROR
  no_prompt,  // nothing of the PDU was written
  silent,     // no answer in time
  lost,       // the port is gone
};

struct AtAnswer {
  AtEnd end = AtEnd::lost;
  int code = -1;         // of +CME or +CMS ERROR; -1 = none
  std::string refusal;   // its line
  bool is_sent = false;  // the PDU was written: what became of it may be unknown
  std::vector<std::string> lines;

  bool ok() const noexcept { return end == AtEnd::ok; }
  bool answered() const noexcept { return end == AtEnd::ok || end == AtEnd::refused; }
  // Of the first line with this name, or the first line when the name is ""; "" when there is none.
  std::string_view values(std::string_view name) const;
  std::string why() const;  // "refused: +CME ERROR: 10"
};

// What the modem said of its own accord.
struct AtNotice {
  std::string_view line;
  std::string_view pdu;  // the line after +CMT, +CDS, +CBM
};

class DialogueOwner {
 public:
  virtual ~DialogueOwner() = default;
  virtual void on_answer(AtAnswer answer) = 0;
  virtual void on_notice(AtNotice const& notice) = 0;
};

class Dialogue {
 public:
  explicit Dialogue(DialogueOwner& owner, milliseconds prompt = milliseconds(5000))
      : owner_(owner), prompt_(prompt) {}

  void start(AtCommand command, SteadyTime now);  // only when not busy()
  void receive(std::string_view bytes, SteadyTime now);
  void tick(SteadyTime now);
  SteadyTime next_due() const noexcept { return due_; }
  bool busy() const noexcept { return state_ != State::idle; }
  void lose();  // the port is gone
  std::string& output() noexcept { return output_; }

 private:
  enum class State { idle, asking_for_proof, answering, awaiting_prompt, sending };

  void ask_for_proof(SteadyTime now);
  void write_command(SteadyTime now);
  void take_prompt(SteadyTime now);
  void take_line(std::string_view line, SteadyTime now);
  void take_proof(AtLineKind kind, std::string_view line, SteadyTime now);
  void keep(std::string_view line);
  void finish(AtEnd end);
  bool is_echo(std::string_view line) const;
  std::string_view expected() const;

  DialogueOwner& owner_;
  milliseconds prompt_;
  State state_ = State::idle;
  bool is_doubtful_ = true;  // an answer may still come that is not ours
  bool proof_seen_ = false;
  int proofs_asked_ = 0;        // for this command
  std::size_t next_proof_ = 0;  // in turn, so that a late answer to one is not taken for another
  std::string proof_;
  AtCommand command_{""};
  AtAnswer answer_;
  std::string announced_;  // the line whose PDU comes next
  AtLines lines_;
  SteadyTime due_ = SteadyTime::max();
  std::string output_;
};

}  // namespace siaga::sms
