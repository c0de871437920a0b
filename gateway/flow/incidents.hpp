// Incidents: what is wrong with the gateway itself: written down once, counted while it lasts, and
// told to ops.
//
// Place:   every leg -> INCIDENTS -> journal.
// Thread:  core only.
// Durable: log rows, through the journal.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <map>

#include "gateway/flow/storage_watch.hpp"
#include "gateway/ports/clock.hpp"
#include "gateway/ports/incidents.hpp"
#include "gateway/ports/journal.hpp"

namespace siaga::flow {

class Incidents final : public IncidentSink {
 public:
  struct Context {
    boost::asio::any_io_executor executor;
    Clock& clock;
    Journal& journal;
  };
  explicit Incidents(Context context) : context_(std::move(context)) {}

  void raise(IncidentKind kind, std::string about, std::string detail) override;
  void end(IncidentKind kind, std::string about) override;

 private:
  using Name = std::pair<IncidentKind, std::string>;
  boost::asio::awaitable<void> write(std::string kind, std::string detail);

  Context context_;
  std::map<Name, std::size_t> open_;  // how often each was raised
};

}  // namespace siaga::flow
