// VoiceChannel: says a message on the air. One transmission speaks to all who listen.
//
// Place:  lane -> VOICE CHANNEL -> announcement -> speech -> transmission -> Keyed -> sink.
// Thread: core only; one transmission at a time.
// Time:   `limit` covers getting ready; the air time, known beforehand and bounded by the speech's
//         length, comes on top. Nothing is begun past the message's expiry; a repeat is left out.
// Errors: expired -> Failed. No speech program, sink or rig -> FailedTemporarily for the whole
//         channel; a rig that is not up is found before anything is spoken. A text that cannot be
//         spoken, a key dropped or not known to be up again -> FailedTemporarily: heard twice is
//         better than not at all.
// State:  speech program, sink and PTT together; "PTT may be stuck" is degraded.
// Later:  answers by DTMF come in through ChannelContext::replies.
#pragma once

#include "gateway/async/event.hpp"
#include "gateway/ports/channel.hpp"
#include "protocols/radio/ptt/ptt.hpp"
#include "protocols/radio/sinks/sink.hpp"
#include "protocols/radio/speech/announcement.hpp"
#include "protocols/radio/speech/speech.hpp"

namespace siaga::radio {

struct VoiceParts {
  std::unique_ptr<Speech> speech;
  std::unique_ptr<Sink> sink;
  std::unique_ptr<Ptt> ptt;
  AnnouncementStyle style;
  PlanShape shape;
};

class VoiceChannel final : public Channel {
 public:
  VoiceChannel(ChannelContext context, VoiceParts parts);

  boost::asio::awaitable<void> run() override;
  void stop() override;
  boost::asio::awaitable<SendOutcome> send(Message const& message, milliseconds limit) override;
  std::size_t width() const override { return 1; }
  LinkState state() const override;
  std::string state_reason() const override;
  bool tried_once() const override { return speech_tried_ && parts_.ptt->tried_once(); }
  std::string preview(Message const& message) const override;

 private:
  boost::asio::awaitable<void> probe_speech();
  boost::asio::awaitable<Result<std::vector<Pcm>>> voices_of(std::vector<std::string> texts,
                                                             SteadyTime until);
  boost::asio::awaitable<Result<Broadcast>> prepare(Message const& message, SteadyTime until);
  boost::asio::awaitable<SendOutcome> air(Broadcast& broadcast, Message const& message);
  boost::asio::awaitable<SendOutcome> key_and_play(Broadcast& broadcast, std::size_t keying);
  boost::asio::awaitable<void> pause(TransmissionPlan const& plan);

  ChannelContext context_;
  VoiceParts parts_;
  Event stopped_;
  std::string speech_trouble_ = "the speech program has not been tried yet";
  std::string sink_trouble_;
  bool speech_tried_ = false;
  bool stopping_ = false;
};

}  // namespace siaga::radio
