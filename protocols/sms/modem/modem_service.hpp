// ModemService: one modem while it is up: sends, confirms received PDUs, empties storages, watches.
//
// Place:  Modem -> MODEM SERVICE -> AtPort. Made for each opening of the port.
// Order:  PDUs that wait for our acknowledgement; stored messages that the modem announced; the
//         watch of network and signal; storages; then messages to be sent. One thing at a time, as
//         a modem does.
// Thread: core only.
// Time:   steady time by the Clock. While +CMGS runs (up to `send_timeout`) nothing else can be
//         asked; the network sends a PDU that came meanwhile again when its time is over.
// Errors: run() returns why it ended; invalid_configuration = a person is needed.
// Bounds: `arrivals_max` unconfirmed PDUs, `announced_max` announced places; beyond them the
//         network sends again, and the next emptying finds the rest.
// See:    3GPP TS 27.005, 3.4 and 4.
#pragma once

#include <deque>

#include "protocols/sms/modem/pdu_queue.hpp"
#include "protocols/sms/modem/settings.hpp"
#include "protocols/sms/modem/start_up.hpp"
#include "protocols/sms/modem/storages.hpp"
#include "protocols/sms/modem/trouble.hpp"

namespace siaga::sms {

struct ServiceContext {
  boost::asio::any_io_executor executor;
  Clock& clock;
  ModemSettings const& settings;
  StartUpRules const& rules;
  SimPin& pin;
  PduQueue& queue;
  PduSink& sink;
  Trouble& trouble;
  Event& woken;
};

class ModemService final : private NoticeSink {
 public:
  static constexpr std::size_t arrivals_max = 32, announced_max = 64;

  ModemService(ServiceContext const& context, std::unique_ptr<Stream> stream);

  boost::asio::awaitable<Error> run();
  void stop();       // after the command under way
  void close_now();  // at once

  bool is_ready() const noexcept { return is_ready_; }  // start-up is done
  // Whether a message may be tried now; wait() says when to ask again if not.
  bool is_sending() const;
  milliseconds wait() const;
  bool wants_reset() const noexcept { return wants_reset_; }
  bool hung_on_listing() const noexcept { return hung_on_listing_; }
  SteadyTime ready_at() const noexcept { return ready_at_; }
  ModemReport const& report() const noexcept { return report_; }
  std::vector<std::pair<std::string, std::string>> facts() const;  // for people
  bool is_degraded() const;
  std::string reason() const;

 private:
  struct Arrival {
    PduKind kind;
    std::string hex;
  };
  struct Place {
    std::string storage;
    int index;
  };
  using Step = boost::asio::awaitable<Result<void>>;

  boost::asio::awaitable<Error> serve();
  Step do_next();
  Step confirm(Arrival arrival);
  Step take_announced();
  Step watch();
  Step sweep();
  Step renew_routing();
  Step check_memory();
  Step send(std::shared_ptr<PduJob> job);
  Step prove_alive();
  Step keep_link();
  Result<void> settle(PduJob& job, AtAnswer const& answer);
  Result<void> settle_refused(PduJob& job, AtAnswer const& answer);
  SteadyTime next_due() const;
  SteadyTime now() const { return context_.clock.steady_now(); }
  boost::asio::awaitable<AtAnswer> ask(std::string text);

  void on_notice(AtNotice const& notice) override;
  void on_port_lost() override;
  void on_place(std::string_view values);
  void on_late_result(std::string_view values);
  void end(std::string why);
  void on_arrival(PduKind kind, std::string_view hex);

  ServiceContext context_;
  std::shared_ptr<AtPort> port_;
  ModemReport report_;
  Storages storages_;
  std::deque<Arrival> arrivals_;
  std::deque<Place> announced_;
  std::deque<std::string> to_sweep_;
  std::shared_ptr<PduJob> unconfirmed_;  // the last one the modem took, while it says no more of it
  SteadyTime watch_at_{}, sweep_at_{}, paused_until_{}, ready_at_{};
  bool is_ready_ = false, is_stopping_ = false, wants_reset_ = false, hung_on_listing_ = false;
  bool routing_doubtful_ = false, link_kept_ = false, has_lte_ = true, was_registered_ = false;
  Result<void> lost_;  // the SIM or the modem went away, by its own words
  std::string pause_reason_;
};

}  // namespace siaga::sms
