#include "protocols/radio/kind.hpp"

#include <charconv>

#include "gateway/base/this_machine.hpp"
#include "protocols/radio/ptt/guarded_ptt.hpp"
#include "protocols/radio/ptt/rigctld.hpp"
#include "protocols/radio/settings.hpp"
#include "protocols/radio/sinks/aplay_sink.hpp"
#include "protocols/radio/sinks/rtp_sink.hpp"
#include "protocols/radio/sinks/wav_sink.hpp"
#include "protocols/radio/voice_channel.hpp"

namespace siaga::radio {
namespace asio = boost::asio;
namespace {

namespace fs = std::filesystem;
constexpr milliseconds guard_spare{5000};  // the guard lets go this much after the plan should have

Error wrong(std::string const& key, std::string const& value, std::string const& wanted) {
  return Error(Errc::invalid_configuration, key + " = '" + value + "': " + wanted);
}

// "var/air" beside a data_dir named "var" is that data_dir's "air": people write paths as they see
// them.
fs::path wav_directory(fs::path const& written, fs::path const& data_dir) {
  if (written.is_absolute()) return written;
  auto const own_name =
      data_dir.has_filename() ? data_dir.filename() : data_dir.parent_path().filename();
  if (!own_name.empty() && *written.begin() == own_name)
    return data_dir / written.lexically_relative(own_name);
  return data_dir / written;
}

Result<RtpTarget> rtp_target(Settings const& settings, std::string const& where) {
  auto const refusal = [&](std::string const& wanted) {
    return wrong("sink", settings.sink, wanted);
  };
  auto const colon = where.rfind(':');
  if (colon == where.npos) return refusal("wanted rtp:ADDRESS:PORT");
  boost::system::error_code ec;
  auto host = where.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  auto const address = asio::ip::make_address(host, ec);
  if (ec) return refusal("'" + host + "' is no IP address");
  unsigned port = 0;
  auto const digits = where.substr(colon + 1);
  auto const parsed = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (parsed.ec != std::errc() || parsed.ptr != digits.data() + digits.size() || port < 1 ||
      port > 65535)
    return refusal("'" + digits + "' is no port");
  RtpTarget target;
  target.to = {address, static_cast<std::uint16_t>(port)};
  target.hops_max = static_cast<int>(settings.rtp_hops_max);
  if (settings.rtp_interface.empty()) return target;
  target.interface = asio::ip::make_address_v4(settings.rtp_interface, ec);
  if (ec)
    return wrong("rtp_interface", settings.rtp_interface, "wanted an IPv4 address of this machine");
  return target;
}

Result<std::unique_ptr<Sink>> make_sink(Settings const& settings, ChannelContext const& context) {
  auto const colon = settings.sink.find(':');
  auto const scheme = settings.sink.substr(0, colon);
  auto const where = colon == settings.sink.npos ? std::string() : settings.sink.substr(colon + 1);
  if (where.empty() || (scheme != "wav" && scheme != "alsa" && scheme != "rtp"))
    return wrong("sink", settings.sink, "wanted wav:DIRECTORY, alsa:DEVICE or rtp:ADDRESS:PORT");
  if (scheme == "rtp") {
    auto const target = rtp_target(settings, where);
    if (!target) return target.error();
    return std::make_unique<RtpSink>(context.executor, *target, context.clock);
  }
  if (scheme == "alsa") return std::make_unique<AplaySink>(context.executor, aplay_argv(where));
  auto const pace = settings.realtime ? Pace::real_time : Pace::at_once;
  return std::make_unique<WavSink>(wav_directory(where, context.data_dir), pace, context.clock);
}

Result<std::unique_ptr<Ptt>> make_ptt(Settings const& settings, ChannelContext const& context) {
  if (settings.ptt == "none") return std::make_unique<NoPtt>();
  auto const address = parse_rig_address(settings.ptt);
  if (!address) return address.error();
  auto const guard = settings.ptt_guard.empty() ? default_guard_path() : settings.ptt_guard;
  auto const keyed_max = settings.tot + guard_spare;
  std::vector<std::string> argv = {guard, settings.ptt, std::to_string(keyed_max.count())};
  return std::make_unique<GuardedPtt>(context.executor, std::move(argv));
}

Result<std::unique_ptr<Channel>> make(std::any const& any_settings, ChannelContext context) {
  auto const& settings = std::any_cast<Settings const&>(any_settings);
  if (settings.speech_command.empty())
    return wrong("speech_command", "", "wanted a program that reads text and writes WAV");
  auto sink = make_sink(settings, context);
  if (!sink) return sink.error();
  auto ptt = make_ptt(settings, context);
  if (!ptt) return ptt.error();
  VoiceParts parts;
  parts.speech = std::make_unique<CommandSpeech>(
      speech_argv(settings.speech_command, settings.voice, settings.speed));
  parts.sink = std::move(*sink);
  parts.ptt = std::move(*ptt);
  parts.style = {settings.callsign, settings.answer_hint, static_cast<int>(settings.repeat)};
  parts.shape = {settings.lead, settings.attention, settings.gap,
                 settings.tail, settings.pause,     settings.tot};
  return std::make_unique<VoiceChannel>(std::move(context), std::move(parts));
}

std::string_view after(std::string_view text, std::string_view scheme) {
  return text.starts_with(scheme) ? text.substr(scheme.size()) : std::string_view();
}

Cautions voice_cautions(std::any const& any_settings) {
  auto const& settings = std::any_cast<Settings const&>(any_settings);
  Cautions cautions;
  if (!stays_on_this_machine(after(settings.sink, "rtp:")))
    cautions.push_back({Caution::Of::clear_text, "sink", "speech"});
  if (!stays_on_this_machine(after(settings.ptt, "rigctld:")))
    cautions.push_back({Caution::Of::clear_text, "ptt", "the transmitter's key"});
  return cautions;
}

}  // namespace

ChannelKind voice_kind() {
  return {"voice",
          "",
          &Settings::fields(),
          [] { return std::any(Settings{}); },
          [](std::any& settings) -> void* { return std::any_cast<Settings>(&settings); },
          &make,
          &voice_cautions};
}

}  // namespace siaga::radio
