// Transaction: one mail to its recipients: MAIL, RCPT, DATA, the message; an outcome for each of
// them.
//
// Place:  channel -> TRANSACTION (held by a session) -> SendOutcome per recipient. Pure.
// Format: RFC 5321 section 3.3; PIPELINING RFC 2920: all commands in one write, every answer read,
//         and a lone "." when the server says 354 although it took no recipient.
// Rule:   4xx is temporary, 5xx permanent, per recipient; 421 is the whole channel's. No answer
//         after the final dot = OutcomeUnknown. A write that did not all leave us cannot have
//         delivered.
#pragma once

#include <optional>
#include <vector>

#include "gateway/domain/delivery.hpp"
#include "protocols/email/smtp/capabilities.hpp"
#include "protocols/email/smtp/dialogue.hpp"

namespace siaga::email {

struct Envelope {  // its addresses passed check_address()
  std::string from;
  std::vector<std::string> to;
  std::string id;  // comes back in bounces, where the server supports DSN
};

enum class Connection { fresh, reused };

class Transaction final : public Dialogue {
 public:
  // `data` is what as_data() made.
  Transaction(Envelope const& envelope, std::string data, Capabilities const& server,
              Connection connection);

  Step begin() override;
  Step answered(Reply const& reply) override;
  Step secured() override { return Done{}; }  // never asked for
  void lost(Error const& why, LastWrite last_write) override;

  SendOutcome outcome(std::size_t recipient) const;  // when done
  bool reusable() const noexcept { return reusable_; }
  // The reused connection had gone away before our message left: connect anew and say it again.
  bool stale() const noexcept { return stale_; }

 private:
  struct Command {
    Stage stage;
    std::string line;
  };
  Step next();
  Step give_up(SendOutcome const& outcome);
  void decide_rest(SendOutcome const& outcome);
  bool take(Stage stage, Reply const& reply);  // false = the answer makes no sense here
  void on_rcpt(Reply const& reply);
  Step on_data(Reply const& reply);
  Step on_body(Reply const& reply);

  std::string envelope_id_;  // the reference of what was sent
  std::vector<Command> commands_;
  std::size_t said_ = 0, heard_ = 0;                  // of commands_
  std::vector<std::optional<SendOutcome>> outcomes_;  // by recipient; none = still open
  std::size_t rcpt_ = 0;                              // the recipient whose answer comes next
  std::size_t taken_ = 0;                             // recipients the server took
  std::string data_;
  bool pipelining_, reused_, too_big_;
  bool body_said_ = false;
  bool refused_ = false;  // MAIL
  bool reusable_ = false, stale_ = false;
};

}  // namespace siaga::email
