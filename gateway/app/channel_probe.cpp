#include "gateway/app/channel_probe.hpp"

#include <algorithm>
#include <boost/asio/io_context.hpp>

#include "gateway/app/registry.hpp"
#include "gateway/app/system_clock.hpp"
#include "gateway/async/spawn.hpp"

namespace siaga {
namespace asio = boost::asio;

namespace {

constexpr milliseconds look_every{10};
constexpr milliseconds goodbye_limit{5000};
constexpr milliseconds early_receipts{5000};
// The characters SMSCs most often spoil when they take data_coding 0 for something else.
constexpr char const* telling_text =
    "UJI COBA Siaga: tanda ini harus utuh: @ \u00a3 $ _ { } [ ] ~ \u20ac";

Error not_ours() {
  return Error(Errc::unavailable, "only a probe is running; the daemon takes it");
}

// Takes the receipts of the probe's own text and leaves everything else with the network.
class ProbeSinks final : public ReceiptSink, public ReplySink {
 public:
  explicit ProbeSinks(Clock const& c) : clock(c) {}

  asio::awaitable<Result<void>> record(Receipt receipt) override {
    bool const ours = std::ranges::find(mine, receipt.reference) != mine.end();
    // Ours may come before the answer that names it: then it is asked about again. Not for long:
    // a channel drops a receipt that nobody knows for good.
    bool const may_be_ours = clock.steady_now() < named_by;
    if (!ours && may_be_ours) co_return Error(Errc::not_found, "not answered yet");
    if (!ours) co_return not_ours();
    received.push_back(std::move(receipt));
    co_return Result<void>();
  }
  asio::awaitable<Result<void>> take(Reply) override { co_return not_ours(); }

  Clock const& clock;
  SteadyTime named_by{};  // until when a receipt may belong to a text not yet answered
  std::vector<std::string> mine;
  std::vector<Receipt> received;
};

class Probe {
 public:
  Probe(ProbeOptions const& options, ProbeTold const& tell) : options_(options), tell_(tell) {}

  Result<void> make(config::Settings const& settings);
  ProbeVerdict run();

 private:
  asio::awaitable<void> keep_running();
  asio::awaitable<void> judge();
  asio::awaitable<void> try_it();
  asio::awaitable<void> send_text();
  asio::awaitable<void> tell_receipts();
  asio::awaitable<bool> comes_true(std::function<bool()> holds, milliseconds limit);

  ProbeOptions const& options_;
  ProbeTold const& tell_;
  asio::io_context io_{1};
  SystemClock clock_;
  ProbeSinks sinks_{clock_};
  std::unique_ptr<Channel> channel_;
  bool ended_ = false;
  ProbeVerdict verdict_;
};

Result<void> Probe::make(config::Settings const& settings) {
  auto const wanted =
      std::ranges::find(settings.channels, options_.channel, &config::ChannelSettings::name);
  if (wanted == settings.channels.end())
    return Error(Errc::not_found, "no [channel." + options_.channel.value + "] in " +
                                      settings.file + ": name one that is there");
  auto const* kind = channel_kind(wanted->kind);
  if (kind->address_key != "sms")
    return Error(Errc::invalid_argument, "[channel." + options_.channel.value + "] is of kind " +
                                             wanted->kind + ", which sends no SMS");
  ChannelContext const context{io_.get_executor(),       clock_, wanted->name, sinks_, sinks_,
                               settings.gateway.data_dir};
  auto made = kind->make(wanted->settings, context);
  if (!made) return made.error();
  channel_ = std::move(*made);
  return {};
}

ProbeVerdict Probe::run() {
  spawn(io_.get_executor(), "channel", keep_running());
  spawn(io_.get_executor(), "probe", judge());
  io_.run();
  return verdict_;
}

asio::awaitable<void> Probe::keep_running() {
  co_await channel_->run();
  ended_ = true;
}

asio::awaitable<void> Probe::judge() {
  co_await try_it();
  channel_->stop();
  std::function<bool()> const ended = [this] { return ended_; };
  (void)co_await comes_true(ended, goodbye_limit);
  io_.stop();
}

asio::awaitable<void> Probe::try_it() {
  auto const begun = clock_.steady_now();
  std::function<bool()> const tried = [this] {
    return channel_->tried_once() || channel_->state() != LinkState::down;
  };
  (void)co_await comes_true(tried, options_.limit);
  for (auto const& [name, value] : channel_->facts()) tell_(name, value);
  verdict_.why = channel_->state_reason();
  verdict_.usable = channel_->state() != LinkState::down;
  if (!verdict_.usable) co_return;
  tell_("ready after", std::to_string((clock_.steady_now() - begun).count()) + " ms");
  if (!options_.to.empty()) co_await send_text();
}

asio::awaitable<void> Probe::send_text() {
  Message message;
  message.kind = MessageKind::notice;
  message.channel = options_.channel;
  message.address = options_.to;
  message.text = telling_text;
  tell_("text", channel_->preview(message));
  auto const begun = clock_.steady_now();
  sinks_.named_by = begun + early_receipts;
  auto const outcome = co_await channel_->send(message, options_.limit);
  sinks_.named_by = begun;
  auto const took = std::to_string((clock_.steady_now() - begun).count()) + " ms";
  if (auto const* sent = std::get_if<Sent>(&outcome)) {
    sinks_.mine = sent->references;
    tell_("accepted after", took);
    co_await tell_receipts();
    co_return;
  }
  verdict_.usable = false;
  if (auto const* later = std::get_if<FailedTemporarily>(&outcome)) verdict_.why = later->reason;
  if (auto const* failed = std::get_if<Failed>(&outcome)) verdict_.why = failed->reason;
  if (auto const* unknown = std::get_if<OutcomeUnknown>(&outcome)) verdict_.why = unknown->reason;
}

asio::awaitable<void> Probe::tell_receipts() {
  std::function<bool()> const all = [this] { return sinks_.received.size() >= sinks_.mine.size(); };
  bool const came = co_await comes_true(all, options_.limit);
  for (auto const& receipt : sinks_.received)
    tell_("receipt", std::string(to_word(receipt.state)) +
                         (receipt.reason.empty() ? "" : ", " + receipt.reason));
  if (!came) tell_("receipt", "none within " + to_text(options_.limit) + "; it may come yet");
}

asio::awaitable<bool> Probe::comes_true(std::function<bool()> holds, milliseconds limit) {
  auto const until = clock_.steady_now() + limit;
  while (!holds()) {
    auto const now = clock_.steady_now();
    if (now >= until) co_return false;
    co_await clock_.sleep_until(now + look_every);
  }
  co_return true;
}

}  // namespace

Result<ProbeVerdict> probe_channel(config::Settings const& settings, ProbeOptions const& options,
                                   ProbeTold const& tell) {
  Probe probe(options, tell);
  if (auto const made = probe.make(settings); !made) return made.error();
  return probe.run();
}

}  // namespace siaga
