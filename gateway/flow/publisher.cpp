#include "gateway/flow/publisher.hpp"

#include <functional>

#include "gateway/base/log.hpp"

namespace siaga::flow {
namespace asio = boost::asio;

namespace {

// What is retained is said anew with other words and stays the same message; others differ by what
// they say.
std::string publisher_name_of(OutgoingMessage const& message) {
  if (message.retained) return message.topic;
  auto const words = std::hash<std::string>{}(message.payload + '\n' + message.correlation_data);
  return message.topic + '\n' + std::to_string(words);
}

}  // namespace

Suspects::Standing Publisher::standing(OutgoingMessage const& message) const {
  return suspects_.standing(publisher_name_of(message), context_.clock.steady_now());
}

bool Publisher::let_go(OutgoingMessage const& message) {
  auto const name = publisher_name_of(message);
  if (!suspects_.is_over(name, context_.clock.steady_now())) return false;
  suspects_.forget(name);
  context_.incidents.end(IncidentKind::message_set_aside, message.topic);
  log::error("message_given_up", {{"topic", message.topic}});
  return true;
}

asio::awaitable<Publisher::Said> Publisher::say(OutgoingMessage message) {
  auto name = publisher_name_of(message);
  auto const standing = suspects_.standing(name, context_.clock.steady_now());
  if (standing == Suspects::Standing::not_yet) co_return Said::not_yet;
  if (standing == Suspects::Standing::clear) {
    auto const said = co_await say_in_company(std::move(name), std::move(message));
    co_return said;
  }
  auto const said = co_await say_alone(std::move(name), std::move(message));
  co_return said;
}

asio::awaitable<void> Publisher::until_free() {
  while (alone_) co_await free_.wait();
  free_.notify();
}

asio::awaitable<Publisher::Said> Publisher::say_in_company(std::string name,
                                                           OutgoingMessage message) {
  co_await until_free();
  auto const topic = message.topic;
  ++under_way_;
  auto const published = co_await context_.feed.publish(std::move(message));
  if (--under_way_ == 0) drained_.notify();
  auto const said = judge(topic, published);
  if (said != Said::later)
    passed(name, topic);
  else if (published.error().is(Errc::connection_lost))
    suspects_.ended_in_company(name);
  co_return said;
}

asio::awaitable<Publisher::Said> Publisher::say_alone(std::string name, OutgoingMessage message) {
  co_await until_free();
  alone_ = true;
  while (under_way_ > 0) co_await drained_.wait();
  auto const topic = message.topic;
  auto const published = co_await context_.feed.publish(std::move(message));
  alone_ = false;
  free_.notify();
  auto const said = judge(topic, published);
  if (said != Said::later) {
    passed(name, topic);
  } else if (published.error().is(Errc::connection_lost)) {
    auto const verdict = suspects_.ended_alone(name, context_.clock.steady_now());
    if (verdict == Suspects::Verdict::set_aside)
      context_.incidents.raise(IncidentKind::message_set_aside, topic,
                               "the broker ends the connection at it; it is tried again later");
  }
  co_return said;
}

Publisher::Said Publisher::judge(std::string const& topic, Result<void> const& published) {
  if (published) {
    refused_topics_.erase(topic);
    context_.incidents.end(IncidentKind::publish_refused, topic);
    return Said::yes;
  }
  auto const& why = published.error();
  if (!why.is(Errc::refused_by_peer) && !why.is(Errc::invalid_argument)) return Said::later;
  refused(topic, why);
  return Said::refused;
}

void Publisher::passed(std::string const& name, std::string const& topic) {
  if (suspects_.passed(name)) context_.incidents.end(IncidentKind::message_set_aside, topic);
}

// Topics are an agency's choice within its bounds: so the list of them has one too.
void Publisher::refused(std::string const& topic, Error const& why) {
  log::error("publish_refused", {{"topic", topic}, {"error", why.text()}});
  if (refused_topics_.contains(topic) || refused_topics_.size() >= refused_topics_max) return;
  refused_topics_.insert(topic);
  context_.incidents.raise(IncidentKind::publish_refused, topic, why.text());
}

}  // namespace siaga::flow
