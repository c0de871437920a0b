#include "gateway/domain/links.hpp"

#include <algorithm>
#include <array>

#include "gateway/domain/text.hpp"

namespace siaga {
namespace {

using std::string_view;

constexpr string_view broken_dot = "(.)";
constexpr std::array<string_view, 40> well_known_names = {
    "id",   "com",   "net",  "org",  "info",   "biz",   "ly",    "me",   "gl",  "io",
    "co",   "xyz",   "link", "site", "online", "top",   "app",   "cc",   "tk",  "gg",
    "page", "dev",   "zip",  "mov",  "shop",   "store", "click", "live", "icu", "buzz",
    "asia", "cloud", "my",   "goo",  "gov",    "edu",   "mobi",  "pro",  "vip", "example"};
constexpr std::array<string_view, 8> mute_schemes = {
    "mailto:", "tel:", "sms:", "smsto:", "geo:", "data:", "javascript:", "intent:"};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_host_letter(char c) {
  return is_letter(c) || is_digit(c) || c == '-' || c == '_';
}

bool starts_with(string_view text, string_view small) {
  return same_ignoring_case(text.substr(0, small.size()), small);
}

// Dots as a resolver of international names reads them (RFC 3490, section 3.1).
std::string with_plain_dots(string_view text) {
  std::string plain(text);
  for (string_view const dot : {"\u3002", "\uFF0E", "\uFF61"})
    for (auto at = plain.find(dot); at != plain.npos; at = plain.find(dot, at + 1))
      plain.replace(at, dot.size(), ".");
  return plain;
}

std::vector<string_view> labels_of(string_view host) {
  std::vector<string_view> labels;
  for (;;) {
    auto const dot = host.find('.');
    labels.push_back(host.substr(0, dot));
    if (dot == host.npos) return labels;
    host.remove_prefix(dot + 1);
  }
}

// "bit.ly", "10.0.0.1"; not "Jl.", "3.5" or "pukul14.30".
bool could_be_host(string_view text, Bare bare) {
  auto labels = labels_of(text);
  if (labels.size() > 2 && labels.back().empty()) labels.pop_back();
  auto const is_label = [](string_view label) {
    return !label.empty() && std::ranges::all_of(label, [](char c) {
      return is_host_letter(c) || static_cast<unsigned char>(c) >= 0x80;
    });
  };
  if (labels.size() < 2 || !std::ranges::all_of(labels, is_label)) return false;
  auto const is_number = [](string_view label) { return std::ranges::all_of(label, is_digit); };
  if (labels.size() == 4 && std::ranges::all_of(labels, is_number)) return true;
  auto const top = lower_case(labels.back());
  if (bare == Bare::well_known)
    return std::ranges::find(well_known_names, string_view(top)) != well_known_names.end();
  bool const letters = std::ranges::none_of(top, is_digit) || top.starts_with("xn--");
  return top.size() >= 2 && letters;
}

struct Address {
  string_view scheme;  // with its colon; empty = none
  string_view user, host, rest;
};

Address address_in(string_view text) {
  Address found;
  auto const slashes = text.find("://");
  if (slashes != text.npos) {
    found.scheme = text.substr(0, slashes + 1);
    text.remove_prefix(slashes + 3);
  }
  auto const end = std::min(text.find_first_of("/?#\\"), text.size());
  auto authority = text.substr(0, end);
  found.rest = text.substr(end);
  if (auto const at = authority.rfind('@'); at != authority.npos) {
    found.user = authority.substr(0, at + 1);
    authority.remove_prefix(at + 1);
  }
  auto const colon = authority.find(':');
  found.host = authority.substr(0, colon);
  return found;
}

// What comes after the host may be anything that cannot begin another link.
bool is_quiet(string_view rest) {
  auto const ordinary = [](char c) {
    return c > 0x20 && c < 0x7F && string_view("\\\"<>^`{|}@,;").find(c) == string_view::npos;
  };
  return std::ranges::all_of(rest, ordinary) && rest.find("://") == rest.npos &&
         lower_case(rest).find("www.") == std::string::npos;
}

bool is_listed(Address const& address, Hosts const& hosts) {
  bool const web = address.scheme.empty() || same_ignoring_case(address.scheme, "http:") ||
                   same_ignoring_case(address.scheme, "https:");
  if (!web || !address.user.empty() || !is_quiet(address.rest)) return false;
  auto host = lower_case(address.host);
  if (host.ends_with('.')) host.pop_back();
  return std::ranges::any_of(hosts, [&](std::string const& listed) {
    return host == listed || (host.ends_with(listed) && host.size() > listed.size() &&
                              host[host.size() - listed.size() - 1] == '.');
  });
}

std::string with_broken_dots(string_view text) {
  std::string broken;
  for (char const c : with_plain_dots(text)) {
    if (c == '.')
      broken += broken_dot;
    else
      broken += c;
  }
  return broken;
}

// The host alone: what stands before and behind it is for machines.
std::string words_of(Address const& address) {
  auto host = address.host;
  while (host.ends_with('.')) host.remove_suffix(1);
  return with_broken_dots(host);
}

// "Info:https://..." -> where the scheme begins.
std::size_t begin_of_scheme(string_view word) {
  auto at = word.find("://");
  while (at > 0 && (is_letter(word[at - 1]) || is_digit(word[at - 1]))) --at;
  return at;
}

bool is_mail_address(string_view word) {
  auto const at = word.find('@');
  return at != word.npos && at > 0 && word.find('@', at + 1) == word.npos &&
         word.find_first_of("/\\?#:") == word.npos;
}

bool may_be_of_host(char c) {
  return is_host_letter(c) || c == '.' || static_cast<unsigned char>(c) >= 0x80;
}

// Whatever in a word without a scheme reads like a host.
std::string with_broken_hosts(string_view word, Bare bare) {
  std::string result;
  while (!word.empty()) {
    auto const end = std::ranges::find_if_not(word, may_be_of_host) - word.begin();
    auto const run = word.substr(0, static_cast<std::size_t>(end));
    auto const last = run.find_last_not_of('.');
    auto const host = run.substr(0, last == run.npos ? 0 : last + 1);
    bool const leads = starts_with(host, "www.") || could_be_host(with_plain_dots(host), bare);
    result += leads ? with_broken_dots(host) : std::string(host);
    result += run.substr(host.size());
    word.remove_prefix(run.size());
    auto const begin = std::ranges::find_if(word, may_be_of_host) - word.begin();
    result += word.substr(0, static_cast<std::size_t>(begin));
    word.remove_prefix(static_cast<std::size_t>(begin));
  }
  return result;
}

// A word without the full stop behind it.
std::string word_without_link(string_view word, Hosts const& hosts, Bare bare) {
  if (word.find("://") != word.npos) {
    auto const begin = begin_of_scheme(word);
    auto const link = address_in(word.substr(begin));
    auto const before = with_broken_hosts(word.substr(0, begin), bare);
    if (is_listed(link, hosts)) return before + std::string(word.substr(begin));
    return before + words_of(link);
  }
  for (auto const scheme : mute_schemes)
    if (starts_with(word, scheme) && word.size() > scheme.size())
      return word_without_link(word.substr(scheme.size()), hosts, bare);
  if (is_mail_address(word) || is_listed(address_in(word), hosts)) return std::string(word);
  return with_broken_hosts(word, bare);
}

}  // namespace

bool is_host_name(string_view text) {
  auto const labels = labels_of(text);
  auto const is_label = [](string_view label) {
    return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
           std::ranges::all_of(
               label, [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-'; });
  };
  return labels.size() >= 2 && text.size() <= 253 && std::ranges::all_of(labels, is_label) &&
         !std::ranges::all_of(labels.back(), is_digit);
}

std::string link_or_words(string_view address, Hosts const& hosts) {
  auto const link = address_in(address);
  bool const has_host = link.host.find('.') != string_view::npos;
  if (address.find(' ') == address.npos && has_host && link.user.empty())
    return is_listed(link, hosts) ? std::string(address) : words_of(link);
  return without_foreign_links(address, hosts, Bare::any);
}

std::string without_foreign_links(string_view text, Hosts const& hosts, Bare bare) {
  bool const may_lead = text.find('.') != text.npos || text.find(':') != text.npos ||
                        with_plain_dots(text).size() != text.size();
  if (!may_lead) return std::string(text);
  constexpr string_view between = " ,;|<>\"'`()[]{}", behind = ".:!?*_";
  std::string result;
  while (!text.empty()) {
    auto const end = std::min(text.find_first_of(between), text.size());
    auto const word = text.substr(0, end);
    auto const last = word.find_last_not_of(behind);
    auto const core = word.substr(0, last == word.npos ? 0 : last + 1);
    result += word_without_link(core, hosts, bare);
    result += word.substr(core.size());
    auto const next = std::min(text.find_first_not_of(between, end), text.size());
    result += text.substr(end, next - end);
    text.remove_prefix(next);
  }
  return result;
}

}  // namespace siaga
