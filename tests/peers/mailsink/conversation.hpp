// Conversation: the server's side of SMTP as far as a test needs it; bytes in, bytes out.
//
// Place:  connection -> CONVERSATION -> Ledger (what was received).
// Thread: the sink's only one. No socket.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "tests/peers/mailsink/script.hpp"

namespace siaga::mailsink {

struct Offer {
  bool pipelining = true;
  bool starttls = false;
  std::string auth;  // "USER:PASSWORD"; empty = none wanted
};

struct Mail {
  std::int64_t first_byte_ns = 0;  // of MAIL; CLOCK_REALTIME
  std::int64_t end_ns = 0;         // of the final dot
  std::string from;
  std::vector<std::string> to;
  std::string bytes;  // dots as sent
  bool secure = false;
  bool answered = true;  // false: hung or dropped after the final dot
};

class Ledger {
 public:
  virtual ~Ledger() = default;
  virtual void received(Mail mail) = 0;
  virtual void refused() = 0;  // a 4xx or 5xx was given
};

class Conversation {
 public:
  enum class Next { go_on, close, hang, start_tls };

  Conversation(Offer const& offer, Script& script, Ledger& ledger)
      : offer_(offer), script_(script), ledger_(ledger) {}

  Next greet(std::string& out);
  Next take(std::string_view bytes, std::int64_t now_ns, std::string& out);
  std::chrono::milliseconds take_pause();  // before what was just said goes out
  Next secured();                          // TLS is on; nothing said before counts

 private:
  enum class Mode { commands, auth_user, auth_pass, message };
  Next on_line(std::string_view line, std::string& out);
  Next on_auth(std::string_view line, std::string& out);
  Next on_message(std::string& out, bool& more);
  Next on_mail(std::string_view line, std::string& out);
  Next on_rcpt(std::string_view line, std::string& out);
  // Says `usual`, unless the script wants something else; `usual_said` tells.
  Next say(std::string_view stage, std::string_view usual, std::string& out,
           std::string_view address = {});
  void forget_mail();

  Offer const& offer_;
  Script& script_;
  Ledger& ledger_;
  Mode mode_ = Mode::commands;
  std::string buffer_;
  std::size_t start_ = 0, searched_ = 0;
  std::int64_t now_ns_ = 0;
  Mail mail_;
  std::string user_;
  int pause_ms_ = 0;
  bool secure_ = false, signed_in_ = false, mail_open_ = false, usual_said_ = false;
};

}  // namespace siaga::mailsink
