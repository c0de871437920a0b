// AtLine: a modem's bytes cut into lines and prompts, and what kind each line is. Pure.
//
// Place:  AtPort's reader -> AT LINE -> Dialogue.
// Thread: values; any thread.
// Bounds: one line of at most `at_line_octets_max` is held; a longer one is dropped whole.
// Rule:   the prompt is a '>' at the start of a line, with or without its space, and has no line
//         end. Control characters (echoed Ctrl-Z and ESC, NUL of a waking port) are no text.
// See:    ITU-T V.250, 5 (lines, result codes); 3GPP TS 27.005, 3.1 and 4 (prompt, +CMS ERROR,
//         unsolicited results); TS 27.007, 9.2 (+CME ERROR).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace siaga::sms {

constexpr std::size_t at_line_octets_max = 1024;

struct AtToken {
  bool is_prompt = false;
  std::string_view line;  // valid until the next call
};

class AtLines {
 public:
  // Takes bytes off the front until a line or prompt is whole; nothing = all taken, more is needed.
  std::optional<AtToken> next(std::string_view& bytes);
  std::size_t held() const noexcept { return line_.size(); }

 private:
  void add(char c);
  std::string line_;
  bool is_whole_ = false;  // line_ was handed out
  bool is_too_long_ = false;
};

enum class AtLineKind {
  ok,           // the command is done
  error,        // the command was refused: ERROR, +CME ERROR, +CMS ERROR and some vendors' words
  information,  // belongs to the command's answer
  unsolicited,  // the modem speaks of itself
};

// `expected` is the name the running command's answer has ("+CPMS"), "" when none runs.
AtLineKind kind_of(std::string_view line, std::string_view expected);

// "+CMTI" of `+CMTI: "SM",3`; "" of a line without a name.
std::string_view at_name(std::string_view line);
// "+CPMS" of `AT+CPMS=?`; "" of commands whose answer has no name: ATE0, AT.
std::string_view answer_name(std::string_view command);
// A line that announces a PDU on the next: +CMT, +CDS, +CBM.
bool announces_pdu(std::string_view name);
// An even number of hexadecimal digits, at least two.
bool is_hex(std::string_view line);
bool same_text(std::string_view a, std::string_view b);  // ASCII case aside

}  // namespace siaga::sms
