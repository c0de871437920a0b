// Speech: text to voice. CommandSpeech runs a program per text: its crash, its licence and its
// memory stay outside.
//
// Place:  VoiceChannel -> SPEECH -> transmission.
// Thread: core only; one text at a time.
// Time:   the program is killed after `limit`, or by stop().
// Errors: unavailable (not installed, cannot start), child_failed (its own words), timed_out,
//         invalid_message (no WAV). Limits: at most speech_length_max of sound is taken.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>
#include <vector>

#include "gateway/base/result.hpp"
#include "protocols/radio/audio/pcm.hpp"

namespace siaga::radio {

class Child;

inline constexpr std::chrono::seconds speech_length_max{120};

class Speech {
 public:
  virtual ~Speech() = default;
  virtual boost::asio::awaitable<Result<Pcm>> say(std::string text,
                                                  std::chrono::milliseconds limit) = 0;
  virtual void stop() noexcept = 0;
};

// The program reads text on its standard input and writes a WAV to its standard output.
class CommandSpeech final : public Speech {
 public:
  explicit CommandSpeech(std::vector<std::string> argv) : argv_(std::move(argv)) {}

  boost::asio::awaitable<Result<Pcm>> say(std::string text,
                                          std::chrono::milliseconds limit) override;
  void stop() noexcept override;

 private:
  boost::asio::awaitable<Result<std::string>> run(std::string text);

  std::vector<std::string> argv_;
  Child* running_ = nullptr;
};

// Replaces {voice} and {speed} in the configured command.
std::vector<std::string> speech_argv(std::vector<std::string> command, std::string const& voice,
                                     std::int64_t words_per_minute);

}  // namespace siaga::radio
