// Sink: where the sound of a transmission goes: a file, a sound card, the network.
//
// Place:  VoiceChannel -> SINK. Order of calls: ready, [key], play, [unkey] per keying, then
//         finish.
// Thread: core only; one broadcast at a time.
// Time:   play() of a real-time sink returns when its last sample has left, no later than a second
//         after. Others return when the sound is stored.
// Errors: unavailable and child_failed (device, file, address), cancelled (on_air said no, or
//         stop()). ready() finds whatever can be found before a key is pressed.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "gateway/base/result.hpp"
#include "gateway/domain/time.hpp"
#include "protocols/radio/transmission.hpp"

namespace siaga::radio {

struct AirTime {
  UtcTime ptt_up{};
  UtcTime ptt_down{};
};

struct Broadcast {
  std::string name;  // "<delivery>-<attempt>"
  TransmissionPlan plan;
  std::vector<Pcm> sound;  // one per keying
  std::vector<std::string> texts;
  std::string kind;  // of message
  std::string callsign;
  std::string mark;
  std::vector<AirTime> aired;  // one per keying done
};

// Whether the transmission may go on: the key is still down and nobody said stop.
using OnAir = std::function<bool()>;

class Sink {
 public:
  virtual ~Sink() = default;
  virtual int rate_hz() const = 0;
  virtual bool takes_air_time() const = 0;
  virtual boost::asio::awaitable<Result<void>> ready(Broadcast const& broadcast,
                                                     std::size_t keying) = 0;
  virtual boost::asio::awaitable<Result<void>> play(Broadcast const& broadcast, std::size_t keying,
                                                    OnAir const& on_air) = 0;
  virtual boost::asio::awaitable<Result<void>> finish(Broadcast const& broadcast) = 0;
};

// The plan as it was aired, one JSON object.
std::string sidecar_of(Broadcast const& broadcast);

}  // namespace siaga::radio
