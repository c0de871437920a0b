#include "protocols/radio/speech/clean.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>

namespace siaga::radio {
namespace {

struct Decoded {
  std::uint32_t code = 0;  // 0 = not a character
  std::size_t bytes = 1;
};

Decoded decode_one(std::string_view text) {
  auto const lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return {lead, 1};
  std::size_t const bytes = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
  if (bytes == 0 || lead > 0xf4 || bytes > text.size()) return {};
  std::uint32_t code = lead & (0x7fU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    auto const next = static_cast<unsigned char>(text[i]);
    if ((next & 0xc0) != 0x80) return {};
    code = code << 6 | (next & 0x3f);
  }
  return {code, bytes};
}

// The ASCII that stands for a character people paste from word processors; empty = drop it.
std::string_view plain(std::uint32_t code) {
  switch (code) {
    case 0x00a0:
    case 0x2002:
    case 0x2003:
    case 0x2009:
    case 0x202f:
      return " ";
    case 0x2010:
    case 0x2011:
    case 0x2212:
      return "-";
    case 0x2013:
    case 0x2014:
      return " - ";
    case 0x2018:
    case 0x2019:
    case 0x2032:
      return "'";
    case 0x2026:
      return ".";
    case 0x2022:
    case 0x00b7:
      return ",";
    case 0x00b0:
    case 0x00ba:
      return "^";
    case 0x00b2:
      return "2";
    case 0x00b3:
      return "3";
    case 0x00bd:
      return " setengah ";
    case 0x00b1:
      return " kurang lebih ";
    default:
      return " ";
  }
}

bool is_latin_letter(std::uint32_t code) {
  return code >= 0xc0 && code <= 0x17f && code != 0xd7 && code != 0xf7;
}

std::string to_speakable(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    auto const [code, bytes] = decode_one(text);
    auto const here = text.substr(0, bytes);
    text.remove_prefix(bytes);
    if (code >= 0x80)
      result += is_latin_letter(code) ? here : plain(code);
    else if (code == '\n' || code == '\r')
      result += ". ";
    else if (code < 0x20 || code == 0x7f ||
             std::string_view("[]{}<>|\\^`~").find(here[0]) != here.npos)
      result += ' ';
    else
      result += here;
  }
  return result;
}

// Top-level names under which addresses turn up in alerts, for those written without "https://".
constexpr std::array<std::string_view, 9> top_names = {".id", ".com", ".net", ".org", ".ly",
                                                       ".me", ".gl",  ".io",  ".info"};

bool is_link(std::string_view word) {
  std::string low(word);
  std::ranges::transform(low, low.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  while (!low.empty() && std::string_view(".,;:!?)\"'").find(low.back()) != std::string_view::npos)
    low.pop_back();
  if (low.find("://") != low.npos || low.starts_with("www.")) return true;
  auto const host = low.substr(0, low.find('/'));
  if (host.find('@') != host.npos) return host.find('.', host.find('@')) != host.npos;
  return host.find('.') != 0 &&
         std::ranges::any_of(top_names, [&](auto name) { return host.ends_with(name); });
}

}  // namespace

std::string clean(std::string_view text) {
  auto const speakable = to_speakable(text);
  std::string result;
  for (std::size_t at = 0; at < speakable.size();) {
    auto const begin = speakable.find_first_not_of(' ', at);
    if (begin == speakable.npos) break;
    at = std::min(speakable.find(' ', begin), speakable.size());
    auto const word = std::string_view(speakable).substr(begin, at - begin);
    if (is_link(word)) continue;
    if (!result.empty()) result += ' ';
    result += word;
  }
  return result;
}

}  // namespace siaga::radio
