#include "gateway/flow/link_desk.hpp"

#include "gateway/base/log.hpp"

namespace siaga::flow {
namespace asio = boost::asio;

namespace {

constexpr std::chrono::hours shown_after_end{24};
constexpr std::int64_t from_one_address_max = 60;  // wrong codes a minute

LinkAnswered concluded(LinkOutcome outcome, std::string locked_until = "") {
  LinkAnswered answered;
  answered.outcome = outcome;
  answered.locked_until = std::move(locked_until);
  return answered;
}

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
  auto const read = context_.links.read(token);
  if (!read) co_return read.error();
  auto const delivery = co_await context_.journal.delivery(read->delivery);
  if (!delivery) co_return delivery.error();
  auto const told = co_await context_.journal.alert(delivery->alert);
  if (!told) co_return told.error();
  LinkedTo const mailed{delivery->id, (*told)->alert.sender, (*told)->alert.identifier};
  if (!context_.links.fits(token, mailed)) co_return Error(Errc::not_found, "another alert's link");
  // What the mail told of may have been replaced since: the answer is to what is in force.
  auto const latest = co_await context_.journal.latest_of(delivery->alert);
  if (!latest) co_return latest.error();
  Linked found{*delivery, *told};
  if (*latest == delivery->alert) co_return found;
  auto const alert = co_await context_.journal.alert(*latest);
  if (!alert) co_return alert.error();
  found.alert = *alert;
  co_return found;
}

bool LinkAnswers::is_gone(StoredAlert const& alert) const {
  return alert.ended_at && *alert.ended_at + shown_after_end <= context_.clock.utc_now();
}

std::string LinkAnswers::locked_until(DeliveryId link) const {
  auto const until = locks_.until(link);
  return until ? local_text(*until, context_.world->zone) : std::string();
}

asio::awaitable<Result<LinkView>> LinkAnswers::view(std::string token) {
  auto const found = co_await linked(std::move(token));
  if (!found) co_return found.error();
  LinkView page;
  page.gone = is_gone(*found->alert);
  if (page.gone) co_return page;
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
  page.locked_until = locked_until(found->delivery.id);
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

LinkAnswered LinkAnswers::locked(DeliveryId link, bool is_right) {
  if (!is_right) locks_.count(link);
  return concluded(LinkOutcome::too_many_tries, locked_until(link));
}

LinkAnswered LinkAnswers::wrong(Delivery const& delivery, std::string const& from) {
  auto const now = context_.clock.steady_now();
  auto const from_there = wrong_.count_from(from, now);
  if (from_there == from_one_address_max + 1) log::warning("many_wrong_codes", {{"from", from}});
  auto const tries = wrong_.count(delivery.id, now);
  if (tries >= context_.settings.link_tries_max) {
    wrong_.forget(delivery.id);
    locks_.lock(delivery, tries);
    return concluded(LinkOutcome::too_many_tries, locked_until(delivery.id));
  }
  return concluded(from_there > from_one_address_max ? LinkOutcome::too_many_from_there
                                                     : LinkOutcome::wrong_code);
}

asio::awaitable<Result<LinkAnswered>> LinkAnswers::answer(std::string token, LinkAnswer answer) {
  auto const read = context_.links.read(token);
  if (!read) co_return concluded(LinkOutcome::unknown_link);
  // At a locked link the store is asked nothing once its code is known.
  auto const known = locks_.code_of(read->delivery);
  if (locks_.until(read->delivery) && !known.empty())
    co_return locked(read->delivery, answer.code == known);
  auto const found = co_await linked(std::move(token));
  if (!found) {
    if (found.error().is(Errc::not_found) || found.error().is(Errc::invalid_argument))
      co_return concluded(LinkOutcome::unknown_link);
    co_return found.error();
  }
  auto const& delivery = found->delivery;
  if (is_gone(*found->alert)) co_return concluded(LinkOutcome::gone);
  bool const is_right = answer.code == found->alert->code;
  if (locks_.until(delivery.id)) {
    locks_.note_code(delivery.id, found->alert->code);
    co_return locked(delivery.id, is_right);
  }
  if (!is_right) co_return wrong(delivery, answer.from);
  wrong_.forget(delivery.id);
  co_return co_await acknowledge(*found, std::move(answer));
}

asio::awaitable<Result<LinkAnswered>> LinkAnswers::acknowledge(Linked linked, LinkAnswer answer) {
  Acknowledgement acknowledgement;
  acknowledgement.alert = linked.alert->id;
  acknowledgement.officer = linked.delivery.officer;
  acknowledgement.officer_name = context_.world->officer_name(linked.delivery.officer);
  acknowledgement.answer = answer.answer;
  acknowledgement.via = Via::email;
  acknowledgement.evidence = Evidence::link_and_confirm;
  acknowledgement.note = answer.note;
  acknowledgement.at = context_.clock.utc_now();
  auto const stopped = co_await context_.replies.acknowledge(std::move(acknowledgement));
  if (!stopped) co_return stopped.error();
  bool const in_time = stopped->found == AlertState::open;
  co_return concluded(in_time ? LinkOutcome::recorded : LinkOutcome::closed);
}

}  // namespace siaga::flow
