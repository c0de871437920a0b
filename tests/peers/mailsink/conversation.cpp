#include "tests/peers/mailsink/conversation.hpp"

#include <openssl/evp.h>

#include <boost/algorithm/string/case_conv.hpp>
#include <utility>

namespace siaga::mailsink {
namespace {

using Next = Conversation::Next;

std::string_view path_in(std::string_view line) {
  auto const open = line.find('<'), close = line.find('>');
  if (open == line.npos || close == line.npos || close < open) return {};
  return line.substr(open + 1, close - open - 1);
}

std::string from_base64(std::string_view text) {
  std::string out(text.size(), '\0');
  auto const size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                    reinterpret_cast<unsigned char const*>(text.data()),
                                    static_cast<int>(text.size()));
  if (size < 0) return {};
  out.resize(static_cast<std::size_t>(size));
  while (text.ends_with('=')) {
    text.remove_suffix(1);
    out.pop_back();
  }
  return out;
}

}  // namespace

Next Conversation::say(std::string_view stage, std::string_view usual, std::string& out,
                       std::string_view address) {
  auto const rule = script_.take(stage, address);
  bool const slow = rule && rule->act == Act::slow;
  usual_said_ = !rule || slow;
  if (slow) pause_ms_ += rule->late_ms;
  if (usual_said_) {
    out.append(usual).append("\r\n");
    return Next::go_on;
  }
  if (rule->act == Act::hang) return Next::hang;
  if (rule->act == Act::drop) return Next::close;
  out.append(rule->reply).append("\r\n");
  bool const refusal = rule->reply[0] == '4' || rule->reply[0] == '5';
  if (refusal) ledger_.refused();
  usual_said_ = !refusal && usual[0] == rule->reply[0];
  return rule->reply.starts_with("421") ? Next::close : Next::go_on;
}

Next Conversation::greet(std::string& out) {
  return say("greeting", "220 mailsink ESMTP", out);
}

std::chrono::milliseconds Conversation::take_pause() {
  return std::chrono::milliseconds(std::exchange(pause_ms_, 0));
}

Next Conversation::secured() {
  secure_ = true;
  buffer_.clear();
  start_ = searched_ = 0;
  forget_mail();
  return Next::go_on;
}

void Conversation::forget_mail() {
  mail_ = Mail();
  mail_open_ = false;
}

Next Conversation::take(std::string_view bytes, std::int64_t now_ns, std::string& out) {
  now_ns_ = now_ns;
  buffer_.append(bytes);
  Next next = Next::go_on;
  while (next == Next::go_on) {
    if (mode_ == Mode::message) {
      bool more = false;
      next = on_message(out, more);
      if (!more) break;
      continue;
    }
    auto const end = buffer_.find("\r\n", start_);
    if (end == buffer_.npos) break;
    auto const line = buffer_.substr(start_, end - start_);
    start_ = end + 2;
    next = mode_ == Mode::commands ? on_line(line, out) : on_auth(line, out);
  }
  buffer_.erase(0, start_);
  searched_ -= std::min(searched_, start_);
  start_ = 0;
  return next;
}

Next Conversation::on_message(std::string& out, bool& more) {
  auto const from = std::max(start_, searched_);
  auto const end = buffer_.find("\r\n.\r\n", from >= start_ + 4 ? from - 4 : start_);
  searched_ = buffer_.size();
  bool const empty = buffer_.compare(start_, 3, ".\r\n") == 0;
  if (end == buffer_.npos && !empty) return Next::go_on;
  more = true;
  mail_.bytes = empty ? std::string() : buffer_.substr(start_, end + 2 - start_);
  start_ = empty ? start_ + 3 : end + 5;
  mode_ = Mode::commands;
  if (mail_.to.empty()) {
    forget_mail();
    out += "554 5.5.1 no valid recipients\r\n";
    return Next::go_on;
  }
  auto const next = say("body", "250 2.0.0 Ok: queued", out);
  mail_.answered = next == Next::go_on;
  mail_.end_ns = now_ns_;
  mail_.secure = secure_;
  if (usual_said_ || !mail_.answered) ledger_.received(std::move(mail_));
  forget_mail();
  return next;
}

