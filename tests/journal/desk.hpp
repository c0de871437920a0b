// Desk: a journal over a real store in a directory of its own, driven from the test's thread, and
// the alerts, plans and answers that tests put through it.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "gateway/journal/database/query.hpp"
#include "gateway/journal/database/sqlite/open.hpp"
#include "gateway/journal/database/sqlite/sqlite.hpp"
#include "gateway/journal/history/history.hpp"
#include "gateway/journal/store/open.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/temp_dir.hpp"

namespace siaga::test {

using namespace std::chrono_literals;

inline ChannelName const sms{"sms"};
inline ChannelName const email{"email"};
inline ChannelName const radio{"radio"};
inline AgencyId const polres{"polres"};

inline CapTime cap_time(UtcTime at) {
  return CapTime{at, to_rfc3339(at, std::chrono::minutes(480))};
}

// "officer-7" at "+62812000007" on channel sms.
inline Recipient recipient(int number, ChannelName channel = sms) {
  auto const digits = std::to_string(1'000'000 + number).substr(1);
  auto const address =
      channel == email ? "officer-" + digits + "@polres.example" : "+62812" + digits;
  if (channel == radio) return {OfficerId(), radio, "", "id"};
  return {OfficerId("officer-" + std::to_string(number)), std::move(channel), address, "id"};
}

inline std::vector<Recipient> recipients(int from, int count, ChannelName const& channel = sms) {
  std::vector<Recipient> all;
  for (int i = from; i < from + count; ++i) all.push_back(recipient(i, channel));
  return all;
}

inline Policy policy(int acks_needed = 1) {
  Policy made;
  made.id = PolicyId("siaga-1");
  made.steps = {{0ms, {TeamId("piket")}, {sms}}, {5min, {TeamId("kabag")}, {sms, email}}};
  made.acks_needed = acks_needed;
  return made;
}

inline Plan plan_for(std::vector<Recipient> first_step, int acks_needed = 1) {
  Plan made;
  made.ladders.push_back({policy(acks_needed), "siaga.toml:52 route 1", std::move(first_step), {}});
  return made;
}

class Desk {
 public:
  explicit Desk(journal::StoreSettings wanted = {}) : settings(std::move(wanted)) {
    settings.data_dir = dir.path();
    settings.free_bytes_min = 0;
    open();
  }

  void open() {
    auto opened = journal::open_store(core.get_executor(), settings);
    if (!opened) FAIL(opened.error().text());
    store = std::move(*opened);
  }
  void close() { store.reset(); }
  Journal& journal() { return store->journal(); }
  Moment now() const { return {clock.utc_now(), clock.steady_now()}; }

  // Runs core until the awaited result is there.
  template <class T>
  T await(boost::asio::awaitable<T> work) {
    std::optional<T> result;
    boost::asio::co_spawn(core, std::move(work), [&](std::exception_ptr failed, T value) {
      if (failed) std::rethrow_exception(failed);
      result.emplace(std::move(value));
    });
    core.restart();
    while (!result && core.run_one() > 0) {
    }
    return std::move(*result);
  }
  // The value, or the test ends with the error's words.
  template <class T>
  T get(boost::asio::awaitable<Result<T>> work) {
    auto result = await(std::move(work));
    if (!result) FAIL(result.error().text());
    if constexpr (!std::is_void_v<T>) return std::move(*result);
  }

  RawMessage raw(std::string payload) const {
    RawMessage message;
    message.topic = "siaga/alert/polres";
    message.payload = std::move(payload);
    message.received_at = clock.utc_now();
    return message;
  }
  InboxId keep(RawMessage message) {
    auto const kept = store->inbox().keep(std::move(message));
    if (!kept) FAIL(kept.error().text());
    return await(journal().next_inbound()).id;
  }

