#include "gateway/app/gateway.hpp"

#include <algorithm>
#include <optional>

#include "gateway/app/gateway_parts.hpp"
#include "gateway/app/memory.hpp"
#include "gateway/app/rehearsal.hpp"
#include "gateway/app/service_manager.hpp"
#include "gateway/app/version.hpp"
#include "gateway/async/spawn.hpp"
#include "gateway/base/assert.hpp"
#include "gateway/base/log.hpp"
#include "protocols/cap/reread.hpp"
#include "protocols/http/ack_page.hpp"

namespace siaga {
namespace asio = boost::asio;
using std::chrono::seconds;

namespace {
constexpr milliseconds look_every{20};
constexpr seconds finish_limit{5};    // for what is being sent; then channels are asked to end
constexpr seconds goodbye_limit{5};   // for the channels, and for the last words to the broker
constexpr seconds stall_told{1};      // the core did one thing only, and ops hear of it
constexpr seconds starting_step{20};  // how often the service manager hears that we still start
}  // namespace

std::shared_ptr<flow::World const> world_of(config::Settings const& settings) {
  auto world = std::make_shared<flow::World>();
  world->grants = settings.grants;
  world->routing = settings.routing;
  world->directory = settings.directory;
  world->zone = settings.zone;
  world->response_topics = ResponseTopics(settings.section<mqtt::Settings>("mqtt").response_topics);
  world->paths = paths(settings);
  world->levels = settings.levels;
  world->lengths = lengths(settings);
  world->ops = settings.section<flow::IncidentSettings>("incidents");
  return world;
}

Gateway::Gateway(asio::io_context& io, config::Settings settings)
    : parts_(std::make_unique<Parts>(io, std::move(settings))) {}
Gateway::~Gateway() = default;

bool Gateway::storage_lost() const noexcept {
  return parts_->storage_lost;
}
bool Gateway::rolled_back() const noexcept {
  return parts_->stopped_for_rollback;
}

Result<void> Gateway::build() {
  for (auto step :
       {&Parts::open_store, &Parts::build_legs, &Parts::build_channels, &Parts::build_web})
    if (auto const done = (parts_.get()->*step)(); !done) return done;
  return {};
}

Result<void> Gateway::Parts::open_store() {
  journal::StoreSettings wanted;
  wanted.data_dir = settings.gateway.data_dir;
  wanted.zone_offset = settings.zone.offset;
  wanted.gateway_name = settings.gateway.name;
  wanted.quarantine_bytes = settings.section<journal::Settings>("store").quarantine_bytes;
  wanted.decoder = cap::decoder_version;
  wanted.response_topics = ResponseTopics(settings.section<mqtt::Settings>("mqtt").response_topics);
  auto opened = journal::open_store(io.get_executor(), std::move(wanted));
  if (!opened) return opened.error();
  store = std::move(*opened);
  store->inbox().judge_by(inbox_rules());
  auto const reopened = store->reopen_claims(flow::moment(clock));
  if (!reopened) return reopened.error();
  if (*reopened > 0) log::warning("claims_reopened", {{"deliveries", std::to_string(*reopened)}});
  return {};
}

Result<void> Gateway::Parts::build_legs() {
  auto const& web_settings = settings.section<http::Settings>("http");
  auto const& keys = store->link_keys();
  http::LinkKeys const link_keys{keys.store, keys.key, keys.older_key, keys.older_last};
  links = std::make_unique<http::KeyedLinks>(link_keys, web_settings.public_url);
  formats = siaga::formats(settings);
  feed = std::make_unique<mqtt::Feed>(io.get_executor(), settings.section<mqtt::Settings>("mqtt"),
                                      settings.gateway.name, incidents());
  flow::LegsContext context{io.get_executor(),
                            clock,
                            store->journal(),
                            *feed,
                            wire,
                            *links,
                            formats,
                            freshness(settings),
                            authenticity(),
                            world_of(settings),
                            settings.section<flow::Settings>("delivery"),
                            settings.gateway.name,
                            version,
                            [] { service_manager::alive(); },
                            [this](Error const& error) {
                              log::error("storage_lost", {{"error", error.text()}});
                              storage_lost = true;
                              io.stop();
                            }};
  context.broker = [this] { return broker(); };
  if (settings.section<journal::Settings>("store").on_rollback == "stop")
    context.on_rollback = [this] { stop_for_rollback(); };
  legs = std::make_unique<flow::Legs>(std::move(context));
  stalls.when_longer(stall_told, [this](StallWatch::Span span) { stalled(span); });
  feed->when_noted([this](std::string note) { legs->supervisor().noted(std::move(note)); });
  feed->when_connected([this] {
    legs->connected();
    intake->feed_connected();
  });
  mqtt::IntakeContext arriving{io.get_executor(),
                               settings.section<mqtt::Settings>("mqtt"),
                               settings.gateway.name,
                               store->inbox(),
                               clock,
                               intake_events(),
                               [this] { return feed->connected(); },
                               incidents()};
  intake = std::make_unique<mqtt::Intake>(std::move(arriving));
  return {};
}

mqtt::FindIncidents Gateway::Parts::incidents() {
  return [this] { return legs ? &legs->incidents() : nullptr; };
}

mqtt::IntakeEvents Gateway::Parts::intake_events() {
  mqtt::IntakeEvents events;
  events.session_lost = [this] {
    spawn(
        io.get_executor(), "session lost",
        log_event("session-lost", "the broker had no session of ours; alerts it held may be gone"));
  };
  events.refused = [this](RawMessage message, Error why) { legs->intake().say_held(message, why); };
  return events;
}

Result<void> Gateway::Parts::build_channels() {
  for (auto const& wanted : settings.channels) {
    auto const* kind = channel_kind(wanted.kind);
    require(kind != nullptr, "the loader lets only known kinds of channel through");
    ChannelContext context{io.get_executor(), clock,           wanted.name,
                           legs->receipts(),  legs->replies(), settings.gateway.data_dir};
    auto made = kind->make(wanted.settings, context);
    if (!made)
      return Error(Errc::invalid_configuration,
                   "[channel." + wanted.name.value + "] " + made.error().text());
    legs->add(wanted.name, **made);
    channels.push_back(std::move(*made));
  }
  for (auto const& wanted : settings.channels)
    if (auto* standby = channel_named(wanted.standby))
      legs->stand_by(wanted.name, {wanted.standby, standby, wanted.standby_after});
  return {};
}

// Null when there is none of this name.
Channel* Gateway::Parts::channel_named(ChannelName const& name) const {
  for (std::size_t i = 0; i < channels.size(); ++i)
    if (settings.channels[i].name == name) return channels[i].get();
  return nullptr;
}

http::Routes Gateway::Parts::probe_routes() {
  http::Routes routes;
  routes.push_back(http::route("GET", "/healthz",
                               [this](http::Request const& request) { return health(request); }));
  routes.push_back(http::route("GET", "/metrics", [this] { return metrics(); }));
  return routes;
}

Result<void> Gateway::Parts::build_web() {
  auto const& wanted = settings.section<http::Settings>("http");
  auto routes = http::ack_routes(legs->link_desk());
  if (http::has_probes_too(wanted)) std::ranges::move(probe_routes(), std::back_inserter(routes));
  web = std::make_unique<http::Server>(io.get_executor(), wanted, std::move(routes));
  if (auto const opened = web->open(); !opened) return opened.error();
  if (wanted.probes.empty()) return {};
  probes = std::make_unique<http::Server>(io.get_executor(), http::probe_settings(wanted),
                                          probe_routes());
  return probes->open();
}

void Gateway::run() {
  parts_->stalls.run(parts_->io);
}

void Gateway::start() {
  spawn(parts_->io.get_executor(), "start", parts_->start());
}

asio::awaitable<void> Gateway::Parts::log_event(std::string kind, std::string detail) {
  GatewayEvent event(std::move(kind), std::move(detail));
  auto const now = flow::moment(clock);
  auto const written = co_await store->journal().write_event(std::move(event), now);
  if (!written) log::error("event_not_logged", {{"error", written.error().text()}});
}

std::string Gateway::Parts::configuration_event() const {
  return "sha256 " + settings.hash;
}

std::vector<AgencyId> Gateway::Parts::agencies() const {
  std::vector<AgencyId> all;
  for (auto const& [id, grant] : settings.grants.by_agency) all.push_back(id);
  std::ranges::sort(all);
  return all;
}

InboxRules Gateway::Parts::inbox_rules() const {
  auto const limits = lengths(settings);
  InboxRules rules;
  rules.agencies = agencies();
  rules.alert_bytes_max = received_bytes_max(settings);
  rules.answer_bytes_max = limits.answer_bytes_max;
  return rules;
}

void Gateway::Parts::stalled(StallWatch::Span span) {
  auto const ms = std::chrono::duration_cast<milliseconds>(span);
  legs->incidents().raise(IncidentKind::core_stalled, "core",
                          "for " + std::to_string(ms.count()) + " ms it did one thing only");
}

asio::awaitable<void> Gateway::Parts::start() {
  // The store takes up what it is given in turn: restoring ends after both stand in the log.
  spawn(io.get_executor(), "configured", log_event("configured", configuration_event()));
  spawn(io.get_executor(), "started", log_event("started", std::string("siaga ") + version));
  auto const restored = co_await legs->restore();
  if (!restored) {
    log::error("cannot_restore", {{"error", restored.error().text()}});
    storage_lost = true;
    io.stop();
    co_return;
  }
  for (auto& channel : channels) spawn(io.get_executor(), "channel", run_channel(*channel));
  legs->start();
  feed->start();
  intake->give_express(agencies());
  intake->start();
  web->start();
  if (probes) probes->start();
  co_await first_connects();
  if (stopping) co_return;
  is_ready = true;
  memory::give_back();
  ready();
  service_manager::status("accepting alerts");
  log::info("ready", {{"gateway", settings.gateway.name}, {"version", version}});
}

asio::awaitable<void> Gateway::Parts::first_connects() {
  auto const tried = [](auto const& channel) { return channel->tried_once(); };
  auto next_word = clock.steady_now();
  while (!stopping && !(std::ranges::all_of(channels, tried) && intake->connected())) {
    if (clock.steady_now() >= next_word) {
      next_word = clock.steady_now() + starting_step;
      service_manager::starting(3 * starting_step);
    }
    auto const again = clock.steady_now() + look_every / 4;
    co_await clock.sleep_until(again);
  }
}

void Gateway::stop() {
  if (parts_->stopping) {
    parts_->io.stop();
    return;
  }
  parts_->stopping = true;
  spawn(parts_->io.get_executor(), "stop", parts_->stop());
}

void Gateway::Parts::stop_for_rollback() {
  log::error("rolled_back", {{"doing",
                              "stopping, as [store] on_rollback says; look for a restored"
                              " backup, then run `siaga log accept-rollback`"}});
  if (std::exchange(stopping, true)) return;
  stopped_for_rollback = true;
  spawn(io.get_executor(), "stop", stop());
}

asio::awaitable<void> Gateway::Parts::run_channel(Channel& channel) {
  co_await channel.run();
  ++channels_ended;
}

// After `limit` it goes on all the same.
asio::awaitable<void> Gateway::Parts::wait_until(std::function<bool()> holds, milliseconds limit) {
  auto const until = clock.steady_now() + limit;
  while (!holds() && clock.steady_now() < until) {
    auto const again = clock.steady_now() + look_every;
    co_await clock.sleep_until(again);
  }
}

asio::awaitable<void> Gateway::Parts::stop() {
  log::info("stopping");
  service_manager::stopping();
  std::function<bool()> const idle = [this] { return legs->dispatcher().idle(); };
  std::function<bool()> const ended = [this] {
    return channels_ended == channels.size() && legs->dispatcher().idle();
  };
  std::function<bool()> const said = [this] { return said_goodbye; };
  intake->stop();
  web->stop();
  if (probes) probes->stop();
  legs->stop();
  co_await wait_until(idle, finish_limit);
  for (auto& channel : channels) channel->stop();
  co_await wait_until(ended, goodbye_limit);
  if (!ended()) log::warning("channel_still_busy", {{"doing", "stopping without it"}});
  spawn(io.get_executor(), "goodbye", say_goodbye());
  co_await wait_until(said, goodbye_limit);
  feed->stop();
  io.stop();
}

asio::awaitable<void> Gateway::Parts::say_goodbye() {
  co_await log_event("stopped", "on request");
  co_await legs->supervisor().say_goodbye();
  said_goodbye = true;
}

// Also after a reload; never before the first time.
void Gateway::Parts::ready() {
  if (is_ready) service_manager::ready();
}

void Gateway::reload() {
  service_manager::reloading();
  auto next = load_configuration(parts_->settings.file);
  tell(next);
  if (!next.usable()) {
    log::error("reload_refused",
               {{"file", parts_->settings.file},
                {"reason", "the file has problems; the old configuration stays"}});
  } else if (next.settings.fixed_hash != parts_->settings.fixed_hash) {
    log::error("reload_refused",
               {{"file", parts_->settings.file},
                {"reason",
                 "[gateway], [mqtt], [http], [delivery] or [channel.*] changed; these need "
                 "a restart; the old configuration stays"}});
  } else {
    spawn(parts_->io.get_executor(), "reload", parts_->apply(std::move(next.settings)));
    return;
  }
  parts_->ready();
}

void Gateway::let_go() {
  parts_->legs->intake().let_go();
  parts_->intake.reset();
  parts_->feed.reset();
  parts_->store.reset();
}

asio::awaitable<void> Gateway::Parts::apply(config::Settings next) {
  settings = std::move(next);
  legs->world().swap_in(world_of(settings));
  store->inbox().judge_by(inbox_rules());
  intake->give_express(agencies());
  legs->intake().reconsider();
  auto loaded = configuration_event();
  co_await log_event("configured", std::move(loaded));
  log::info("reloaded", {{"file", settings.file}, {"sha256", settings.hash}});
  memory::give_back();
  ready();
}

}  // namespace siaga
