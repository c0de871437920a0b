#include "protocols/email/smtp/transaction.hpp"

#include "gateway/base/assert.hpp"
#include "protocols/email/smtp/command.hpp"

namespace siaga::email {
namespace {

std::string said_to(Stage stage, Reply const& reply) {
  return "to " + std::string(to_word(stage)) + ": " + reply.shown();
}

SendOutcome refusal(Stage stage, Reply const& reply) {
  if (reply.kind() == 5) return Failed(said_to(stage, reply));
  return FailedTemporarily(said_to(stage, reply));
}

}  // namespace

Transaction::Transaction(Envelope const& envelope, std::string data, Capabilities const& server,
                         Connection connection)
    : envelope_id_(envelope.id),
      outcomes_(envelope.to.size()),
      data_(std::move(data)),
      pipelining_(server.pipelining),
      reused_(connection == Connection::reused),
      too_big_(server.size_max > 0 && data_.size() > server.size_max) {
  require(!envelope.to.empty(), "a mail has a recipient");
  if (reused_) commands_.push_back({Stage::reset, "RSET\r\n"});
  commands_.push_back({Stage::mail, mail_command(envelope.from, envelope.id, server)});
  for (auto const& to : envelope.to) commands_.push_back({Stage::rcpt, rcpt_command(to, server)});
  commands_.push_back({Stage::data, "DATA\r\n"});
}

Step Transaction::begin() {
  if (too_big_) {
    reusable_ = true;
    return give_up(Failed("the message is bigger than the mail server takes"));
  }
  return next();
}

// Says the next command, or all of them, or waits for what is still to be answered.
Step Transaction::next() {
  if (heard_ < said_) return Wait{commands_[heard_].stage};
  auto const stage = commands_[said_].stage;
  bool const hopeless = refused_ || (stage == Stage::data && taken_ == 0);
  if (hopeless) {
    reusable_ = true;
    return Done{};
  }
  std::string bytes;
  do bytes += commands_[said_++].line;
  while (pipelining_ && said_ < commands_.size());
  return Write{std::move(bytes), stage};
}

Step Transaction::answered(Reply const& reply) {
  if (reply.code == 421) {
    stale_ = reused_ && !body_said_;
    FailedTemporarily closing("it is closing: " + reply.shown(), milliseconds{0}, true);
    closing.link_ended = true;
    return give_up(std::move(closing));
  }
  if (body_said_) return on_body(reply);
  auto const stage = commands_[heard_++].stage;
  if (stage == Stage::data) return on_data(reply);
  if (stage == Stage::reset && reply.kind() != 2) {
    stale_ = true;  // not this message's fault
    return give_up(FailedTemporarily(said_to(stage, reply)));
  }
  if (!take(stage, reply))
    return give_up(FailedTemporarily("an answer out of place, " + said_to(stage, reply)));
  return next();
}

bool Transaction::take(Stage stage, Reply const& reply) {
  if (reply.kind() == 3) return false;
  if (stage == Stage::rcpt) {
    on_rcpt(reply);
  } else if (reply.kind() != 2) {
    refused_ = true;
    decide_rest(refusal(stage, reply));
  }
  return true;
}

void Transaction::on_rcpt(Reply const& reply) {
  auto& outcome = outcomes_[rcpt_++];
  if (outcome) return;  // MAIL was refused; this answer only says so again
  if (reply.kind() == 2) {
    ++taken_;
  } else {
    outcome = refusal(Stage::rcpt, reply);
  }
}

Step Transaction::on_data(Reply const& reply) {
  if (reply.code == 354) {
    body_said_ = true;
    return Write{taken_ > 0 ? std::move(data_) : ".\r\n", Stage::body};
  }
  reusable_ = reply.kind() == 4 || reply.kind() == 5;
  if (reusable_) return give_up(refusal(Stage::data, reply));
  return give_up(FailedTemporarily("an answer out of place, " + said_to(Stage::data, reply)));
}

Step Transaction::on_body(Reply const& reply) {
  reusable_ = reply.kind() != 3;
  if (reply.kind() == 2) return give_up(Sent({envelope_id_}));
  if (reply.kind() == 3)
    return give_up(OutcomeUnknown("an answer out of place, " + said_to(Stage::body, reply)));
  return give_up(refusal(Stage::body, reply));
}

void Transaction::lost(Error const& why, LastWrite last_write) {
  reusable_ = false;
  bool const delivered_perhaps = body_said_ && last_write == LastWrite::complete;
  stale_ = reused_ && !body_said_ && why.is(Errc::connection_lost);
  bool const ended = !why.is(Errc::timed_out);
  if (delivered_perhaps) return decide_rest(OutcomeUnknown(why.detail, ended));
  FailedTemporarily later(why.detail);
  later.link_ended = ended;
  decide_rest(later);
}

Step Transaction::give_up(SendOutcome const& outcome) {
  decide_rest(outcome);
  return Done{};
}

void Transaction::decide_rest(SendOutcome const& outcome) {
  for (auto& each : outcomes_)
    if (!each) each = outcome;
}

SendOutcome Transaction::outcome(std::size_t recipient) const {
  auto const& outcome = outcomes_.at(recipient);
  require(outcome.has_value(), "a finished mail transaction has an outcome for each recipient");
  return *outcome;
}

}  // namespace siaga::email