  Alert alert(std::string identifier, MsgType type = MsgType::alert) const {
    Info info;
    info.language = "id";
    info.categories = {Category::security};
    info.event = "Unjuk rasa";
    info.severity = Severity::severe;
    info.expires = cap_time(clock.utc_now() + 6h);
    info.headline = "Massa menuju gerbang pabrik";
    info.areas = {{"Kel. Lok Tuan", {}, {}, {{"KEMENDAGRI", "64.74.01.1003"}}, "", "", {}}};
    Alert made;
    made.identifier = std::move(identifier);
    made.sender = "spkt@polres-bontang.example";
    made.sent = cap_time(clock.utc_now());
    made.msg_type = type;
    made.scope = Scope::restricted;
    made.restriction = "petugas piket";
    made.infos = {info};
    return made;
  }
  static Alert about(Alert message, Alert const& old) {
    message.references = {{old.sender, old.identifier, old.sent}};
    return message;
  }
  AuthorisedCommand authorised(Command command, AgencyId const& agency = polres) const {
    Grants grants;
    for (auto const& id : {polres, AgencyId("pmi")}) grants.by_agency[id].agency = id;
    auto judged = authorise(grants, agency, std::move(command), clock.utc_now());
    if (!judged) FAIL(judged.error().reasons.front().text);
    return *judged;
  }

  // An alert as it arrives: kept, then accepted with its plan. The payload is its identifier.
  Accepted raise(Alert const& made, Plan plan, InFlight sending = {}) {
    auto const from = keep(raw(made.identifier));
    Command command = RaiseAlert{made};
    if (made.msg_type == MsgType::update) command = ReplaceAlert{made};
    return get(
        journal().accept(from, authorised(command), std::move(plan), std::move(sending), now()));
  }
  Accepted raise(std::string identifier, Plan plan) {
    return raise(alert(std::move(identifier)), std::move(plan));
  }
  Accepted cancel(Alert const& made, InFlight sending = {}) {
    auto const from = keep(raw(made.identifier));
    return get(journal().cancel(from, authorised(CancelAlert{made}), std::move(sending), now()));
  }

  std::vector<Delivery> claim(ChannelName const& channel = sms, std::size_t most = 1000) {
    return get(journal().claim_due(channel, most, now())).deliveries;
  }
  std::optional<SteadyTime> next_due(ChannelName const& channel = sms) {
    return get(journal().claim_due(channel, 0, now())).next_due;
  }
  Attempt attempt(Delivery const& delivery, SendOutcome outcome) const {
    Attempt made;
    made.delivery = delivery.id;
    made.fence = delivery.fence;
    made.outcome = std::move(outcome);
    made.retry_at = clock.steady_now() + 2s;
    made.at = clock.utc_now();
    return made;
  }
  Recorded record(Delivery const& delivery, SendOutcome outcome = Sent()) {
    return get(journal().record(attempt(delivery, std::move(outcome))));
  }
  // Claims and sends everything that is due; what it was.
  std::vector<Delivery> send_all(ChannelName const& channel = sms) {
    auto const claimed = claim(channel);
    for (auto const& delivery : claimed)
      record(delivery, Sent({"ref-" + std::to_string(delivery.id.value)}));
    return claimed;
  }
  Stopped answer(AlertId to, std::string officer, Answer word = Answer::accepted,
                 InFlight sending = {}) {
    Acknowledgement made;
    made.alert = to;
    made.officer = OfficerId(officer);
    made.officer_name = "Kabag Ops";
    made.answer = word;
    made.note = "menuju lokasi";
    made.at = clock.utc_now();
    return get(journal().acknowledge(made, std::move(sending), now()));
  }

  DeliveryState state(DeliveryId id) { return get(journal().delivery(id)).state; }
  // What the store's file says, read beside the daemon.
  template <class T, class... Values>
  T ask(char const* sql, Values const&... values) {
    journal::SqliteDatabase database(journal::store_path(dir.path()),
                                     journal::SqliteDatabase::Mode::read);
    auto const found = journal::first<T>(database, sql, values...);
    return found ? *found : T{};
  }
  std::int64_t count(char const* sql) { return ask<std::int64_t>(sql); }
  std::unique_ptr<journal::History> history() {
    auto opened = journal::open_history(dir.path());
    if (!opened) FAIL(opened.error().text());
    return std::move(*opened);
  }

  TempDir dir;
  boost::asio::io_context core;
  FakeClock clock;
  journal::StoreSettings settings;
  std::unique_ptr<journal::Store> store;
};

}  // namespace siaga::test
