#include "gateway/flow/incidents.hpp"

#include <utility>

#include "gateway/async/spawn.hpp"
#include "gateway/base/log.hpp"
#include "gateway/domain/text.hpp"
#include "gateway/flow/ops_messages.hpp"

namespace siaga::flow {
namespace asio = boost::asio;

namespace {

constexpr std::chrono::seconds round_every{1};
constexpr std::chrono::hours message_lives{4};
constexpr std::chrono::seconds direct_limit{30};
constexpr std::size_t about_bytes_max = 120;
constexpr std::size_t detail_bytes_max = 400;

}  // namespace

Incidents::Incidents(Context context)
    : context_(std::move(context)),
      woken_(context_.executor),
      began_(context_.clock.steady_now()) {}

void Incidents::raise(IncidentKind kind, std::string about, std::string detail) {
  about = shortened(about, about_bytes_max);
  detail = shortened(detail, detail_bytes_max);
  bool const is_new = book_.raise(kind, about, detail, moment(context_.clock));
  if (is_new)
    log::error("incident",
               {{"kind", std::string(to_word(kind))}, {"about", about}, {"detail", detail}});
  woken_.notify();
}

void Incidents::end(IncidentKind kind, std::string about) {
  about = shortened(about, about_bytes_max);
  if (!book_.end(kind, about, context_.clock.utc_now())) return;
  log::info("incident_ended", {{"kind", std::string(to_word(kind))}, {"about", about}});
  woken_.notify();
}

void Incidents::note(IncidentKind kind, std::string about) {
  book_.note(kind, shortened(about, about_bytes_max), moment(context_.clock));
  woken_.notify();
}

asio::awaitable<void> Incidents::restore() {
  auto const now = moment(context_.clock);
  auto const since = now.utc - IncidentBook::tell_every;
  auto const kept = co_await context_.journal.incidents(since);
  if (kept)
    book_.restore(*kept, now);
  else
    log::error("incidents_not_read", {{"error", kept.error().text()}});
}

asio::awaitable<void> Incidents::run() {
  for (;;) {
    bool const did_something = co_await round();
    auto const next = context_.clock.steady_now() + round_every;
    if (did_something)  // however often it is raised meanwhile
      co_await context_.clock.sleep_until(next);
    else
      co_await sleep_or(context_.clock, next, woken_);
  }
}

asio::awaitable<bool> Incidents::round() {
  auto const now = moment(context_.clock);
  book_.sweep(now);
  auto const notices = book_.untold(now.steady);
  IncidentPage page;
  page.changes = book_.unkept();
  if (page.changes.empty() && notices.empty() && told_directly_.empty()) co_return false;
  page.messages = messages_about(notices);
  page.expires = now.utc + message_lives;
  auto told = told_directly_;
  for (auto const& notice : notices)
    if (!notice.report.ended) told.insert(notice.report.kind);
  page.told.assign(told.begin(), told.end());
  auto const changes = page.changes;
  auto const messages = page.messages;
  auto const due = co_await context_.journal.keep(std::move(page), now);
  if (due) {
    book_.kept(changes);
    book_.told(notices, now.steady);
    context_.dispatcher.wake(*due);
    if (!changes.empty()) context_.outbox_filled();
    told_directly_.clear();
    keeps_ = true;
    co_return true;
  }
  if (std::exchange(keeps_, false))
    log::error("incidents_not_kept", {{"error", due.error().text()}});
  tell_directly(messages);
  book_.told(notices, now.steady);
  told_directly_ = std::move(told);
  co_return true;
}

std::vector<OpsMessage> Incidents::messages_about(
    std::vector<IncidentNotice> const& notices) const {
  std::vector<OpsMessage> all;
  IsCarried const carried = [this](ChannelName const& channel) { return is_carried(channel); };
  for (auto const& notice : notices) {
    auto some = ops_messages(*context_.world, notice, context_.gateway_name, carried);
    if (some.empty() && !context_.world->ops.teams.empty())
      log::error("ops_not_told", {{"kind", std::string(to_word(notice.report.kind))},
                                  {"about", notice.report.about},
                                  {"reason", "no channel of [incidents] is left for it"}});
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

bool Incidents::is_carried(ChannelName const& channel) const {
  for (auto const& lane : context_.dispatcher.lanes())
    if (lane->name() == channel) return lane->has_standby_now();
  return false;
}

void Incidents::tell_directly(std::vector<OpsMessage> messages) {
  for (auto& message : messages) {
    ++sending_;
    spawn(context_.executor, "message to ops", send_directly(std::move(message)));
  }
}

// Its number is no delivery's: what a network tells of it later is of nobody.
asio::awaitable<void> Incidents::send_directly(OpsMessage message) {
  auto const now = context_.clock.utc_now();
  Delivery delivery;
  delivery.id = DeliveryId(-(now.time_since_epoch().count() + ++unstored_));
  delivery.officer = message.to.officer;
  delivery.channel = message.to.channel;
  delivery.address = message.to.address;
  delivery.language = message.to.language;
  delivery.kind = MessageKind::notice;
  delivery.priority = Priority::urgent;
  delivery.expires = now + message_lives;
  delivery.text = std::move(message.text);
  Alert const about_no_alert;
  Composition from{delivery,
                   about_no_alert,
                   "",
                   context_.world->officer_name(delivery.officer),
                   "",
                   "",
                   context_.world->zone,
                   context_.world->levels};
  Message const composed = compose(from);
  for (auto const& lane : context_.dispatcher.lanes()) {
    if (lane->name() != delivery.channel) continue;
    auto const outcome = co_await lane->channel().send(composed, direct_limit);
    log::warning("ops_told_without_the_store",
                 {{"channel", delivery.channel.value},
                  {"officer", delivery.officer.value},
                  {"sent", std::holds_alternative<Sent>(outcome) ? "yes" : "no"}});
  }
  --sending_;
}

asio::awaitable<void> Incidents::say_last_words(std::string detail) {
  if (context_.clock.steady_now() - began_ < told_before) co_return;
  raise(IncidentKind::storage_failing, "", std::move(detail));
  IncidentNotice notice;
  notice.report.kind = IncidentKind::storage_failing;
  notice.report.since = context_.clock.utc_now();
  notice.abouts.emplace_back();
  tell_directly(messages_about({notice}));
  book_.told({notice}, context_.clock.steady_now());
  auto const until = context_.clock.steady_now() + last_words_limit;
  while (sending_ > 0 && context_.clock.steady_now() < until) {
    auto const again = context_.clock.steady_now() + milliseconds(50);
    co_await context_.clock.sleep_until(again);
  }
}

std::vector<std::string> Incidents::open_lines() const {
  std::vector<std::string> lines;
  for (auto const& [name, entry] : book_.lasting()) {
    auto line = "incident " + std::string(to_word(name.first));
    if (!name.second.empty()) line += " " + name.second;
    line += " since " + local_text(entry.since, context_.world->zone);
    if (!entry.detail.empty()) line += ": " + entry.detail;
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace siaga::flow
