// Replies: finds out who sent an answer, about which alert, and what it means; then tells the
// journal.
//
// Place:  channels, mqtt -> REPLIES -> Journal::acknowledge -> dispatcher, escalator, announcer.
// Thread: core only.
// Errors: storage errors are returned, so that the channel does not confirm the reply to its peer.
// Durable: every reply, understood or not, before take() succeeds.
#pragma once

#include "gateway/flow/announcer.hpp"
#include "gateway/flow/dispatcher.hpp"
#include "gateway/flow/escalator.hpp"
#include "gateway/ports/wire.hpp"

namespace siaga::flow {

struct RepliesContext {
  Clock& clock;
  Journal& journal;
  Current& world;
  StorageWatch& storage;
  Dispatcher& dispatcher;
  Escalator& escalator;
  Announcer& announcer;
};

class Replies final : public ReplySink {
 public:
  explicit Replies(RepliesContext context) : context_(context) {}

  boost::asio::awaitable<Result<void>> take(Reply reply) override;
  // Why the answer cannot count, or nothing when it does; an Error when the store could not tell.
  using AgencyVerdict = Result<std::optional<Rejection>>;
  boost::asio::awaitable<AgencyVerdict> take_from_agency(InboxId from, AgencyId agency,
                                                         AgencyAnswer answer);
  // `from`: the inbox message it came in, finished in the same transaction.
  boost::asio::awaitable<Result<Stopped>> acknowledge(Acknowledgement answer,
                                                      std::optional<InboxId> from = std::nullopt);
  boost::asio::awaitable<Result<void>> refuse(RefusedAnswer refused);

 private:
  boost::asio::awaitable<Result<void>> take_from(Officer const& officer, Reply reply,
                                                 ParsedAnswer parsed);
  boost::asio::awaitable<Result<OpenAlert>> alert_meant(std::vector<OpenAlert> const& open,
                                                        std::string code);
  boost::asio::awaitable<Result<OpenAlert>> alert_named(AgencyAnswer answer);
  // Whether an agency may answer it for this officer: its own alert, or one he was told of.
  boost::asio::awaitable<Result<bool>> concerns(OpenAlert alert, AgencyId agency,
                                                OfficerId officer);
  Officer const* officer_of(Reply const& reply) const;

  RepliesContext context_;
};

}  // namespace siaga::flow
