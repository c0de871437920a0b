#include "protocols/email/smtp/command.hpp"

#include <openssl/evp.h>

#include <algorithm>

namespace siaga::email {
namespace {

constexpr std::size_t local_part_bytes_max = 64;
constexpr std::size_t address_bytes_max = 254;
constexpr std::size_t envid_bytes_max = 100;

bool is_printable(char c) {
  return c > 0x20 && c < 0x7f;
}

bool is_address_char(char c) {
  return is_printable(c) && std::string_view("<>()[]\\,;:\"").find(c) == std::string_view::npos;
}

std::string base64(std::string_view text) {
  std::string out(4 * ((text.size() + 2) / 3) + 1, '\0');  // OpenSSL adds a zero byte
  auto const size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                    reinterpret_cast<unsigned char const*>(text.data()),
                                    static_cast<int>(text.size()));
  out.resize(static_cast<std::size_t>(size));
  return out;
}

// One line without its end; a lone CR inside it ends a line too.
void append_line(std::string& out, std::string_view line) {
  for (;;) {
    auto const lone = line.find('\r');
    if (line.starts_with('.')) out += '.';
    out.append(line.substr(0, lone)).append("\r\n");
    if (lone == std::string_view::npos) return;
    line.remove_prefix(lone + 1);
  }
}

}  // namespace

Result<void> check_address(std::string_view address) {
  auto const refuse = [&](std::string why) {
    return Error(Errc::invalid_argument, "the mail address " + std::move(why));
  };
  if (address.size() > address_bytes_max) return refuse("is longer than 254 characters");
  if (!std::all_of(address.begin(), address.end(), is_address_char))
    return refuse("has a character that is not allowed in one");
  auto const at = address.find('@');
  if (at == std::string_view::npos || address.find('@', at + 1) != std::string_view::npos)
    return refuse("does not have exactly one @");
  if (at == 0 || at > local_part_bytes_max) return refuse("has no usable part before the @");
  if (at + 1 == address.size()) return refuse("has no domain after the @");
  return {};
}

std::string mail_command(std::string_view from, std::string_view envelope_id,
                         Capabilities const& server) {
  std::string line = "MAIL FROM:<";
  line.append(from).append(">");
  if (auto const id = xtext(envelope_id); server.dsn && !id.empty() && id.size() <= envid_bytes_max)
    line.append(" RET=HDRS ENVID=").append(id);
  return line.append("\r\n");
}

std::string rcpt_command(std::string_view to, Capabilities const& server) {
  std::string line = "RCPT TO:<";
  line.append(to).append(">");
  if (server.dsn) line.append(" NOTIFY=FAILURE ORCPT=rfc822;").append(xtext(to));
  return line.append("\r\n");
}

std::string auth_plain_command(std::string_view username, std::string_view password) {
  std::string secret(1, '\0');
  secret.append(username).append(1, '\0').append(password);
  return "AUTH PLAIN " + base64_line(secret);
}

std::string base64_line(std::string_view text) {
  return base64(text) + "\r\n";
}

std::string xtext(std::string_view text) {
  constexpr std::string_view hex_digits = "0123456789ABCDEF";
  std::string out;
  for (char c : text) {
    if (is_printable(c) && c != '+' && c != '=') {
      out += c;
      continue;
    }
    auto const byte = static_cast<unsigned char>(c);
    out.append({'+', hex_digits[byte >> 4], hex_digits[byte & 15]});
  }
  return out;
}

std::string as_data(std::string_view mail) {
  std::string out;
  out.reserve(mail.size() + 64);
  while (!mail.empty()) {
    auto const end = mail.find('\n');
    auto line = mail.substr(0, end);
    mail.remove_prefix(end == std::string_view::npos ? mail.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    append_line(out, line);
  }
  return out.append(".\r\n");
}

}  // namespace siaga::email
