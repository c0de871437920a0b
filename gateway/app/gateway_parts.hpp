// Gateway::Parts: everything that a running gateway is made of, and how it starts, reloads and
// stops.
//
// Place:  private to gateway.cpp (start to stop) and gateway_readings.cpp (health and metrics).
// Thread: core only.
#pragma once

#include "gateway/app/gateway.hpp"
#include "gateway/app/health.hpp"
#include "gateway/app/registry.hpp"
#include "gateway/app/system_clock.hpp"
#include "gateway/async/stall_watch.hpp"
#include "gateway/flow/legs.hpp"
#include "gateway/journal/store/open.hpp"
#include "gateway/journal/store/settings.hpp"
#include "protocols/http/link_maker.hpp"
#include "protocols/http/server.hpp"
#include "protocols/mqtt/feed.hpp"
#include "protocols/mqtt/intake.hpp"
#include "protocols/mqtt/wire_json.hpp"

namespace siaga {
namespace asio = boost::asio;

struct Gateway::Parts {
  Parts(asio::io_context& core, config::Settings s) : io(core), settings(std::move(s)) {}

  asio::io_context& io;
  config::Settings settings;
  SystemClock clock;
  StallWatch stalls;
  Formats formats;
  mqtt::WireJson wire;
  std::unique_ptr<journal::Store> store;
  std::unique_ptr<http::KeyedLinks> links;
  std::unique_ptr<mqtt::Feed> feed;
  std::unique_ptr<flow::Legs> legs;
  std::vector<std::unique_ptr<Channel>> channels;
  std::unique_ptr<mqtt::Intake> intake;
  std::unique_ptr<http::Server> web;
  std::unique_ptr<http::Server> probes;  // null when web answers them
  bool storage_lost = false;
  bool stopped_for_rollback = false;
  bool stopping = false;
  bool is_ready = false;
  bool said_goodbye = false;
  std::size_t channels_ended = 0;

  Result<void> open_store();
  Result<void> build_legs();
  Result<void> build_channels();
  Channel* channel_named(ChannelName const& name) const;
  Result<void> build_web();
  http::Routes probe_routes();
  mqtt::IntakeEvents intake_events();
  mqtt::FindIncidents incidents();
  asio::awaitable<void> start();
  asio::awaitable<void> first_connects();
  asio::awaitable<void> stop();
  asio::awaitable<void> run_channel(Channel& channel);
  asio::awaitable<void> say_goodbye();
  asio::awaitable<void> wait_until(std::function<bool()> holds, milliseconds limit);
  void ready();
  asio::awaitable<void> apply(config::Settings next);
  asio::awaitable<void> log_event(std::string kind, std::string detail);
  std::string configuration_event() const;
  std::vector<AgencyId> agencies() const;
  InboxRules inbox_rules() const;
  void stalled(StallWatch::Span span);
  void stop_for_rollback();
  flow::BrokerReading broker() const;
  HealthVerdict verdict() const;
  http::Response health(http::Request const& request) const;
  http::Response metrics() const;
};

}  // namespace siaga
