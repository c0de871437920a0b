#include "protocols/sms/modem/at_line.hpp"

#include <algorithm>
#include <array>

#include "protocols/sms/modem/at_values.hpp"

namespace siaga::sms {
namespace {

constexpr std::string_view name_marks = "+^*#%$&!";
constexpr std::size_t name_octets_max = 24;

constexpr auto refusals = std::to_array<std::string_view>(
    {"ERROR", "+CME ERROR", "+CMS ERROR", "COMMAND NOT SUPPORT", "TOO MANY PARAMETERS"});

// Unsolicited words without a name, as modems say them at power-up, power-down and for calls.
constexpr auto words = std::to_array<std::string_view>(
    {"RING", "NO CARRIER", "BUSY", "NO ANSWER", "RDY", "SMS READY", "CALL READY", "PB DONE",
     "SMS DONE", "NORMAL POWER DOWN", "POWERED DOWN", "UNDER-VOLTAGE", "OVER-VOLTAGE", "BOOT"});

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool begins(std::string_view line, std::string_view with) {
  return line.size() >= with.size() && same_text(line.substr(0, with.size()), with);
}

bool is_letter(char c) {
  return lower(c) >= 'a' && lower(c) <= 'z';
}

bool is_name_letter(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || c == '_';
}

std::size_t name_end(std::string_view text) {
  std::size_t end = 1;
  while (end < text.size() && is_name_letter(text[end])) ++end;
  return end;
}

bool is_registration(std::string_view name) {
  constexpr auto names = std::to_array<std::string_view>({"+CREG", "+CGREG", "+CEREG", "+C5GREG"});
  return std::ranges::any_of(names, [&](auto one) { return same_text(one, name); });
}

// "+CREG: 0,1" answers a question; "+CREG: 1" and `+CREG: 1,"00C3","01AF"` come by themselves.
bool answers_registration(std::string_view line) {
  auto const values = split_values(values_of(line));
  return values.size() >= 2 && values[1].size() <= 2 && number_of(values[1]);
}

}  // namespace

bool same_text(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

void AtLines::add(char c) {
  if (line_.size() >= at_line_octets_max) is_too_long_ = true;
  if (!is_too_long_) line_.push_back(c);
}

std::optional<AtToken> AtLines::next(std::string_view& bytes) {
  if (is_whole_) line_.clear();
  is_whole_ = false;
  while (!bytes.empty()) {
    char const c = bytes.front();
    bytes.remove_prefix(1);
    if (c == '\r' || c == '\n') {
      if (is_too_long_) line_.clear();
      is_too_long_ = false;
      while (!line_.empty() && line_.back() == ' ') line_.pop_back();
      if (line_.empty()) continue;
      is_whole_ = true;
      return AtToken{false, line_};
    }
    if (line_.empty() && c == '>') return AtToken{true, {}};
    if (static_cast<unsigned char>(c) < ' ' || (line_.empty() && c == ' ')) continue;
    add(c);
  }
  return std::nullopt;
}

std::string_view at_name(std::string_view line) {
  if (line.size() < 2 || name_marks.find(line.front()) == line.npos || !is_letter(line[1]))
    return {};
  auto const end = name_end(line);
  bool const named = end == line.size() || line[end] == ':' || line[end] == ' ';
  return named && end <= name_octets_max ? line.substr(0, end) : std::string_view();
}

std::string_view answer_name(std::string_view command) {
  if (command.size() < 4 || !begins(command, "AT")) return {};
  command.remove_prefix(2);
  if (name_marks.find(command.front()) == command.npos) return {};
  return command.substr(0, name_end(command));
}

AtLineKind kind_of(std::string_view line, std::string_view expected) {
  if (line == "OK") return AtLineKind::ok;
  for (auto const refusal : refusals)
    if (begins(line, refusal)) return AtLineKind::error;
  auto const name = at_name(line);
  if (!name.empty()) {
    if (expected.empty() || !same_text(name, expected)) return AtLineKind::unsolicited;
    bool const by_itself = is_registration(name) && !answers_registration(line);
    return by_itself ? AtLineKind::unsolicited : AtLineKind::information;
  }
  for (auto const word : words)
    if (begins(line, word)) return AtLineKind::unsolicited;
  return AtLineKind::information;
}

bool announces_pdu(std::string_view name) {
  return same_text(name, "+CMT") || same_text(name, "+CDS") || same_text(name, "+CBM");
}

bool is_hex(std::string_view line) {
  auto const digit = [](char c) {
    return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'f');
  };
  return line.size() >= 2 && line.size() % 2 == 0 && std::ranges::all_of(line, digit);
}

}  // namespace siaga::sms
