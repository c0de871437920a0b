// LinkAnswers: the desk behind emailed links: shows what the alert is, takes the answer with its
// code.
//
// Place:  http's page -> LINK ANSWERS -> Replies::acknowledge.
// Thread: core only.
// Errors: storage errors are returned; the page says "try again".
// Rule:   viewing changes nothing. Wrong codes are counted per link; too many lock it.
#pragma once

#include <map>

#include "gateway/flow/replies.hpp"

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
  explicit LinkAnswers(LinkContext context) : context_(context) {}

  boost::asio::awaitable<Result<LinkView>> view(std::string token) override;
  boost::asio::awaitable<Result<LinkOutcome>> answer(std::string token, LinkAnswer answer) override;

 private:
  struct Linked {
    Delivery delivery;
    std::shared_ptr<StoredAlert const> alert;
  };
  boost::asio::awaitable<Result<Linked>> linked(std::string token);
  bool locked(DeliveryId id) const;
  void count_wrong(DeliveryId id);

  LinkContext context_;
  std::map<DeliveryId, std::int64_t> wrong_;
};

}  // namespace siaga::flow
