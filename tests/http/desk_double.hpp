// DeskDouble: a LinkDesk that knows one link and counts what it is asked.
#pragma once

#include <optional>
#include <vector>

#include "gateway/ports/links.hpp"

namespace siaga::test {

class DeskDouble final : public LinkDesk {
 public:
  static constexpr char const* token = "the-token";

  boost::asio::awaitable<Result<LinkView>> view(std::string asked) override {
    ++views;
    if (failing) co_return Error(*failing, "as the test wants");
    if (asked != token) co_return Error(Errc::not_found, "not a link of ours");
    co_return shown;
  }
  boost::asio::awaitable<Result<LinkAnswered>> answer(std::string asked,
                                                      LinkAnswer answer) override {
    answers.push_back(std::move(answer));
    if (failing) co_return Error(*failing, "as the test wants");
    LinkAnswered answered;
    answered.outcome = asked == token ? outcome : LinkOutcome::unknown_link;
    answered.locked_until = locked_until;
    co_return answered;
  }

  LinkView shown;
  LinkOutcome outcome = LinkOutcome::recorded;
  std::string locked_until;
  std::optional<Errc> failing;
  int views = 0;
  std::vector<LinkAnswer> answers;
};

inline LinkView sample_view() {
  LinkView view;
  view.open = true;
  view.title = "PERINGATAN";
  view.level = "AWAS";
  view.event = "Unjuk rasa";
  view.place = "Kel. Lok Tuan";
  view.time = "23 Nov 2026 14:30 WITA";
  view.action = "Merapat ke titik kumpul, hindari konfrontasi";
  view.officer_name = "Kabag Ops";
  view.sender_name = "Polres Bontang";
  return view;
}

}  // namespace siaga::test
