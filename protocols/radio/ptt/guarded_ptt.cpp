#include "protocols/radio/ptt/guarded_ptt.hpp"

#include <unistd.h>

#include <array>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <filesystem>

#include "gateway/base/log.hpp"

namespace siaga::radio {
namespace asio = boost::asio;
namespace {

using std::chrono::milliseconds;
using steady = std::chrono::steady_clock;
constexpr milliseconds heartbeat{100}, order_limit{8000}, restart_pause{2000}, urgent_pause{50},
    goodbye_limit{3000};
constexpr std::size_t line_bytes_max = 1024;

}  // namespace

GuardedPtt::GuardedPtt(asio::any_io_executor const& executor, std::vector<std::string> guard_argv)
    : executor_(executor), argv_(std::move(guard_argv)), answered_(executor), woken_(executor) {}

asio::awaitable<void> GuardedPtt::run() {
  using namespace asio::experimental::awaitable_operators;
  while (!stopping_) {
    auto started = Child::start(executor_, argv_, ChildKind::guard);
    if (started) {
      guard_ = std::move(*started);
      auto both = listen() || beat();
      co_await std::move(both);
      guard_ended();
    } else {
      reason_ = started.error().text();
      tried_once_ = true;
    }
    // A key that may be down cannot wait for its next guard.
    auto const pause = stuck_ ? urgent_pause : restart_pause;
    if (!stopping_) co_await woken_.wait_for(pause);
  }
}

asio::awaitable<void> GuardedPtt::listen() {
  std::string buffer;
  std::array<char, 512> block;
  for (;;) {
    auto const got = co_await guard_->read_some(block);
    if (!got) co_return;
    buffer.append(block.data(), *got);
    for (auto end = buffer.find('\n'); end != buffer.npos; end = buffer.find('\n')) {
      auto const line = buffer.substr(0, end);
      buffer.erase(0, end + 1);
      take_line(line);
    }
    if (buffer.size() > line_bytes_max) buffer.clear();
  }
}

asio::awaitable<void> GuardedPtt::beat() {
  asio::steady_timer timer(executor_);
  auto stop_seen = steady::time_point::max();
  for (;;) {
    if (stopping_ && stop_seen == steady::time_point::max()) stop_seen = steady::now();
    // Long enough: the guard goes on trying without us.
    if (stopping_ && steady::now() - stop_seen > goodbye_limit) co_return;
    if (stopping_ && !up_ && !ordering_) guard_->end_input();
    guard_->write_now(".\n");
    timer.expires_after(heartbeat);
    co_await timer.async_wait(asio::use_awaitable);
  }
}

void GuardedPtt::guard_ended() {
  if (up_) {
    stuck_ = true;
    dropped_ = "the PTT guard ended";
  }
  up_ = ready_ = false;
  tried_once_ = true;
  reason_ = "the PTT guard ended";
  if (!stopping_) log::warning("ptt_guard_ended", {{"pid", std::to_string(guard_->id())}});
  guard_.reset();
  answered_.notify();
}

void GuardedPtt::stop() {
  stopping_ = true;
  woken_.notify();
}

void GuardedPtt::take_line(std::string_view line) {
  auto const space = line.find(' ');
  auto const verb = line.substr(0, space);
  auto const rest = space == line.npos ? std::string() : std::string(line.substr(space + 1));
  if (verb == "ready") {
    if (stuck_) log::info("ptt_down_again");
    ready_ = tried_once_ = true;
    stuck_ = false;
    reason_.clear();
  } else if (verb == "unready") {
    ready_ = false;
    tried_once_ = true;
    reason_ = rest;
  } else if (verb == "stuck") {
    stuck_ = tried_once_ = true;
    reason_ = rest;
    log::error("ptt_may_be_stuck", {{"reason", rest}});
  } else if (verb == "dropped") {
    up_ = false;
    dropped_ = rest;
    log::warning("ptt_dropped", {{"reason", rest}});
  }
  bool const mine = rest.substr(0, rest.find(' ')) == std::to_string(order_);
  if (mine && verb == "up") up_ = true;
  if (mine && verb == "down") up_ = stuck_ = false;
  if (!ordering_ || (!mine && verb != "stuck")) return;
  answer_ = line;
  answered_.notify();
}

asio::awaitable<std::string> GuardedPtt::order(std::string verb) {
  ++order_;
  answer_.clear();
  ordering_ = true;
  bool const written = guard_ && guard_->write_now(verb + ' ' + std::to_string(order_) + '\n');
  auto const until = steady::now() + order_limit;
  while (written && answer_.empty() && guard_ && steady::now() < until)
    co_await answered_.wait_for(until - steady::now());
  ordering_ = false;
  if (answer_.empty() && guard_) guard_->kill();
  co_return std::move(answer_);
}

asio::awaitable<Result<void>> GuardedPtt::key() {
  if (state() != LinkState::up) co_return Error(Errc::unavailable, reason());
  auto const answer = co_await order("key");
  if (answer.starts_with("up ")) co_return Result<void>();
  if (answer.empty()) {
    stuck_ = true;  // until a new guard has read PTT back as off
    co_return Error(Errc::timed_out, "the PTT guard gave no answer");
  }
  auto const why = answer.find(' ', answer.find(' ') + 1);
  auto const text = why == answer.npos ? answer : answer.substr(why + 1);
  co_return Error(Errc::refused_by_peer, text);
}

asio::awaitable<Result<void>> GuardedPtt::unkey() {
  bool const was_up = up_;
  auto const answer = co_await order("unkey");
  if (answer.starts_with("down ")) {
    if (was_up) co_return Result<void>();
    co_return Error(Errc::connection_lost, "PTT was dropped during the transmission: " + dropped_);
  }
  stuck_ = true;
  co_return Error(Errc::unavailable, reason());
}

void GuardedPtt::drop() noexcept {
  up_ = false;
  ++order_;
  if (guard_) guard_->write_now("unkey 0\n");
}

LinkState GuardedPtt::state() const {
  if (stuck_) return LinkState::degraded;
  return ready_ ? LinkState::up : LinkState::down;
}

std::string GuardedPtt::reason() const {
  if (!stuck_) return reason_;
  return reason_.empty() ? "PTT may be stuck" : "PTT may be stuck: " + reason_;
}

std::string default_guard_path() {
  std::error_code ec;
  auto const self = std::filesystem::read_symlink("/proc/self/exe", ec);
  auto const beside = self.parent_path() / "siaga-ptt-guard";
  if (!ec && ::access(beside.c_str(), X_OK) == 0) return beside.string();
  return "siaga-ptt-guard";
}

}  // namespace siaga::radio
