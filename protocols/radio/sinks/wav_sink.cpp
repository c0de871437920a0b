#include "protocols/radio/sinks/wav_sink.hpp"

#include <algorithm>

#include "gateway/base/fresh_file.hpp"

namespace siaga::radio {
namespace asio = boost::asio;
namespace {

namespace fs = std::filesystem;

Error cannot_write(fs::path const& file, std::string const& why) {
  return Error(Errc::unavailable, "cannot write " + file.string() + ": " + why);
}

constexpr int names_max = 1000;

// "7-1", then "7-1.2", "7-1.3": what has a name keeps it.
std::string nth_name(std::string const& name, int n) {
  return n == 1 ? name : name + '.' + std::to_string(n);
}

// The first that `taken` does not answer for with already_exists.
template <class Take>
Result<void> with_free_name(fs::path const& directory, std::string const& name, Take take) {
  for (int n = 1; n <= names_max; ++n) {
    auto const done = take(nth_name(name, n));
    if (done) return done;
    if (!done.error().is(Errc::already_exists)) return cannot_write(directory, done.error().detail);
  }
  return cannot_write(directory, "every name after " + name + " is taken");
}

Pcm whole(Broadcast const& broadcast) {
  Pcm sound{broadcast.plan.rate_hz, {}};
  for (auto const& keying : broadcast.sound) {
    if (!sound.samples.empty())
      sound.samples.resize(sound.samples.size() + broadcast.plan.pause_samples);
    sound.samples.insert(sound.samples.end(), keying.samples.begin(), keying.samples.end());
  }
  return sound;
}

// Under a name nobody takes for a finished one; answers that.
Result<fs::path> write_hidden(fs::path const& directory, std::string const& name,
                              std::string const& ending, std::string_view bytes) {
  fs::path path;
  auto const write = [&](std::string const& free) {
    path = directory / ('.' + free + ending);
    return write_fresh(path.string(), bytes);
  };
  auto const written = with_free_name(directory, name, write);
  if (!written) return written.error();
  return path;
}

// Both under one name, the plan first.
Result<void> publish(fs::path const& plan, fs::path const& sound, fs::path const& directory,
                     std::string const& name) {
  return with_free_name(directory, name, [&](std::string const& free) -> Result<void> {
    auto const described = (directory / (free + ".json")).string();
    if (auto const done = give_name(plan.string(), described); !done) return done;
    auto const done = give_name(sound.string(), (directory / (free + ".wav")).string());
    std::error_code ignored;
    if (!done) fs::rename(described, plan, ignored);
    return done;
  });
}

}  // namespace

asio::awaitable<Result<void>> WavSink::ready(Broadcast const& broadcast, std::size_t keying) {
  if (keying > 0) co_return Result<void>();
  std::error_code ec;
  fs::create_directories(directory_, ec);
  if (ec) co_return cannot_write(directory_, ec.message());
  discard_unaired();
  auto const written = write_hidden(directory_, broadcast.name, ".wav", wav_of(whole(broadcast)));
  if (!written) co_return written.error();
  unaired_ = *written;
  co_return Result<void>();
}

void WavSink::discard_unaired() noexcept {
  std::error_code ignored;
  if (!unaired_.empty()) fs::remove(unaired_, ignored);
  unaired_.clear();
}

asio::awaitable<Result<void>> WavSink::play(Broadcast const& broadcast, std::size_t keying,
                                            OnAir const& on_air) {
  constexpr milliseconds slice{100};
  auto const length = pace_ == Pace::real_time ? broadcast.sound[keying].length() : milliseconds(0);
  auto const end = clock_.steady_now() + length;
  for (auto now = clock_.steady_now(); now < end; now = clock_.steady_now()) {
    if (!on_air()) co_return Error(Errc::cancelled, "taken off the air");
    auto const until = std::min(end, now + slice);
    co_await clock_.sleep_until(until);
  }
  if (!on_air()) co_return Error(Errc::cancelled, "taken off the air");
  co_return Result<void>();
}

asio::awaitable<Result<void>> WavSink::finish(Broadcast const& broadcast) {
  auto const plan = write_hidden(directory_, broadcast.name, ".json", sidecar_of(broadcast));
  if (!plan) co_return plan.error();
  auto const published = publish(*plan, unaired_, directory_, broadcast.name);
  std::error_code ignored;
  if (published)
    unaired_.clear();
  else
    fs::remove(*plan, ignored);
  co_return published;
}

}  // namespace siaga::radio
