#include "gateway/flow/link_desk.hpp"

namespace siaga::flow {
namespace asio = boost::asio;

namespace {

constexpr std::size_t links_counted_max = 10'000;

std::string state_text(AlertState state) {
  switch (state) {
    case AlertState::open:
      return "";
    case AlertState::acknowledged:
      return "Peringatan ini sudah ada yang menangani.";
    case AlertState::cancelled:
      return "Peringatan ini sudah dibatalkan.";
    case AlertState::expired:
      return "Peringatan ini sudah lewat waktu.";
    case AlertState::closed:
      break;
  }
  return "Peringatan ini sudah diakhiri.";
}

}  // namespace

asio::awaitable<Result<LinkAnswers::Linked>> LinkAnswers::linked(std::string token) {
  auto const id = context_.links.delivery_of(token);
  if (!id) co_return id.error();
  auto const delivery = co_await context_.journal.delivery(*id);
  if (!delivery) co_return delivery.error();
  // What the mail told of may have been replaced since: the answer is to what is in force.
  auto const latest = co_await context_.journal.latest_of(delivery->alert);
  if (!latest) co_return latest.error();
  auto const alert = co_await context_.journal.alert(*latest);
  if (!alert) co_return alert.error();
  Linked found{*delivery, *alert};
  co_return found;
}

asio::awaitable<Result<LinkView>> LinkAnswers::view(std::string token) {
  auto const found = co_await linked(std::move(token));
  if (!found) co_return found.error();
  auto const world = context_.world.hold();
  Composition from{found->delivery,
                   found->alert->alert,
                   found->alert->code,
                   world->officer_name(found->delivery.officer),
                   world->agency_name(found->alert->agency),
                   "",
                   world->zone,
                   world->levels,
                   world->hosts_of(found->alert->agency)};
  auto const message = compose(from);
  LinkView page;
  page.open = found->alert->state == AlertState::open;
  page.state_text = state_text(found->alert->state);
  page.mark = message.mark;
  page.title = message.title;
  page.level = message.level;
  page.event = message.event;
  page.place = message.place;
  page.time = message.time;
  page.action = message.action;
  page.officer_name = message.officer_name;
  page.sender_name = message.sender_name;
  co_return page;
}

bool LinkAnswers::locked(DeliveryId id) const {
  auto const counted = wrong_.find(id);
  return counted != wrong_.end() && counted->second >= context_.settings.link_tries_max;
}

void LinkAnswers::count_wrong(DeliveryId id) {
  if (wrong_.size() >= links_counted_max) wrong_.erase(wrong_.begin());
  ++wrong_[id];
}

asio::awaitable<Result<LinkOutcome>> LinkAnswers::answer(std::string token, LinkAnswer answer) {
  auto const found = co_await linked(std::move(token));
  if (!found) {
    if (found.error().is(Errc::not_found) || found.error().is(Errc::invalid_argument))
      co_return LinkOutcome::unknown_link;
    co_return found.error();
  }
  auto const id = found->delivery.id;
  bool const was_locked = locked(id);
  if (was_locked || answer.code != found->alert->code) {
    count_wrong(id);
    RefusedAnswer refused;
    refused.channel = found->delivery.channel;
    refused.via = Via::email;
    refused.officer = found->delivery.officer;
    refused.alert = found->alert->id;
    refused.why = was_locked ? "locked" : "wrong-code";
    auto const done = co_await context_.replies.refuse(std::move(refused));
    if (!done) co_return done.error();
    co_return locked(id) ? LinkOutcome::too_many_tries : LinkOutcome::wrong_code;
  }
  Acknowledgement acknowledgement;
  acknowledgement.alert = found->alert->id;
  acknowledgement.officer = found->delivery.officer;
  acknowledgement.officer_name = context_.world->officer_name(found->delivery.officer);
  acknowledgement.answer = answer.answer;
  acknowledgement.via = Via::email;
  acknowledgement.evidence = Evidence::link_and_confirm;
  acknowledgement.note = answer.note;
  acknowledgement.at = context_.clock.utc_now();
  auto const stopped = co_await context_.replies.acknowledge(std::move(acknowledgement));
  if (!stopped) co_return stopped.error();
  if (stopped->found != AlertState::open) co_return LinkOutcome::closed;
  co_return LinkOutcome::recorded;
}

}  // namespace siaga::flow
