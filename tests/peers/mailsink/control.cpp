#include <algorithm>
#include <charconv>
#include <sstream>

#include "tests/peers/mailsink/sink.hpp"

namespace siaga::mailsink {

char const* const control_help =
    R"(Control port: one command a line, one line of answer ("ok ...", "error ...", or JSON).
  reply STAGE CODE [TEXT...]        answer STAGE with "CODE TEXT" (421 also closes)
                                    (\r\n in TEXT ends a line: answers of several lines)
  reply STAGE ok                    as usual again
  hang STAGE                        from STAGE on say nothing more on that connection
  drop STAGE                        at STAGE close the connection without an answer
  slow STAGE MS                     answer STAGE as usual, MS milliseconds late
      each of these may end with   times N      only the next N times
                             and   for ADDRESS  only this recipient (STAGE rcpt)
  clear                             forget all of these
  down / up                         close the mail ports and every connection / listen again
  quiet / brief / full              how much to print per mail, see below
  pipelining on|off                 whether EHLO offers PIPELINING
  stats                             counts as JSON: connections (since reset), open, mails,
                                    recipients, refused, bytes, first_ns, last_ns
  reset                             counts from zero
STAGE: greeting ehlo starttls auth rset mail rcpt data body noop quit; body is the final dot.
      hang body and drop body take the mail first, then say nothing.

Output, a JSON object a line:
  full    t_ns, from, rcpt[], message_id, subject, text, link, bytes, tls, answered
  brief   t_ns, from, rcpt[], message_id          (for latency at speed)
  quiet   nothing                                 (for throughput)
  t_ns: CLOCK_REALTIME when the first byte of MAIL was read; subject, text: decoded;
  link: the first http(s) link of the text; answered: false after hang or drop at body.
)";

namespace {

bool read_number(std::string const& text, int& number) {
  auto const* end = text.data() + text.size();
  auto const [at, ec] = std::from_chars(text.data(), end, number);
  return ec == std::errc() && at == end && number > 0;
}

// Takes "times N" and "for ADDRESS" off the end.
bool take_tail(std::vector<std::string>& words, Rule& rule) {
  while (words.size() >= 2) {
    auto const& name = words[words.size() - 2];
    auto const& value = words.back();
    if (name == "for") {
      rule.address = value;
    } else if (name == "times") {
      if (!read_number(value, rule.times)) return false;
    } else {
      return true;
    }
    words.resize(words.size() - 2);
  }
  return true;
}

// "\\r\\n" typed as four characters.
std::string unescaped(std::string text) {
  for (auto at = text.find("\\r\\n"); at != text.npos; at = text.find("\\r\\n"))
    text.replace(at, 4, "\r\n");
  return text;
}

bool is_code(std::string const& text) {
  return text.size() == 3 && text[0] >= '2' && text[0] <= '5' &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string set_rule(Script& script, std::vector<std::string> words) {
  Rule rule;
  if (!take_tail(words, rule)) return "error: times wants a number above 0";
  if (words.size() < 2) return "error: which stage?";
  rule.stage = words[1];
  if (std::ranges::find(stages, rule.stage) == stages.end()) return "error: no stage " + rule.stage;
  if (words[0] == "hang") rule.act = Act::hang;
  if (words[0] == "drop") rule.act = Act::drop;
  if (words[0] == "slow") {
    rule.act = Act::slow;
    if (words.size() < 3 || !read_number(words[2], rule.late_ms)) return "error: how many ms?";
  }
  if (words[0] == "reply") {
    if (words.size() < 3) return "error: which code?";
    if (words[2] == "ok") {
      script.clear(rule.stage);
      return "ok " + rule.stage + " as usual";
    }
    if (!is_code(words[2])) return "error: a code is 200 to 599, or ok";
    rule.reply = words[2];
    for (std::size_t i = 3; i < words.size(); ++i) rule.reply += " " + words[i];
    if (words.size() == 3) rule.reply += " as told";
  }
  rule.reply = unescaped(std::move(rule.reply));
  auto const answer = "ok " + words[0] + " " + rule.stage;
  script.add(std::move(rule));
  return answer;
}

}  // namespace

std::string Sink::command(std::string const& line) {
  std::istringstream stream(line);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  if (words.empty()) return "error: empty command";
  auto const& verb = words[0];
  if (verb == "reply" || verb == "hang" || verb == "drop" || verb == "slow")
    return set_rule(script_, std::move(words));
  if (verb == "stats") return report_.stats();
  if (verb == "down") return down();
  if (verb == "up") return up();
  if (verb == "pipelining" && words.size() == 2) {
    options_.offer.pipelining = words[1] == "on";
    return "ok pipelining " + words[1];
  }
  if (verb == "clear") {
    script_.clear("");
  } else if (verb == "reset") {
    report_.clear();
  } else if (verb == "quiet") {
    report_.set_detail(Detail::quiet);
  } else if (verb == "brief") {
    report_.set_detail(Detail::brief);
  } else if (verb == "full") {
    report_.set_detail(Detail::full);
  } else {
    return "error: unknown command " + verb + "; see --help";
  }
  return "ok " + verb;
}

}  // namespace siaga::mailsink
