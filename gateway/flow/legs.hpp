// Legs: puts the whole journey together, from durable message to recorded answer, over ports alone.
//
// Place:  the gateway (real parts) and the scenarios (a fake clock, fake channels) build the same
//         LEGS.
// Thread: core only.
// Durable: nothing here; restore() takes up the work that is open in the journal.
#pragma once

#include "gateway/flow/incidents.hpp"
#include "gateway/flow/intake.hpp"
#include "gateway/flow/link_desk.hpp"
#include "gateway/flow/receipts.hpp"
#include "gateway/flow/supervisor.hpp"
#include "gateway/flow/trouble_watch.hpp"
#include "gateway/ports/links.hpp"

namespace siaga::flow {

struct LegsContext {
  boost::asio::any_io_executor executor;
  Clock& clock;
  Journal& journal;
  StatusFeed& feed;
  Wire const& wire;
  LinkMaker const& links;
  Formats const& formats;
  Freshness fresh;
  Authenticity authentic;
  std::shared_ptr<World const> world;
  Settings settings;
  std::string gateway_name;
  std::string version;
  std::function<void()> alive;                     // after each store round trip
  std::function<void(Error const&)> storage_lost;  // the process must end
  std::function<void()> on_rollback = {};          // unset: it goes on telling people
  std::function<BrokerReading()> broker = {};      // unset: as if it were always there
};

class Legs {
 public:
  explicit Legs(LegsContext context);

  void add(ChannelName name, Channel& channel) { dispatcher_.add(std::move(name), channel); }
  void stand_by(ChannelName const& for_name, Standby standby) {
    dispatcher_.stand_by(for_name, std::move(standby));
  }
  boost::asio::awaitable<Result<void>> restore();
  void start();
  void stop();       // takes in, escalates and begins nothing more
  void connected();  // the broker is back

  Current& world() noexcept { return world_; }
  Receipts& receipts() noexcept { return receipts_; }
  Replies& replies() noexcept { return replies_; }
  LinkDesk& link_desk() noexcept { return link_answers_; }
  Dispatcher& dispatcher() noexcept { return dispatcher_; }
  Announcer& announcer() noexcept { return announcer_; }
  Supervisor& supervisor() noexcept { return supervisor_; }
  Escalator& escalator() noexcept { return escalator_; }
  Intake& intake() noexcept { return intake_; }
  IncidentSink& incidents() noexcept { return incidents_; }
  Incidents const& troubles() const noexcept { return incidents_; }
  TroubleWatch const& watch() const noexcept { return watch_; }
  StorageWatch const& storage() const noexcept { return storage_; }
  std::map<std::string, std::uint64_t> const& attempts() const noexcept { return attempts_; }

 private:
  void attempted(Recorded const& what);
  void recorded(Recorded const& what);
  void lose_storage(Error const& error);
  boost::asio::awaitable<void> end_without_storage(Error error);

  LegsContext context_;
  Current world_;
  StorageWatch storage_;
  std::map<std::string, std::uint64_t> attempts_;  // sent, retried, failed
  Announcer announcer_;
  Dispatcher dispatcher_;
  Incidents incidents_;
  TroubleWatch watch_;
  Escalator escalator_;
  Replies replies_;
  LinkAnswers link_answers_;
  Receipts receipts_;
  Intake intake_;
  Supervisor supervisor_;
  bool storage_lost_ = false;
};

}  // namespace siaga::flow
