// siaga_bench_grow: a store with a long history, written through the journal itself.
//
// usage: siaga_bench_grow DATA_DIR LOG_ROWS OPEN_DELIVERIES
//   Writes LOG_ROWS events, then one open alert with OPEN_DELIVERIES planned deliveries, and
//   closes.
#include <boost/asio/io_context.hpp>
#include <cstdio>

#include "gateway/app/system_clock.hpp"
#include "gateway/async/event.hpp"
#include "gateway/async/spawn.hpp"
#include "gateway/domain/plan.hpp"
#include "gateway/journal/store/open.hpp"

namespace {

namespace asio = boost::asio;
using namespace siaga;

constexpr int writers = 512;

Moment now_of(Clock const& clock) {
  return {clock.utc_now(), clock.steady_now()};
}

asio::awaitable<void> write_events(Journal& journal, Clock& clock, std::int64_t& left, int& running,
                                   Event& done) {
  while (left-- > 0) {
    GatewayEvent event("bench", "a row of a long history, as long as most rows are in practice");
    auto const now = now_of(clock);
    auto const written = co_await journal.write_event(std::move(event), now);
    if (!written) std::fprintf(stderr, "%s\n", written.error().text().c_str());
  }
  if (--running == 0) done.notify();
}

AuthorisedCommand an_alert(UtcTime now) {
  Alert alert;
  alert.identifier = "grow-1";
  alert.sender = "bench@satu.example";
  alert.sent.at = now;
  alert.sent.text = to_rfc3339(now, std::chrono::minutes(480));
  Info info;
  info.event = "Siaran";
  info.severity = Severity::minor;
  info.expires = CapTime{now + std::chrono::hours(24), ""};
  alert.infos.push_back(info);
  Grants grants;
  Grant grant;
  grant.agency = AgencyId("satu");
  grants.by_agency[grant.agency] = grant;
  return *authorise(grants, grant.agency, RaiseAlert{alert}, now);
}

Plan a_plan(std::int64_t recipients) {
  Ladder ladder;
  ladder.policy.id = PolicyId("semua");
  ladder.policy.steps.resize(1);
  for (std::int64_t i = 0; i < recipients; ++i) {
    Recipient recipient;
    recipient.officer = OfficerId("p" + std::to_string(i));
    recipient.channel = ChannelName("sms");
    recipient.address = "+62812" + std::to_string(10'000'000 + i);
    ladder.first_step.push_back(std::move(recipient));
  }
  Plan plan;
  plan.ladders.push_back(std::move(ladder));
  return plan;
}

asio::awaitable<void> plan_deliveries(journal::Store& store, Clock& clock,
                                      std::int64_t deliveries) {
  RawMessage raw;
  raw.topic = "siaga/alert/satu";
  raw.payload = "{}";
  raw.received_at = clock.utc_now();
  if (!store.inbox().keep(std::move(raw))) co_return;
  auto& journal = store.journal();
  auto const inbound = co_await journal.next_inbound();
  auto const now = now_of(clock);
  auto command = an_alert(now.utc);
  auto plan = a_plan(deliveries);
  InFlight none;
  auto accepted = co_await journal.accept(inbound.id, std::move(command), std::move(plan),
                                          std::move(none), now);
  bool more = accepted && accepted->more_to_expand;
  while (more) {
    auto const added = co_await journal.expand(accepted->alert, now);
    more = added && added->more;
  }
}

asio::awaitable<void> grow(asio::io_context& io, journal::Store& store, Clock& clock,
                           std::int64_t rows, std::int64_t deliveries) {
  std::int64_t left = rows;
  int running = writers;
  Event done(io.get_executor());
  for (int i = 0; i < writers; ++i)
    spawn(io.get_executor(), "writer", write_events(store.journal(), clock, left, running, done));
  co_await done.wait();
  if (deliveries > 0) co_await plan_deliveries(store, clock, deliveries);
  auto const now = now_of(clock);
  (void)co_await store.journal().checkpoint(now);
  io.stop();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: siaga_bench_grow DATA_DIR LOG_ROWS OPEN_DELIVERIES\n");
    return 64;
  }
  asio::io_context io(1);
  SystemClock clock;
  journal::StoreSettings settings;
  settings.data_dir = argv[1];
  auto store = journal::open_store(io.get_executor(), settings);
  if (!store) {
    std::fprintf(stderr, "siaga_bench_grow: %s\n", store.error().text().c_str());
    return 1;
  }
  spawn(io.get_executor(), "grow",
        grow(io, **store, clock, std::stoll(argv[2]), std::stoll(argv[3])));
  io.run();
  return 0;
}
