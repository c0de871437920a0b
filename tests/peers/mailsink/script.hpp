// Script: how the sink behaves at each stage: answer as usual, with another code, hang, drop, or
// slowly.
//
// Place:  control connection -> SCRIPT -> conversation.
// Thread: the sink's only one.
#pragma once

#include <array>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace siaga::mailsink {

inline constexpr std::array<std::string_view, 11> stages{
    "greeting", "ehlo", "starttls", "auth", "rset", "mail", "rcpt", "data", "body", "noop", "quit"};

enum class Act { reply, hang, drop, slow };

struct Rule {
  Act act = Act::reply;
  std::string stage;
  std::string reply;    // "450 4.2.0 try later"
  std::string address;  // only for this recipient; empty = all
  int late_ms = 0;      // slow
  int times = std::numeric_limits<int>::max();
};

class Script {
 public:
  // The rule for this stage, used up by one; the one added last wins.
  std::optional<Rule> take(std::string_view stage, std::string_view address = {});
  void add(Rule rule) { rules_.push_back(std::move(rule)); }
  void clear(std::string_view stage);  // "" = all

 private:
  std::vector<Rule> rules_;
};

}  // namespace siaga::mailsink
