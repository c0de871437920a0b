#include "protocols/email/smtp/capabilities.hpp"

#include <boost/algorithm/string/predicate.hpp>
#include <charconv>

namespace siaga::email {
namespace {

bool same(std::string_view a, std::string_view b) {
  return boost::algorithm::iequals(a, b);
}

std::string_view take_word(std::string_view& rest) {
  auto const begin = rest.find_first_not_of(" =");  // "AUTH=LOGIN" is an old spelling
  if (begin == std::string_view::npos) return rest = {};
  rest.remove_prefix(begin);
  auto const word = rest.substr(0, rest.find_first_of(" ="));
  rest.remove_prefix(word.size());
  return word;
}

void take_keyword(Capabilities& server, std::string_view line) {
  auto const keyword = take_word(line);
  if (same(keyword, "PIPELINING")) server.pipelining = true;
  if (same(keyword, "STARTTLS")) server.starttls = true;
  if (same(keyword, "DSN")) server.dsn = true;
  if (same(keyword, "SIZE")) {
    auto const number = take_word(line);
    std::uint64_t bytes = 0;
    auto const [end, ec] = std::from_chars(number.data(), number.data() + number.size(), bytes);
    if (ec == std::errc()) server.size_max = bytes;
  }
  if (!same(keyword, "AUTH")) return;
  for (auto method = take_word(line); !method.empty(); method = take_word(line)) {
    if (same(method, "PLAIN")) server.auth_plain = true;
    if (same(method, "LOGIN")) server.auth_login = true;
  }
}

}  // namespace

Capabilities parse_capabilities(Reply const& ehlo) {
  Capabilities server;
  std::string_view rest = ehlo.text;
  auto end = rest.find('\n');  // the first line greets
  while (end != std::string_view::npos) {
    rest.remove_prefix(end + 1);
    end = rest.find('\n');
    take_keyword(server, rest.substr(0, end));
  }
  return server;
}

}  // namespace siaga::email
