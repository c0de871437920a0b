// Stage: the whole journey on a table: real flow, real store, real CAP reader; time, channels and
// the broker are stand-ins that the scenario moves by hand.
#pragma once

#include <boost/asio/io_context.hpp>
#include <deque>
#include <functional>

#include "gateway/flow/legs.hpp"
#include "gateway/journal/history/history.hpp"
#include "gateway/journal/store/open.hpp"
#include "protocols/mqtt/wire_json.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/temp_dir.hpp"

namespace siaga::test {

// A channel that takes note of what it is told, and answers as the scenario wishes.
class NotedChannel final : public Channel {
 public:
  boost::asio::awaitable<void> run() override { co_return; }
  void stop() override {}
  boost::asio::awaitable<SendOutcome> send(Message const& message, milliseconds limit) override;
  std::size_t width() const override { return width_max; }
  LinkState state() const override { return link; }
  std::string state_reason() const override { return reason; }
  bool is_refused() const override { return refused; }
  bool tried_once() const override { return true; }
  std::string preview(Message const& message) const override { return message.event; }
  void withdraw(AlertId alert) override { withdrawn.push_back(alert); }
  bool tells_late() const override { return late; }

  std::vector<Message> begun;
  std::vector<AlertId> withdrawn;
  std::function<SendOutcome(Message const&)> outcome;  // unset: sent
  bool waiting = false;                                // for a window: no byte before let_go()
  bool holding = false;                                // sends stay on the wire until let_go()
  std::size_t width_max = 8;
  LinkState link = LinkState::up;
  std::string reason;
  bool refused = false;
  bool late = true;
  void let_go();
  std::size_t to(std::string const& address) const;  // messages begun to this address
  void attach(boost::asio::any_io_executor const& executor) { done_.emplace(executor); }
  void detach() { done_.reset(); }

 private:
  std::optional<Event> done_;
};

// What the broker would carry.
class NotedFeed final : public StatusFeed {
 public:
  boost::asio::awaitable<Result<void>> publish(OutgoingMessage message) override;
  std::vector<OutgoingMessage> said;
  bool away = false;
  std::function<bool(OutgoingMessage const&)> refuses;     // unset: nothing
  std::function<bool(OutgoingMessage const&)> ends_at;     // ends the connection; unset: nothing
  std::size_t ended = 0;                                   // so often
  std::string last(std::string const& topic_start) const;  // payload; empty when nothing was said
};

// "link:7:polres-0001", or "older:7" as of a program that bound links to nothing.
class PlainLinks final : public LinkMaker {
 public:
  std::string url(LinkedTo const& to) const override;
  Result<LinkRead> read(std::string_view token) const override;
  bool fits(std::string_view token, LinkedTo const& to) const override;
};

class Stage {
 public:
  Stage();
  ~Stage();

  // The scenario's own setting, before raise().
  flow::World& setting() { return *world_; }
  void officer(std::string id, std::string phone, std::string mail = "",
               std::string agency = "polres");
  void team(std::string id, std::vector<std::string> members, bool test = false);
  void policy(Policy policy);

  void open();   // starts everything; again after close() = a restart over the same store
  void close();  // as a crash would: nothing is finished, what is committed stays

  void publish(std::string const& payload, std::string const& agency = "polres",
               std::string const& topic = "siaga/alert/");
  void publish_retained(std::string const& payload, std::string const& topic);
  void keep_only(std::string const& payload);  // durable; nothing is waited for
  // An answer whose signature `authentic` takes for good.
  void publish_signed(std::string const& payload, std::string const& signature,
                      std::string const& topic = "siaga/ack/polres");
  LinkOutcome answer_link(std::string token, LinkAnswer answer);
  std::string locked_until;  // as the last answer_link() was told
  LinkView view_link(std::string token);
  void reply(std::string const& phone, std::string const& text);
  void receipt(Receipt receipt);  // of the network
  void resolve(LateOutcome outcome);
  void advance(milliseconds by);
  void until(std::function<bool()> const& holds);  // fails the test after a real minute
  void settle();                                   // everything that can happen now has happened
  void swap_world();

  std::string code();        // of the newest alert
  std::string other_code();  // one that is well formed and not its
  journal::AlertDetail detail(std::string const& name);
  std::vector<journal::LogRow> log();
  std::vector<KeptIncident> incidents(bool open_only = false);
  void tell_ops(std::vector<std::string> teams, std::vector<std::string> channels);

  FakeClock clock;
  flow::BrokerReading broker;
  std::int64_t free_bytes_min = 0;  // room the store wants; more than any disk has = it is full
  // Set before open(): what happens at a point of a transaction, on the store thread; may throw.
  std::function<void(std::string_view)> at_store;
  // The process would end with 75. Unset: the scenario fails.
  std::function<void()> storage_lost;
  NotedFeed feed;
  NotedChannel sms, email, radio, modem;
  std::optional<milliseconds> standby_after;  // set before open(): modem stands by for sms
  std::unique_ptr<flow::Legs> legs;
  std::size_t chunk = 1000;
  std::optional<InboxRules> rules;  // set before open(): what is kept of which message
  // What the transport says of a message's signature; unset: it has none.
  flow::Authenticity authentic = [](Signers const&, RawMessage const&, UtcTime) {
    return Judged<Proof>(Proof());
  };
  void agency(std::string id, std::vector<std::string> parents = {});
  void reconsider() { swap_world(), legs->intake().reconsider(), settle(); }

 private:
  void keep(std::string const& payload, std::string topic, bool retained = false,
            std::string signature = "");

  TempDir dir_;
  std::shared_ptr<flow::World> world_;
  std::vector<Officer> officers_;
  std::vector<Team> teams_;
  PlainLinks links_;
  mqtt::WireJson wire_;
  Formats formats_;
  std::unique_ptr<boost::asio::io_context> io_;
  std::unique_ptr<journal::Store> store_;
};

// A well-formed JSON alert; each field can be changed before text().
struct AlertText {
  std::string identifier = "polres-0001";
  std::string sender = "spkt@polres-bontang.example";
  std::string sent = "2026-11-23T14:30:00+08:00";
  std::string status = "Actual";
  std::string msg_type = "Alert";
  std::string references;
  std::string severity = "Severe";
  std::string urgency = "Immediate";
  std::string expires = "2026-11-23T20:30:00+08:00";
  std::string event = "Unjuk rasa";
  std::string area = "64.74.01.1003";
  std::string text() const;
  std::string reference() const;  // how an Update or Cancel names it
};

inline constexpr char piket[] = "+6281200000001";
inline constexpr char kabag[] = "+6281200000002";

Step step(milliseconds after, std::string team, std::vector<std::string> channels = {"sms"});
// Officer and team piket at once by SMS; officer and team kabag five minutes later.
void two_steps(Stage& stage);
// How many log rows of one kind.
std::size_t rows(std::vector<journal::LogRow> const& log, std::string const& kind);

}  // namespace siaga::test
