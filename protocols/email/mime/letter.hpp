// LetterBook: writes the mail of a message. What all recipients of an alert share is composed once
// by GMime and kept; the recipient's own parts are put into marked places, encoded for them.
//
// Place:  channel -> LETTER -> transaction.
// Thread: core only. Keeps `templates_max` of them, the one used longest ago goes first.
// Rule:   a placeholder is a control character, which no cleaned text has and quoted-printable
//         always writes as "=XX": nothing an alert says can be taken for one.
// Errors: invalid_argument for an address that cannot be mailed.
#pragma once

#include <list>
#include <string>
#include <vector>

#include "gateway/base/result.hpp"
#include "gateway/domain/message.hpp"
#include "protocols/email/settings.hpp"
#include "protocols/email/smtp/transaction.hpp"

namespace siaga::email {

struct Letter {
  Envelope envelope;
  std::string mail;  // CRLF lines, not yet dot-stuffed
};

// "<d77.a12.9f3c02d1e4b5a687@bontang.example>" without the brackets: the same for every attempt of
// a delivery, and another one when a new store counts its deliveries from 1 again.
std::string message_id_of(Message const& message, std::string_view domain);

// What the officer will read, as text: the subject, an empty line, the plain text.
std::string preview_of(Message const& message);

class LetterBook {
 public:
  static constexpr std::size_t templates_max = 32;

  LetterBook(Mailbox from, std::string reply_to)
      : from_(std::move(from)), reply_to_(std::move(reply_to)) {}

  [[nodiscard]] Result<Letter> write(Message const& message, UtcTime now);
  std::size_t composed() const noexcept { return composed_; }  // by GMime, since the start

 private:
  struct Template {
    std::string key;
    std::vector<std::string> pieces;  // between places; places_[i] stands after pieces[i]
    std::vector<char> places;
    std::size_t bytes = 0;
  };
  Template const& template_for(Message const& message);
  Template compose(Message const& message, std::string key);

  Mailbox from_;
  std::string reply_to_;
  std::list<Template> templates_;  // used last first
  std::size_t composed_ = 0;
};

}  // namespace siaga::email
