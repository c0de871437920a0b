#include "protocols/radio/sinks/wav_sink.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace siaga::radio {
namespace asio = boost::asio;
namespace {

namespace fs = std::filesystem;

Error cannot_write(fs::path const& file, std::string const& why) {
  return Error(Errc::unavailable, "cannot write " + file.string() + ": " + why);
}

Result<void> write_file(fs::path const& file, std::string_view bytes) {
  int const fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
  if (fd < 0) return cannot_write(file, std::strerror(errno));
  int failed = 0;
  while (!bytes.empty() && failed == 0) {
    auto const written = ::write(fd, bytes.data(), bytes.size());
    if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
    if (written < 0 && errno != EINTR) failed = errno;
  }
  if (::close(fd) != 0 && failed == 0) failed = errno;
  if (failed == 0) return {};
  ::unlink(file.c_str());
  return cannot_write(file, std::strerror(failed));
}

Result<void> publish(fs::path const& temporary, fs::path const& file) {
  std::error_code ec;
  fs::rename(temporary, file, ec);
  if (ec) return cannot_write(file, ec.message());
  return {};
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

fs::path temporary_name(fs::path const& directory, Broadcast const& broadcast, char const* ending) {
  return directory / ('.' + broadcast.name + ending);
}

}  // namespace

asio::awaitable<Result<void>> WavSink::ready(Broadcast const& broadcast, std::size_t keying) {
  if (keying > 0) co_return Result<void>();
  std::error_code ec;
  fs::create_directories(directory_, ec);
  if (ec) co_return cannot_write(directory_, ec.message());
  discard_unaired();
  unaired_ = temporary_name(directory_, broadcast, ".wav");
  co_return write_file(unaired_, wav_of(whole(broadcast)));
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
  auto const plan = temporary_name(directory_, broadcast, ".json");
  auto const written = write_file(plan, sidecar_of(broadcast));
  if (!written) co_return written.error();
  auto const described = publish(plan, directory_ / (broadcast.name + ".json"));
  if (!described) co_return described.error();
  auto const sounded = publish(unaired_, directory_ / (broadcast.name + ".wav"));
  if (sounded) unaired_.clear();
  co_return sounded;
}

}  // namespace siaga::radio
