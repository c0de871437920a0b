#include "protocols/radio/speech/speech.hpp"

#include <array>
#include <boost/asio/this_coro.hpp>

#include "gateway/async/with_timeout.hpp"
#include "protocols/radio/child.hpp"

namespace siaga::radio {
namespace asio = boost::asio;
namespace {

constexpr std::size_t bytes_per_second_max = 2 * 48000;
constexpr std::size_t output_bytes_max =
    static_cast<std::size_t>(speech_length_max.count()) * bytes_per_second_max;

// The child that stop() would kill, for as long as it runs.
class Running {
 public:
  Running(Child*& slot, Child& child) : slot_(slot) { slot_ = &child; }
  Running(Running const&) = delete;
  Running& operator=(Running const&) = delete;
  ~Running() { slot_ = nullptr; }

 private:
  Child*& slot_;
};

Error failure_of(int code, std::string const& words) {
  auto text = "ended with code " + std::to_string(code);
  if (!words.empty()) text += ": " + words.substr(0, 300);
  return Error(Errc::child_failed, text);
}

}  // namespace

asio::awaitable<Result<Pcm>> CommandSpeech::say(std::string text, std::chrono::milliseconds limit) {
  auto work = run(std::move(text));
  auto const output = co_await with_timeout(limit, std::move(work));
  if (!output) co_return Error(output.error().code, "'" + argv_[0] + "': " + output.error().detail);
  auto sound = parse_wav(*output);
  if (!sound) co_return sound.error();
  if (sound->samples.empty())
    co_return Error(Errc::child_failed, "'" + argv_[0] + "' said nothing");
  if (sound->length() > speech_length_max)
    co_return Error(Errc::child_failed, "'" + argv_[0] + "' talks for too long");
  co_return std::move(*sound);
}

asio::awaitable<Result<std::string>> CommandSpeech::run(std::string text) {
  auto const executor = co_await asio::this_coro::executor;
  auto started = Child::start(executor, argv_, ChildKind::worker);
  if (!started) co_return started.error();
  auto const child = std::move(*started);
  Running const running(running_, *child);
  // One that ended at once takes no input; its exit code tells why.
  (void)co_await child->write(std::move(text));
  child->end_input();
  std::string output;
  std::array<char, 16384> block;
  for (;;) {
    auto const got = co_await child->read_some(block);
    if (!got) break;
    output.append(block.data(), *got);
    if (output.size() > output_bytes_max)
      co_return Error(Errc::child_failed, "does not stop talking");
  }
  int const code = co_await child->ended();
  if (code != 0) co_return failure_of(code, child->errors());
  co_return output;
}

void CommandSpeech::stop() noexcept {
  if (running_ != nullptr) running_->kill();
}

std::vector<std::string> speech_argv(std::vector<std::string> command, std::string const& voice,
                                     std::int64_t words_per_minute) {
  for (auto& argument : command) {
    if (argument == "{voice}") argument = voice;
    if (argument == "{speed}") argument = std::to_string(words_per_minute);
  }
  return command;
}

}  // namespace siaga::radio
