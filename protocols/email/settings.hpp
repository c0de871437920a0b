// SmtpSettings: [channel.NAME] kind = "smtp", and what it means once checked.
//
// Place:  loader -> SETTINGS -> terms_of() -> channel.
// Thread: values; the password file is read once, at start.
// Errors: invalid_configuration, file_unreadable, naming the key and what to write instead.
#pragma once

#include <chrono>
#include <string>

#include "gateway/async/stream.hpp"
#include "gateway/base/fields.hpp"
#include "gateway/base/result.hpp"
#include "protocols/email/smtp/opening.hpp"

namespace siaga::email {

struct SmtpSettings {
  std::string url = "smtp://127.0.0.1:25";
  std::string from;
  std::string reply_to;
  std::string starttls = "optional";
  std::string username;
  std::string password;
  std::string password_file;
  std::string helo;
  std::string ca_file;
  bool verify = true;
  std::int64_t connections = 8;
  std::chrono::milliseconds connect_timeout = std::chrono::seconds(5);
  std::chrono::milliseconds idle_timeout = std::chrono::minutes(1);

  static Fields const& fields();
};

struct Mailbox {
  std::string name;     // may be empty
  std::string address;  // passed check_address()
  std::string domain() const { return address.substr(address.find('@') + 1); }
};
// "siaga@bontang.example" or "Siaga Bontang <siaga@bontang.example>".
[[nodiscard]] Result<Mailbox> parse_mailbox(std::string_view text);

// Where the mail server is and how it is greeted.
struct Terms {
  std::string host;
  std::uint16_t port = 25;
  OpeningTerms opening;
  TlsSettings tls;
  Mailbox from;
  std::string reply_to;
  std::size_t connections = 8;
  std::chrono::milliseconds connect_timeout{};
  std::chrono::milliseconds idle_timeout{};
};
// `host_name` is this machine's, said in EHLO unless `helo` is set.
[[nodiscard]] Result<Terms> terms_of(SmtpSettings const& settings, std::string const& host_name);

}  // namespace siaga::email
