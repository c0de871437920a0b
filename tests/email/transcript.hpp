// transcript: runs a dialogue against written-down answers, as a session would, without a socket.
#pragma once

#include <string>
#include <vector>

#include "gateway/domain/delivery.hpp"
#include "protocols/email/smtp/dialogue.hpp"
#include "tests/support/catch.hpp"

namespace siaga::email::test {

inline Reply reply_of(std::string const& wire) {
  ReplyReader reader;
  reader.feed(wire);
  auto const reply = reader.next();
  REQUIRE(reply.has_value());
  REQUIRE(reply->has_value());
  return **reply;
}

struct Transcript {
  std::string said;       // all the client wrote
  bool finished = false;  // the dialogue came to its own end
  std::size_t secured = 0;
};

// Plays the answers one by one; when they are used up while one is awaited, the connection is lost.
inline Transcript play(Dialogue& dialogue, std::vector<std::string> const& answers,
                       Error const& loss = Error(Errc::connection_lost, "gone"),
                       Dialogue::LastWrite last_write = Dialogue::LastWrite::complete) {
  Transcript transcript;
  std::size_t next = 0;
  Step step = dialogue.begin();
  while (!std::holds_alternative<Done>(step)) {
    if (std::holds_alternative<Secure>(step)) {
      ++transcript.secured;
      step = dialogue.secured();
      continue;
    }
    if (auto const* write = std::get_if<Write>(&step)) transcript.said += write->bytes;
    if (next == answers.size()) {
      dialogue.lost(loss, last_write);
      return transcript;
    }
    step = dialogue.answered(reply_of(answers[next++] + "\r\n"));
  }
  transcript.finished = true;
  CHECK(next == answers.size());  // every answer was asked for
  return transcript;
}

template <class Outcome>
bool is(SendOutcome const& outcome) {
  return std::holds_alternative<Outcome>(outcome);
}

inline std::string reason_of(SendOutcome const& outcome) {
  if (auto const* failed = std::get_if<Failed>(&outcome)) return failed->reason;
  if (auto const* failed = std::get_if<FailedTemporarily>(&outcome)) return failed->reason;
  if (auto const* unknown = std::get_if<OutcomeUnknown>(&outcome)) return unknown->reason;
  return "";
}

}  // namespace siaga::email::test
