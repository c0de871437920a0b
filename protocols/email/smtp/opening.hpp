// Opening: from the server's greeting to a connection that takes mail: EHLO, STARTTLS, EHLO, AUTH.
//
// Place:  session -> OPENING -> session. Pure.
// Format: RFC 5321, STARTTLS RFC 3207, AUTH PLAIN and LOGIN RFC 4954.
// Rule:   a password is never sent in clear unless TLS was switched off on purpose.
// Errors: refused_by_peer (5xx: for good), unavailable (4xx), tls_failed, protocol_violated,
//         timed_out, connection_lost.
#pragma once

#include <optional>

#include "protocols/email/smtp/capabilities.hpp"
#include "protocols/email/smtp/dialogue.hpp"

namespace siaga::email {

enum class TlsUse { off, optional, required, from_start };

struct OpeningTerms {
  std::string helo;
  TlsUse tls = TlsUse::optional;
  std::string username;  // empty = no AUTH
  std::string password;
};

class Opening final : public Dialogue {
 public:
  // `terms` outlives the dialogue.
  explicit Opening(OpeningTerms const& terms)
      : terms_(terms), secure_(terms.tls == TlsUse::from_start) {}

  Step begin() override { return Wait{Stage::greeting}; }
  Step answered(Reply const& reply) override;
  Step secured() override;
  void lost(Error const& why, LastWrite last_write) override;

  std::optional<Error> const& failure() const noexcept { return failure_; }  // none = ready
  Capabilities const& server() const noexcept { return server_; }

 private:
  enum class State { greeting, ehlo, helo, starttls, auth_plain, auth_user, auth_name, auth_pass };
  Step ask(State next, Stage stage, std::string bytes);
  Step fail(Errc errc, std::string what);
  Step refused(Reply const& reply, std::string_view stage);
  Step on_ehlo(Reply const& reply);
  Step on_starttls(Reply const& reply);
  Step on_auth(Reply const& reply);
  Step sign_in_or_finish();

  OpeningTerms const& terms_;
  State state_ = State::greeting;
  bool secure_;
  Capabilities server_;
  std::optional<Error> failure_;
};

}  // namespace siaga::email
