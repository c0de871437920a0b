// LinkMaker, LinkDesk: the links in mails; and the desk that shows the alert behind a link and
// takes an answer with its code.
//
// Place:  lane -> LINK MAKER -> mail;  http -> LINK DESK (flow/link_desk) -> Journal.
// Thread: core only.
// Errors: not_found for a link that is not ours; storage errors: "try again".
// Durable: an answer, before answer() has returned.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>

#include "gateway/base/result.hpp"
#include "gateway/domain/acknowledgement.hpp"
#include "gateway/domain/ids.hpp"

namespace siaga {

// What a link belongs to: a delivery, and the name of the alert it told of.
struct LinkedTo {
  DeliveryId delivery;
  std::string sender, identifier;
};

// What a link says of itself. `by_older_program`: it was mailed before links named their alert.
struct LinkRead {
  DeliveryId delivery;
  bool by_older_program = false;
};

// Keyed, so that a link cannot be guessed.
class LinkMaker {
 public:
  virtual ~LinkMaker() = default;
  virtual std::string url(LinkedTo const& to) const = 0;
  virtual Result<LinkRead> read(std::string_view token) const = 0;
  // Whether a link that could be read is of this delivery and alert.
  virtual bool fits(std::string_view token, LinkedTo const& to) const = 0;
};

struct LinkView {
  bool open = false;         // the alert still wants an answer
  bool gone = false;         // it ended long ago: nothing of it is shown
  std::string state_text;    // why it wants none, for people
  std::string locked_until;  // local time; empty = codes are taken
  std::string mark, title, level, event, place, time, action, officer_name, sender_name;
};

struct LinkAnswer {
  std::string code;  // as typed
  Answer answer = Answer::accepted;
  std::string note;
  std::string from;  // the network address it came from, as wrong codes are counted by it
};

enum class LinkOutcome {
  recorded,
  wrong_code,
  too_many_tries,       // the link is locked
  too_many_from_there,  // wrong, as many others from the same address before it
  closed,
  gone,  // closed, more than a day ago
  unknown_link,
};

struct LinkAnswered {
  LinkOutcome outcome = LinkOutcome::recorded;
  std::string locked_until;  // local time
};

class LinkDesk {
 public:
  virtual ~LinkDesk() = default;
  virtual boost::asio::awaitable<Result<LinkView>> view(std::string token) = 0;
  virtual boost::asio::awaitable<Result<LinkAnswered>> answer(std::string token,
                                                              LinkAnswer answer) = 0;
};

}  // namespace siaga
