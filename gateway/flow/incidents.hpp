// Incidents: keeps what is wrong with the gateway itself, counts it while it lasts, and tells ops.
//
// Place:  every leg -> INCIDENTS -> journal (row, log, broker, deliveries to ops).
// Thread: core only.
// Time:   steady; one round a second while there is something to keep or to tell.
// Errors: while the store takes nothing, incidents wait in memory, and ops are told once, straight
//         by the channels.
// Durable: the journal's table and log; restore() takes up open incidents.
// See:    decisions/0029-incidents-and-health.md, tests/scenarios/incidents_test.cpp.
#pragma once

#include <set>

#include "gateway/flow/dispatcher.hpp"
#include "gateway/flow/incident_book.hpp"
#include "gateway/ports/incidents.hpp"

namespace siaga::flow {

class Incidents final : public IncidentSink {
 public:
  struct Context {
    boost::asio::any_io_executor executor;
    Clock& clock;
    Journal& journal;
    Current& world;
    Dispatcher& dispatcher;
    std::string gateway_name;
    std::function<void()> outbox_filled;
  };
  explicit Incidents(Context context);

  void raise(IncidentKind kind, std::string about, std::string detail) override;
  void end(IncidentKind kind, std::string about) override;
  // Raised within the journal's own transaction: it is kept and said, and ops are still to be told.
  void note(IncidentKind kind, std::string about);

  boost::asio::awaitable<void> restore();
  boost::asio::awaitable<void> run();
  // The process is about to end, for the store cannot be trusted: ops are told without it. Returns
  // when they are, or when `last_words_limit` is over.
  boost::asio::awaitable<void> say_last_words(std::string detail);

  // "channel-down sms since 23 Nov 2026 14:30 WITA: connection refused"
  std::vector<std::string> open_lines() const;

 private:
  static constexpr std::chrono::seconds last_words_limit{5};
  // A process that ends more often is restarted by the service manager, and has told ops before.
  static constexpr std::chrono::minutes told_before{15};

  boost::asio::awaitable<bool> round();  // true: there was something to do
  std::vector<OpsMessage> messages_about(std::vector<IncidentNotice> const& notices) const;
  void tell_directly(std::vector<OpsMessage> messages);
  boost::asio::awaitable<void> send_directly(OpsMessage message);
  bool is_carried(ChannelName const& channel) const;

  Context context_;
  IncidentBook book_;
  Event woken_;
  SteadyTime began_;
  std::int64_t unstored_ = 0;             // numbers of messages that no delivery stands for
  std::set<IncidentKind> told_directly_;  // the journal has still to know
  std::size_t sending_ = 0;
  bool keeps_ = true;  // the journal took the last page
};

}  // namespace siaga::flow
