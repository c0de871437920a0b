// LinkAnswers: shows the alert behind an emailed link, and takes the answer with its code.
//
// Place:  http's page -> LINK ANSWERS -> Replies::acknowledge.
// Thread: core only.
// Errors: storage errors are returned; the page says "try again".
// Rule:   viewing changes nothing. A right code counts from any address; five wrong ones lock their
//         link for a quarter of an hour. A day after its alert has ended, a link shows nothing.
#pragma once

#include "gateway/flow/link_locks.hpp"
#include "gateway/flow/replies.hpp"
#include "gateway/flow/wrong_codes.hpp"
#include "gateway/ports/links.hpp"

namespace siaga::flow {

struct LinkContext {
  Clock& clock;
  Journal& journal;
  Current& world;
  LinkMaker const& links;
  Replies& replies;
  Settings const& settings;
};

class LinkAnswers final : public LinkDesk {
 public:
  LinkAnswers(LinkContext context, LinkLocks::Context locks) : context_(context), locks_(locks) {}

  boost::asio::awaitable<Result<LinkView>> view(std::string token) override;
  boost::asio::awaitable<Result<LinkAnswered>> answer(std::string token,
                                                      LinkAnswer answer) override;
  LinkLocks& locks() noexcept { return locks_; }

 private:
  struct Linked {
    Delivery delivery;
    std::shared_ptr<StoredAlert const> alert;  // in force now; the mail's own, or its replacement
  };
  boost::asio::awaitable<Result<Linked>> linked(std::string token);
  boost::asio::awaitable<Result<LinkAnswered>> acknowledge(Linked linked, LinkAnswer answer);
  bool is_gone(StoredAlert const& alert) const;
  LinkAnswered locked(DeliveryId link, bool is_right);
  LinkAnswered wrong(Delivery const& delivery, std::string const& from);
  std::string locked_until(DeliveryId link) const;

  LinkContext context_;
  LinkLocks locks_;
  WrongCodes wrong_;
};

}  // namespace siaga::flow
