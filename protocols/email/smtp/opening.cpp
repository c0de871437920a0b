#include "protocols/email/smtp/opening.hpp"

#include "protocols/email/smtp/command.hpp"

namespace siaga::email {

Step Opening::ask(State next, Stage stage, std::string bytes) {
  state_ = next;
  return Write{std::move(bytes), stage};
}

Step Opening::fail(Errc errc, std::string what) {
  failure_.emplace(errc, std::move(what));
  return Done{};
}

Step Opening::refused(Reply const& reply, std::string_view stage) {
  auto const errc = reply.kind() == 5 ? Errc::refused_by_peer : Errc::unavailable;
  return fail(errc, "to " + std::string(stage) + " it said " + reply.shown());
}

Step Opening::answered(Reply const& reply) {
  switch (state_) {
    case State::greeting:
      if (reply.code != 220) return refused(reply, "our connection");
      return ask(State::ehlo, Stage::ehlo, "EHLO " + terms_.helo + "\r\n");
    case State::ehlo:
      return on_ehlo(reply);
    case State::helo:
      if (reply.code != 250) return refused(reply, "HELO");
      return sign_in_or_finish();
    case State::starttls:
      return on_starttls(reply);
    default:
      return on_auth(reply);
  }
}

Step Opening::on_ehlo(Reply const& reply) {
  if (reply.code == 500 || reply.code == 502)  // a server older than EHLO
    return ask(State::helo, Stage::ehlo, "HELO " + terms_.helo + "\r\n");
  if (reply.code != 250) return refused(reply, "EHLO");
  server_ = parse_capabilities(reply);
  bool const wanted = terms_.tls == TlsUse::optional || terms_.tls == TlsUse::required;
  if (!secure_ && wanted && server_.starttls)
    return ask(State::starttls, Stage::starttls, "STARTTLS\r\n");
  return sign_in_or_finish();
}

Step Opening::on_starttls(Reply const& reply) {
  if (reply.code == 220) return Secure{};
  if (reply.code == 421) return refused(reply, "STARTTLS");
  return sign_in_or_finish();
}

Step Opening::secured() {
  secure_ = true;
  server_ = Capabilities();  // what was said in clear counts for nothing
  return ask(State::ehlo, Stage::ehlo, "EHLO " + terms_.helo + "\r\n");
}

Step Opening::sign_in_or_finish() {
  if (!secure_ && terms_.tls == TlsUse::required)
    return fail(Errc::tls_failed, "it offers no STARTTLS, and starttls = \"required\"");
  if (terms_.username.empty()) return Done{};
  if (!secure_ && terms_.tls == TlsUse::optional)
    return fail(
        Errc::tls_failed,
        "it offers no STARTTLS and the password is not sent in clear; use smtps:// or, in a "
        "trusted network, starttls = \"off\"");
  if (server_.auth_plain)
    return ask(State::auth_plain, Stage::auth,
               auth_plain_command(terms_.username, terms_.password));
  if (server_.auth_login) return ask(State::auth_user, Stage::auth, "AUTH LOGIN\r\n");
  return fail(Errc::refused_by_peer, "it offers neither AUTH PLAIN nor AUTH LOGIN");
}

Step Opening::on_auth(Reply const& reply) {
  if (state_ == State::auth_user && reply.code == 334)
    return ask(State::auth_name, Stage::auth, base64_line(terms_.username));
  if (state_ == State::auth_name && reply.code == 334)
    return ask(State::auth_pass, Stage::auth, base64_line(terms_.password));
  if (reply.code == 235 && (state_ == State::auth_plain || state_ == State::auth_pass))
    return Done{};
  return refused(reply, "AUTH");
}

void Opening::lost(Error const& why, LastWrite) {
  failure_.emplace(why);
}

}  // namespace siaga::email
