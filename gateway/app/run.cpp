#include "gateway/app/run.hpp"

#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "gateway/app/gateway.hpp"
#include "gateway/app/memory.hpp"
#include "gateway/app/rehearsal.hpp"
#include "gateway/async/spawn.hpp"
#include "gateway/base/log.hpp"

namespace siaga {
namespace asio = boost::asio;

namespace {

constexpr int exit_unavailable = 69;
constexpr int exit_storage = 75;
constexpr int exit_rolled_back = 76;  // not restarted: see the systemd unit
constexpr int exit_configuration = 78;

// What is suspended when the core stops ends while the parts it refers to are still there.
class Core final : public asio::io_context {
 public:
  Core() : io_context(1) {}
  using asio::execution_context::shutdown;
};

// SIGTERM and SIGINT stop, SIGHUP reloads; each is awaited again after it was served.
void serve_signals(asio::signal_set& signals, Gateway& gateway) {
  signals.async_wait([&signals, &gateway](boost::system::error_code ec, int number) {
    if (ec) return;
    if (number == SIGHUP)
      gateway.reload();
    else
      gateway.stop();
    serve_signals(signals, gateway);
  });
}

int exit_of(Error const& error) {
  bool const storage = error.is(Errc::storage_failed) || error.is(Errc::storage_full) ||
                       error.is(Errc::storage_corrupt);
  return storage ? exit_storage : exit_unavailable;
}

}  // namespace

int run_app(std::string const& config_file) {
  std::signal(SIGPIPE, SIG_IGN);
  memory::give_back();  // reading many officers is the peak
  auto loaded = load_configuration(config_file);
  tell(loaded);
  if (!loaded.usable()) {
    log::error("configuration_refused", {{"file", config_file}});
    return exit_configuration;
  }
  Core io;
  Gateway gateway(io, std::move(loaded.settings));
  if (auto const built = gateway.build(); !built) {
    log::error("cannot_start", {{"error", built.error().text()}});
    return built.error().is(Errc::invalid_configuration) ? exit_configuration
                                                         : exit_of(built.error());
  }
  asio::signal_set signals(io, SIGTERM, SIGINT, SIGHUP);
  serve_signals(signals, gateway);
  gateway.start();
  gateway.run();
  // A store that cannot be trusted is left as it is; the restart takes up from what is committed.
  if (gateway.storage_lost()) std::_Exit(exit_storage);
  gateway.let_go();
  io.shutdown();
  return gateway.rolled_back() ? exit_rolled_back : 0;
}

}  // namespace siaga
