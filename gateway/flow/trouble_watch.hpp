// TroubleWatch: looks once a sweep at the parts that every alert needs, raises an incident when
// something has been wrong for long enough, and ends it when that is over.
//
// Place:  channels, broker, store, outbox -> TROUBLE WATCH -> IncidentSink; health reads from it.
// Thread: core only.
// Time:   steady; the age of the outbox is UTC.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>

#include "gateway/flow/dispatcher.hpp"
#include "gateway/ports/incidents.hpp"

namespace siaga::flow {

struct BrokerReading {
  bool takes_in = true;  // intake is connected
  bool tells = true;     // the feed is connected
  bool refuses = false;  // connected, but the store takes no new alerts
};

class TroubleWatch {
 public:
  static constexpr std::chrono::seconds link_grace{60};
  static constexpr std::chrono::seconds outbox_grace{30};

  struct Context {
    boost::asio::any_io_executor executor;
    Clock& clock;
    Journal& journal;
    StorageWatch& storage;
    Dispatcher& dispatcher;
    IncidentSink& incidents;
    Settings const& settings;
    std::function<BrokerReading()> broker;         // unset: as if all were well
    std::function<bool()> rest_is_set_aside = {};  // of the outbox; unset: it never is
  };
  explicit TroubleWatch(Context context) : context_(std::move(context)) {}

  boost::asio::awaitable<void> run();
  // How long the oldest message for MQTT has waited in the outbox.
  milliseconds outbox_age() const;

 private:
  boost::asio::awaitable<void> look_at_outbox();
  void look_at_channels();
  void look_at_broker();
  void look_at_store();
  // One more look at one thing: wrong for `grace`, it is raised; right again, it is ended.
  struct Look {
    IncidentKind kind;
    std::string about;
    bool wrong;
    std::string detail;
    milliseconds grace{};
  };
  void judge(Look look);

  Context context_;
  std::optional<UtcTime> outbox_since_;
  std::map<std::pair<IncidentKind, std::string>, SteadyTime> wrong_since_;
  std::set<std::pair<IncidentKind, std::string>> raised_;
};

}  // namespace siaga::flow