Next Conversation::on_line(std::string_view line, std::string& out) {
  auto const verb = boost::algorithm::to_upper_copy(std::string(line.substr(0, 4)));
  if (verb == "MAIL") return on_mail(line, out);
  if (verb == "RCPT") return on_rcpt(line, out);
  if (verb == "DATA") {
    if (!mail_open_) {
      out += "503 5.5.1 MAIL first\r\n";
      return Next::go_on;
    }
    auto const next = say(
        "data",
        mail_.to.empty() ? "554 5.5.1 no valid recipients" : "354 End data with <CR><LF>.<CR><LF>",
        out);
    if (out.ends_with("\r\n") && usual_said_ && !mail_.to.empty()) mode_ = Mode::message;
    searched_ = start_;
    return next;
  }
  if (verb == "RSET") {
    forget_mail();
    return say("rset", "250 2.0.0 Ok", out);
  }
  if (verb == "EHLO" || verb == "HELO") {
    std::string offer = "250-mailsink\r\n250-SIZE 10485760\r\n250-8BITMIME\r\n";
    if (offer_.pipelining) offer += "250-PIPELINING\r\n";
    if (offer_.starttls && !secure_) offer += "250-STARTTLS\r\n";
    if (!offer_.auth.empty()) offer += "250-AUTH PLAIN LOGIN\r\n";
    return say("ehlo", offer + "250 DSN", out);
  }
  if (verb == "STAR") {
    auto const next = say("starttls", "220 2.0.0 Ready to start TLS", out);
    return next == Next::go_on && usual_said_ ? Next::start_tls : next;
  }
  if (verb == "AUTH") return on_auth(line, out);
  if (verb == "NOOP") return say("noop", "250 2.0.0 Ok", out);
  if (verb == "QUIT") {
    auto const next = say("quit", "221 2.0.0 Bye", out);
    return next == Next::go_on ? Next::close : next;
  }
  out += "500 5.5.2 unknown command\r\n";
  return Next::go_on;
}

Next Conversation::on_mail(std::string_view line, std::string& out) {
  if (!offer_.auth.empty() && !signed_in_) {
    ledger_.refused();
    out += "530 5.7.0 Authentication required\r\n";
    return Next::go_on;
  }
  auto const next = say("mail", "250 2.1.0 Ok", out);
  if (!usual_said_) return next;
  forget_mail();
  mail_open_ = true;
  mail_.from = path_in(line);
  mail_.first_byte_ns = now_ns_;
  return next;
}

Next Conversation::on_rcpt(std::string_view line, std::string& out) {
  if (!mail_open_) {
    out += "503 5.5.1 MAIL first\r\n";
    return Next::go_on;
  }
  auto const address = path_in(line);
  auto const next = say("rcpt", "250 2.1.5 Ok", out, address);
  if (usual_said_) mail_.to.emplace_back(address);
  return next;
}

Next Conversation::on_auth(std::string_view line, std::string& out) {
  std::string given;
  if (mode_ == Mode::auth_user) {
    user_ = from_base64(line);
    mode_ = Mode::auth_pass;
    out += "334 UGFzc3dvcmQ6\r\n";
    return Next::go_on;
  }
  if (mode_ == Mode::auth_pass) {
    given = user_ + ":" + from_base64(line);
    mode_ = Mode::commands;
  } else if (line == "AUTH LOGIN") {
    mode_ = Mode::auth_user;
    out += "334 VXNlcm5hbWU6\r\n";
    return Next::go_on;
  } else if (line.starts_with("AUTH PLAIN ")) {
    auto const secret = from_base64(line.substr(11));  // \0 user \0 password
    auto const middle = secret.find('\0', 1);
    if (middle != secret.npos)
      given = secret.substr(1, middle - 1) + ":" + secret.substr(middle + 1);
  }
  signed_in_ = given == offer_.auth;
  return say("auth",
             signed_in_ ? "235 2.7.0 Authentication successful" : "535 5.7.8 Authentication failed",
             out);
}

}  // namespace siaga::mailsink
