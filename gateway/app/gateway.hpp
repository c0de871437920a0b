// Gateway: every long-lived part of the running daemon, built in order, stopped in reverse. The
// composition root.
//
// Place:  app/run -> GATEWAY -> flow, journal, protocols; also whole scenarios in tests.
// Thread: core only.
// Errors: build() says what is not available: the store, a channel's settings, the listening
//         address.
// Durable: nothing here.
#pragma once

#include <boost/asio/io_context.hpp>
#include <memory>

#include "config/settings.hpp"
#include "gateway/base/result.hpp"
#include "gateway/flow/world.hpp"

namespace siaga {

// The part of the configuration that SIGHUP may change.
std::shared_ptr<flow::World const> world_of(config::Settings const& settings);

class Gateway {
 public:
  Gateway(boost::asio::io_context& io, config::Settings settings);
  ~Gateway();

  Result<void> build();  // opens the store, makes every part; connects to nothing
  void start();
  void run();     // the core, until it is stopped
  void stop();    // again: at once
  void reload();  // all or nothing; says which in the log
  void
  let_go();  // after the core has stopped: the broker and the store, so that nothing comes back
  bool storage_lost() const noexcept;
  bool rolled_back() const noexcept;  // and the configuration wants it to stop for that

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace siaga
