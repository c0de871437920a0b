#include "protocols/email/settings.hpp"

#include <algorithm>
#include <boost/algorithm/string/trim.hpp>
#include <boost/url/parse.hpp>
#include <charconv>
#include <fstream>
#include <sstream>

#include "protocols/email/smtp/command.hpp"

namespace siaga::email {
namespace {

Error unusable(std::string what) {
  return Error(Errc::invalid_configuration, std::move(what));
}

Result<void> take_url(Terms& terms, std::string const& url) {
  auto const parsed = boost::urls::parse_uri(url);
  if (!parsed) return unusable("url: \"" + url + "\" is not one; write smtp://HOST:PORT");
  bool const implicit_tls = parsed->scheme() == "smtps";
  if (!implicit_tls && parsed->scheme() != "smtp")
    return unusable("url: begins with neither smtp:// nor smtps://");
  if (parsed->has_userinfo())
    return unusable("url: user and password go into username and password_file");
  if (parsed->encoded_host().empty()) return unusable("url: names no host");
  bool const more = !(parsed->encoded_path().empty() || parsed->encoded_path() == "/");
  if (more || parsed->has_query() || parsed->has_fragment())
    return unusable("url: has something after the port");
  terms.host = parsed->host_address();
  auto const port = parsed->port();  // digits of any length
  terms.port = implicit_tls ? 465 : 25;
  auto const* end = port.data() + port.size();
  auto const read = std::from_chars(port.data(), end, terms.port);
  bool const good = port.empty() || (read.ec == std::errc() && read.ptr == end);
  if (!good || terms.port == 0) return unusable("url: the port is not between 1 and 65535");
  if (implicit_tls) terms.opening.tls = TlsUse::from_start;
  return {};
}

Result<void> take_secrets(OpeningTerms& terms, SmtpSettings const& settings) {
  terms.username = settings.username;
  terms.password = settings.password;
  if (!settings.password_file.empty()) {
    if (!settings.password.empty())
      return unusable("password and password_file are both set; keep password_file");
    std::ifstream file(settings.password_file);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) return Error(Errc::file_unreadable, "password_file: " + settings.password_file);
    terms.password = boost::algorithm::trim_right_copy_if(
        text.str(), [](char c) { return c == '\n' || c == '\r'; });
  }
  if (!terms.username.empty() && terms.password.empty())
    return unusable("username is set but neither password_file nor password");
  if (terms.username.empty() && !terms.password.empty())
    return unusable("a password is set but no username");
  auto const has_zero = [](std::string const& text) { return text.find('\0') != text.npos; };
  if (has_zero(terms.username) || has_zero(terms.password))
    return unusable("username or password has a zero byte");
  return {};
}

bool is_helo_char(char c) {
  return c > 0x20 && c < 0x7f;
}

bool is_helo(std::string const& text) {
  return !text.empty() && text.size() <= 255 && std::all_of(text.begin(), text.end(), is_helo_char);
}

}  // namespace

Fields const& SmtpSettings::fields() {
  using S = SmtpSettings;
  static auto const table =
      FieldsOf<S>()
          .text("url", &S::url, "The mail server: smtp://HOST:PORT, or smtps:// for TLS at once.")
          .text("from", &S::from, "The sender: an address, or NAME <ADDRESS>.")
          .required()
          .text("reply_to", &S::reply_to, "Where an officer's mail reply goes; empty = to from.")
          .text("starttls", &S::starttls,
                "Whether to encrypt by STARTTLS: optional takes it when offered.")
          .one_of({"off", "optional", "required"})
          .text("username", &S::username, "Name for AUTH PLAIN or LOGIN; empty = none.")
          .text("password", &S::password, "Its password; password_file is safer.")
          .secret()
          .text("password_file", &S::password_file, "File whose only line is the password.")
          .path()
          .text("helo", &S::helo, "Name said in EHLO; empty = this machine's.")
          .text("ca_file", &S::ca_file, "Certificates to trust, PEM; empty = the system's.")
          .path()
          .flag("verify", &S::verify,
                "Check the server's certificate and name. STARTTLS that is optional, without "
                "password "
                "and without ca_file only encrypts.")
          .number("connections", &S::connections, "Connections kept to the mail server at most.")
          .unit("connections")
          .range(1, 100)
          .duration("connect_timeout", &S::connect_timeout, "Patience with a connect attempt.")
          .range(100, 60'000)
          .duration("idle_timeout", &S::idle_timeout, "An unused connection is closed after this.")
          .range(1'000, 3'600'000);
  return table;
}

Result<Mailbox> parse_mailbox(std::string_view text) {
  Mailbox mailbox;
  auto const bracket = text.find('<');
  if (bracket == std::string_view::npos) {
    mailbox.address = boost::algorithm::trim_copy(std::string(text));
  } else {
    auto const end = text.find('>', bracket);
    if (end == std::string_view::npos || end + 1 != text.size())
      return Error(Errc::invalid_argument, "a mailbox is written NAME <ADDRESS>");
    mailbox.address = text.substr(bracket + 1, end - bracket - 1);
    mailbox.name = boost::algorithm::trim_copy_if(std::string(text.substr(0, bracket)),
                                                  boost::algorithm::is_any_of(" \""));
  }
  auto const is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  if (std::any_of(mailbox.name.begin(), mailbox.name.end(), is_control))
    return Error(Errc::invalid_argument, "the mailbox's name has a control character");
  if (auto const good = check_address(mailbox.address); !good) return good.error();
  return mailbox;
}

Result<Terms> terms_of(SmtpSettings const& settings, std::string const& host_name) {
  Terms terms;
  terms.opening.tls = settings.starttls == "off"        ? TlsUse::off
                      : settings.starttls == "required" ? TlsUse::required
                                                        : TlsUse::optional;
  if (auto const taken = take_url(terms, settings.url); !taken) return taken.error();
  if (auto const taken = take_secrets(terms.opening, settings); !taken) return taken.error();
  auto from = parse_mailbox(settings.from);
  if (!from) return unusable("from: " + from.error().detail);
  terms.from = std::move(*from);
  if (!settings.reply_to.empty()) {
    auto reply_to = parse_mailbox(settings.reply_to);
    if (!reply_to) return unusable("reply_to: " + reply_to.error().detail);
    terms.reply_to = std::move(reply_to->address);
  }
  auto& helo = terms.opening.helo = settings.helo.empty() ? host_name : settings.helo;
  if (helo.empty()) helo = terms.from.domain();
  if (!is_helo(helo)) return unusable("helo: \"" + helo + "\" is not a host name");
  bool const only_encrypts = terms.opening.tls == TlsUse::optional &&
                             terms.opening.username.empty() && settings.ca_file.empty();
  terms.tls.ca_file = settings.ca_file;
  terms.tls.verify = settings.verify && !only_encrypts;
  terms.tls.server_name = terms.host;
  terms.connections = static_cast<std::size_t>(settings.connections);
  terms.connect_timeout = settings.connect_timeout;
  terms.idle_timeout = settings.idle_timeout;
  return terms;
}

}  // namespace siaga::email
