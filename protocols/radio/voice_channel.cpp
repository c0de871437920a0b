#include "protocols/radio/voice_channel.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "gateway/base/log.hpp"
#include "protocols/radio/audio/resample.hpp"

namespace siaga::radio {
namespace asio = boost::asio;
namespace {

constexpr int voice_peak = 26000;             // 2 dB below full scale
constexpr std::size_t resample_step = 16000;  // samples; less than a millisecond or two
constexpr milliseconds probe_limit{10000}, probe_again{15000}, channel_retry{5000};
constexpr milliseconds short_attention{500}, pause_slice{100};

bool is_short(MessageKind kind) {
  return kind == MessageKind::closing || kind == MessageKind::notice;
}

SendOutcome channel_failed(Error const& error) {
  return FailedTemporarily(error.text(), channel_retry, true);
}

// It may be this text that the sink cannot bear: the next one tells.
SendOutcome sink_failed(Error const& error) {
  FailedTemporarily failed(error.text(), channel_retry, true);
  failed.link_ended = true;
  return failed;
}

// No speech program, or no longer: nothing can be said. Else it is this text that cannot.
bool is_channels_fault(Error const& error) {
  return error.is(Errc::unavailable) || error.is(Errc::cancelled);
}

SendOutcome unspoken(Error const& error) {
  if (is_channels_fault(error)) return channel_failed(error);
  return FailedTemporarily(error.text());
}

bool is_sent(SendOutcome const& outcome) {
  return std::holds_alternative<Sent>(outcome);
}

}  // namespace

VoiceChannel::VoiceChannel(ChannelContext context, VoiceParts parts)
    : context_(std::move(context)), parts_(std::move(parts)), stopped_(context_.executor) {}

asio::awaitable<void> VoiceChannel::run() {
  using namespace asio::experimental::awaitable_operators;
  auto both = probe_speech() && parts_.ptt->run();
  co_await std::move(both);
}

void VoiceChannel::stop() {
  stopping_ = true;
  parts_.speech->stop();
  parts_.ptt->stop();
  stopped_.notify();
}

// One short word, until the program is there and has the voice.
asio::awaitable<void> VoiceChannel::probe_speech() {
  while (!stopping_) {
    auto const voice = co_await parts_.speech->say("siap", probe_limit);
    speech_tried_ = true;
    speech_trouble_ = voice ? std::string() : voice.error().text();
    if (voice) co_return;
    log::warning("speech_unavailable",
                 {{"channel", context_.name.value}, {"error", speech_trouble_}});
    if (!stopping_) co_await stopped_.wait_for(probe_again);
  }
}

LinkState VoiceChannel::state() const {
  if (parts_.ptt->state() == LinkState::degraded) return LinkState::degraded;
  if (!speech_trouble_.empty() || !sink_trouble_.empty()) return LinkState::down;
  return parts_.ptt->state();
}

std::string VoiceChannel::state_reason() const {
  if (parts_.ptt->state() == LinkState::degraded ||
      (speech_trouble_.empty() && sink_trouble_.empty()))
    return parts_.ptt->reason();
  return speech_trouble_.empty() ? sink_trouble_ : speech_trouble_;
}

std::string VoiceChannel::preview(Message const& message) const {
  std::string all;
  for (auto const& text : spoken_text(message, parts_.style)) {
    if (!all.empty()) all += '\n';
    all += text;
  }
  return all;
}

asio::awaitable<SendOutcome> VoiceChannel::send(Message const& message, milliseconds limit) {
  auto const until = context_.clock.steady_now() + limit;
  if (message.expires <= context_.clock.utc_now()) co_return Failed("expired");
  if (parts_.ptt->state() != LinkState::up)  // speaking would be for nothing
    co_return FailedTemporarily(parts_.ptt->reason(), channel_retry, true);
  auto broadcast = co_await prepare(message, until);
  if (!broadcast) co_return unspoken(broadcast.error());
  auto outcome = co_await air(*broadcast, message);
  if (!is_sent(outcome)) co_return outcome;
  auto const finished = co_await parts_.sink->finish(*broadcast);
  sink_trouble_ = finished ? std::string() : finished.error().text();
  if (!finished) co_return sink_failed(finished.error());
  log::info("aired", {{"channel", context_.name.value},
                      {"name", broadcast->name},
                      {"seconds", std::to_string(broadcast->plan.length().count() / 1000)}});
  co_return outcome;
}

asio::awaitable<Result<std::vector<Pcm>>> VoiceChannel::voices_of(std::vector<std::string> texts,
                                                                  SteadyTime until) {
  std::vector<Pcm> voices;
  for (auto const& text : texts) {
    if (stopping_) co_return Error(Errc::cancelled, "stopping");
    auto const left = until - context_.clock.steady_now();
    if (left <= milliseconds(0)) co_return Error(Errc::timed_out, "no time left to speak");
    auto voice = co_await parts_.speech->say(text, left);
    if (voice) speech_trouble_.clear();
    if (!voice && is_channels_fault(voice.error())) speech_trouble_ = voice.error().text();
    if (!voice) co_return voice.error();
    Resampler resampler(*voice, parts_.sink->rate_hz());
    while (resampler.step(resample_step)) co_await asio::post(asio::use_awaitable);
    auto sound = resampler.take();
    set_peak(sound, voice_peak);
    voices.push_back(std::move(sound));
  }
  co_return std::move(voices);
}

asio::awaitable<Result<Broadcast>> VoiceChannel::prepare(Message const& message, SteadyTime until) {
  Broadcast broadcast;
  broadcast.name = std::to_string(message.delivery.value) + '-' + std::to_string(message.attempt);
  broadcast.kind = to_word(message.kind);
  broadcast.callsign = parts_.style.callsign;
  broadcast.mark = message.mark;
  broadcast.texts = spoken_text(message, parts_.style);
  auto const voices = co_await voices_of(broadcast.texts, until);
  if (!voices) co_return voices.error();
  auto shape = parts_.shape;
  if (is_short(message.kind)) shape.attention = std::min(shape.attention, short_attention);
  std::vector<Utterance> utterances;
  for (auto const& voice : *voices) utterances.push_back(utterance_of(voice));
  auto const rate_hz = parts_.sink->rate_hz();
  broadcast.plan = plan_transmission(shape, rate_hz, utterances);
  for (auto const& keying : broadcast.plan.keyings)
    broadcast.sound.push_back(render(keying, *voices, rate_hz));
  co_return std::move(broadcast);
}

asio::awaitable<SendOutcome> VoiceChannel::air(Broadcast& broadcast, Message const& message) {
  for (std::size_t keying = 0; keying < broadcast.plan.keyings.size(); ++keying) {
    if (keying > 0) co_await pause(broadcast.plan);
    if (context_.clock.utc_now() >= message.expires) {
      if (keying == 0) co_return Failed("expired");
      break;  // said once at least
    }
    if (keying == 0 && !message.permission.begin()) co_return not_begun();
    auto outcome = co_await key_and_play(broadcast, keying);
    if (!is_sent(outcome)) co_return outcome;
  }
  std::vector<std::string> references(1, broadcast.name);
  co_return Sent(std::move(references));
}

asio::awaitable<void> VoiceChannel::pause(TransmissionPlan const& plan) {
  if (!parts_.sink->takes_air_time()) co_return;
  auto const length =
      milliseconds(static_cast<std::int64_t>(plan.pause_samples) * 1000 / plan.rate_hz);
  auto const end = context_.clock.steady_now() + length;
  for (auto now = context_.clock.steady_now(); now < end && !stopping_;
       now = context_.clock.steady_now()) {
    auto const until = std::min(end, now + pause_slice);
    co_await context_.clock.sleep_until(until);
  }
}

asio::awaitable<SendOutcome> VoiceChannel::key_and_play(Broadcast& broadcast, std::size_t keying) {
  if (stopping_) co_return FailedTemporarily("stopping", milliseconds(0), true);
  auto const ready = co_await parts_.sink->ready(broadcast, keying);
  sink_trouble_ = ready ? std::string() : ready.error().text();
  if (!ready) co_return sink_failed(ready.error());
  auto const keyed = co_await parts_.ptt->key();
  if (!keyed) co_return channel_failed(keyed.error());
  Keyed key(*parts_.ptt);
  AirTime time;
  time.ptt_up = context_.clock.utc_now();
  OnAir const on_air = [this] { return !stopping_ && parts_.ptt->is_up(); };
  auto const played = co_await parts_.sink->play(broadcast, keying, on_air);
  auto const released = co_await key.release();
  time.ptt_down = context_.clock.utc_now();
  broadcast.aired.push_back(time);
  if (!released) co_return FailedTemporarily(released.error().text());
  if (stopping_ && !played) co_return FailedTemporarily("stopping", milliseconds(0), true);
  if (!played) co_return FailedTemporarily(played.error().text());
  co_return Sent();
}

}  // namespace siaga::radio
