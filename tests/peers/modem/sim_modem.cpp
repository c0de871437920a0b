#include "tests/peers/modem/sim_modem.hpp"

#include <algorithm>
#include <limits>

namespace siaga::simmodem {
namespace {

constexpr char escape = '\x1b', end_of_pdu = '\x1a';

std::string word(std::string& line) {
  auto const end = std::min(line.find(' '), line.size());
  auto const first = line.substr(0, end);
  line.erase(0, std::min(end + 1, line.size()));
  return first;
}

}  // namespace

void SimModem::restart() {
  echo_ = options.echo != 0;
  unlocked_ = acknowledges_ = false;
  routing.assign(5, 0);
  memory_ = "SM";
  input_.clear();
  expected_octets_ = 0;
  std::erase_if(actions_, [](Action const& action) { return !action.is_of_network; });
  if (unacknowledged_) network_.push_front(*unacknowledged_);
  unacknowledged_.reset();
  chat();
}

void SimModem::chat() {
  if (options.chatter <= 0) return;
  say("\r\n" + std::string(dialect().chatter) + "\r\n", 0);
  after(options.chatter, [this] { chat(); });
}

// ---- time

void SimModem::after_in_network(long delay, std::function<void()> action) {
  actions_.push_back({now_ + delay, std::move(action), true});
}

void SimModem::after(long delay, std::function<void()> action) {
  actions_.push_back({now_ + delay, std::move(action)});
}

void SimModem::tick(long now) {
  now_ = std::max(now_, now);
  for (;;) {
    auto const due = std::ranges::find_if(actions_, [&](auto const& a) { return a.at <= now_; });
    if (due == actions_.end()) return;
    auto const run = std::move(due->run);
    actions_.erase(due);
    run();
  }
}

long SimModem::next_due() const {
  auto due = std::numeric_limits<long>::max();
  for (auto const& action : actions_) due = std::min(due, action.at);
  if (away_until_ > now_) due = std::min(due, away_until_);
  return due;
}

// ---- lines out

void SimModem::say(std::string const& text, long delay) {
  if (delay <= 0) {
    if (now_ >= deaf_until_ && options.hang == 0) output += text;
    return;
  }
  after(delay, [this, text] { say(text, 0); });
}

void SimModem::line(std::string const& text) {
  say("\r\n" + text + "\r\n", options.answer_delay);
}

void SimModem::ok(std::string const& text) {
  injected("answer");
  if (!text.empty()) line(text);
  line("OK");
}

void SimModem::error() {
  line("ERROR");
}

void SimModem::refuse_modem(int code, std::string const& words) {
  line("+CME ERROR: " + (options.error_text != 0 ? words : std::to_string(code)));
}

void SimModem::refuse_message(int code, std::string const& words) {
  line("+CMS ERROR: " + (options.error_text != 0 ? words : std::to_string(code)));
}

void SimModem::injected(std::string const& where) {
  auto const found =
      std::ranges::find(injections_, where, &std::pair<std::string, std::string>::first);
  if (found == injections_.end()) return;
  auto const text = found->second;
  injections_.erase(found);
  line(text);
}

// ---- bytes in

void SimModem::receive(std::string_view bytes, long now) {
  tick(now);
  for (char const c : bytes) {
    if (echo_ && options.hang == 0 && now_ >= deaf_until_ && c != escape && c != end_of_pdu)
      output += c;
    take_byte(c);
  }
}

void SimModem::take_byte(char c) {
  if (c == escape) {
    ++counters.escapes;
    if (wants_pdu()) ok();
    expected_octets_ = 0;
    input_.clear();
    return;
  }
  if (wants_pdu()) {
    if (c == end_of_pdu) return take_pdu();
    if (c != '\r' && c != '\n') input_ += c;
    return;
  }
  if (c == '\r') return take_command(std::exchange(input_, {}));
  if (c != '\n') input_ += c;
}

void SimModem::take_command(std::string command) {
  if (command.empty()) return;
  log.push_back(command);
  ++counters.commands;
  std::transform(command.begin(), command.end(), command.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  if (command == "AT+CFUN=1,1") {
    ++counters.resets;
    if (options.reset_helps != 0) options.hang = 0;
    if (options.hang == 0) (void)obey("restart", now_);
    return;
  }
  if (options.hang != 0 || now_ < deaf_until_) return;
  bool const known = answer_general(command) || answer_sim(command) || answer_network(command) ||
                     answer_storages(command) || answer_messages(command);
  if (!known) error();
}

// ---- the control line

std::string SimModem::obey(std::string text, long now) {
  tick(now);
  auto const command = word(text);
  std::string problem;
  if (command == "set") {
    auto const key = word(text);
    problem = options.set(key, text);
    if (key == "chatter") chat();
    pass_on();
  } else if (command == "deliver" || command == "report") {
    incoming(command == "report", text);
  } else if (command == "store") {
    auto const name = word(text);
    store(name, text);
  } else if (command == "notice") {
    say("\r\n" + text + "\r\n", 0);
  } else if (command == "inject") {
    auto const where = word(text);
    injections_.emplace_back(where, text);
  } else if (command == "unplug" || command == "plug") {
    is_plugged_ = command == "plug";
    restart();
  } else if (command == "forget") {
    restart();
  } else if (command == "restart") {
    restart();
    deaf_until_ = now_ + options.boot;
    if (options.replug != 0) away_until_ = deaf_until_;
    std::string boot(dialect().boot);
    std::replace(boot.begin(), boot.end(), '|', '\n');
    for (std::size_t at = 0; at < boot.size();) {
      auto const end = std::min(boot.find('\n', at), boot.size());
      say("\r\n" + boot.substr(at, end - at) + "\r\n", options.boot + 1);
      at = end + 1;
    }
  } else if (command == "stats") {
    return stats() + "\n";
  } else if (command == "submitted") {
    std::string all;
    for (auto const& hex : submitted) all += (all.empty() ? "\"" : ",\"") + hex + '"';
    return "[" + all + "]\n";
  } else {
    problem = "unknown command " + command;
  }
  return problem.empty() ? "ok\n" : "error: " + problem + "\n";
}

std::string SimModem::stats() const {
  auto const& c = counters;
  std::string text = "{";
  auto const add = [&](char const* name, int value) {
    text += (text.size() > 1 ? ",\"" : "\"") + std::string(name) + "\":" + std::to_string(value);
  };
  add("commands", c.commands);
  add("submits", c.submits);
  add("accepted", c.accepted);
  add("acknowledged", c.acknowledged);
  add("refused", c.refused);
  add("deleted", c.deleted);
  add("resets", c.resets);
  add("pins", c.pins);
  add("sent_again", c.sent_again);
  for (auto const& [name, places] : storages)
    add(("stored_" + name).c_str(), static_cast<int>(places.size()));
  return text + "}";
}

}  // namespace siaga::simmodem
