// Ptt: the key of the transmitter. Keyed is the only way to hold it down, and lets go by itself.
//
// Place:  VoiceChannel -> KEYED -> PTT -> guard process -> rig.
// Thread: core only.
// Time:   key() and unkey() end within a few seconds, whatever the rig does.
// Errors: unavailable (no guard, no rig), refused_by_peer, timed_out; unkey() succeeds only when
//         the rig itself reported PTT off.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <utility>

#include "gateway/base/result.hpp"
#include "gateway/ports/channel.hpp"

namespace siaga::radio {

class Ptt {
 public:
  virtual ~Ptt() = default;
  virtual boost::asio::awaitable<void> run() = 0;  // until stop()
  virtual void stop() = 0;
  virtual boost::asio::awaitable<Result<void>> key() = 0;
  virtual boost::asio::awaitable<Result<void>> unkey() = 0;
  virtual void drop() noexcept = 0;  // orders PTT off at once, without waiting to hear of it
  virtual bool is_up() const = 0;    // false as soon as anyone has let go
  virtual LinkState state() const = 0;
  virtual std::string reason() const = 0;
  virtual bool tried_once() const = 0;
};

class Keyed {
 public:
  explicit Keyed(Ptt& ptt) : ptt_(&ptt) {}
  Keyed(Keyed&& other) noexcept : ptt_(std::exchange(other.ptt_, nullptr)) {}
  Keyed& operator=(Keyed&&) = delete;
  ~Keyed() {
    if (ptt_ != nullptr) ptt_->drop();
  }
  boost::asio::awaitable<Result<void>> release() {
    auto& ptt = *std::exchange(ptt_, nullptr);
    return ptt.unkey();
  }

 private:
  Ptt* ptt_;
};

// The sound itself keys the transmitter (VOX, RTP presence), or there is none (a WAV on disk).
class NoPtt final : public Ptt {
 public:
  boost::asio::awaitable<void> run() override { co_return; }
  void stop() override {}
  boost::asio::awaitable<Result<void>> key() override { co_return Result<void>(); }
  boost::asio::awaitable<Result<void>> unkey() override { co_return Result<void>(); }
  void drop() noexcept override {}
  bool is_up() const override { return true; }
  LinkState state() const override { return LinkState::up; }
  std::string reason() const override { return {}; }
  bool tried_once() const override { return true; }
};

}  // namespace siaga::radio
