// Announcer: publishes over MQTT what has been committed: receipts in order, and each alert's
// status, retained, no more often than `status_every`.
//
// Place:  every leg -> ANNOUNCER -> StatusFeed. Receipts come from the journal's outbox; statuses
//         are computed from the journal when published, so they cannot differ from the store.
// Thread: core only.
// Errors: while the broker is away, receipts stay in the outbox. A message that the broker refuses
//         is given up; one that ends the connection waits behind the others (publisher). Neither
//         delays the others.
// Durable: the outbox; statuses are published again at start and on every new connection.
#pragma once

#include <set>

#include "gateway/flow/moment.hpp"
#include "gateway/flow/publisher.hpp"
#include "gateway/flow/settings.hpp"
#include "gateway/flow/storage_watch.hpp"
#include "gateway/flow/world.hpp"
#include "gateway/ports/journal.hpp"
#include "gateway/ports/sleep.hpp"
#include "gateway/ports/status_feed.hpp"
#include "gateway/ports/wire.hpp"

namespace siaga::flow {

struct AnnouncerContext {
  boost::asio::any_io_executor executor;
  Clock& clock;
  Journal& journal;
  Current& world;
  StatusFeed& feed;
  Wire const& wire;
  StorageWatch& storage;
  Settings const& settings;
  std::string gateway_name;
  IncidentSink& incidents;
};

class Announcer {
 public:
  explicit Announcer(AnnouncerContext context);

  boost::asio::awaitable<void> restore();      // every announced alert's status again
  boost::asio::awaitable<void> clear_ended();  // takes back those of alerts long ended
  boost::asio::awaitable<void> run_outbox();
  boost::asio::awaitable<void> run_statuses();
  // False: the broker is away, say it again. True: said, or refused for good.
  boost::asio::awaitable<bool> say(OutgoingMessage message);

  // Whether the outbox holds only messages that are set aside: all others were published.
  bool rest_is_set_aside() const;

  void wake() { outbox_.notify(); }  // the outbox has something
  void changed(AlertId alert);       // its counts or state differ
  void connected();                  // the broker is back, perhaps without what it retained

 private:
  struct Batch;
  boost::asio::awaitable<bool> say_outbox();
  boost::asio::awaitable<bool> say_page(std::vector<OutboxItem> items,
                                        std::vector<OutboxItem>& behind);
  boost::asio::awaitable<bool> say_all(std::vector<OutboxItem> items);
  boost::asio::awaitable<void> say_one(OutboxItem item, std::shared_ptr<Batch> batch);
  boost::asio::awaitable<void> say_status(AlertId alert);
  boost::asio::awaitable<void> clear_old(AlertStatus const& status);
  boost::asio::awaitable<bool> say_to_involved(AlertStatus const& status, std::string payload);
  bool is_old(AlertStatus const& status) const;

  AnnouncerContext context_;
  Publisher publisher_;
  Event outbox_;
  Event statuses_;
  std::set<AlertId> changed_;
  bool restore_wanted_ = false;
  bool all_said_ = false;  // at the last pass, but for what is set aside
  std::optional<SteadyTime> passing_since_;
};

}  // namespace siaga::flow
