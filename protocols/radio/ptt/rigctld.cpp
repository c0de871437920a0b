#include "protocols/radio/ptt/rigctld.hpp"

#include <charconv>

namespace siaga::radio {
namespace {

constexpr std::size_t reply_bytes_max = 4096;

std::optional<int> number_in(std::string_view text) {
  int value = 0;
  auto const* end = text.data() + text.size();
  auto const [rest, ec] = std::from_chars(text.data(), end, value);
  if (ec != std::errc() || rest != end) return std::nullopt;
  return value;
}

}  // namespace

Result<RigAddress> parse_rig_address(std::string_view ptt) {
  constexpr std::string_view scheme = "rigctld:";
  auto const text = ptt.starts_with(scheme) ? ptt.substr(scheme.size()) : std::string_view();
  auto const colon = text.rfind(':');
  auto const port = colon == text.npos ? std::nullopt : number_in(text.substr(colon + 1));
  if (colon == 0 || !port || *port < 1 || *port > 65535)
    return Error(Errc::invalid_configuration,
                 "ptt = '" + std::string(ptt) + "': wanted none or rigctld:HOST:PORT");
  return RigAddress{std::string(text.substr(0, colon)), static_cast<std::uint16_t>(*port)};
}

Result<RigReply> parse_rig_reply(std::string_view buffer) {
  RigReply reply;
  for (std::size_t at = 0;;) {
    auto const end = buffer.find('\n', at);
    if (end == buffer.npos) break;
    auto const line = buffer.substr(at, end - at);
    at = end + 1;
    if (line.starts_with("RPRT ")) {
      auto const code = number_in(line.substr(5));
      if (!code)
        return Error(Errc::protocol_violated, "rigctld: '" + std::string(line.substr(0, 40)) + "'");
      reply.code = *code;
      reply.bytes = at;
      return reply;
    }
    if (line.starts_with("PTT: ")) {
      auto const value = number_in(line.substr(5));
      if (!value)
        return Error(Errc::protocol_violated, "rigctld: '" + std::string(line.substr(0, 40)) + "'");
      reply.ptt = *value != 0;
    }
  }
  if (buffer.size() > reply_bytes_max)
    return Error(Errc::protocol_violated, "rigctld: endless reply");
  return RigReply{};
}

}  // namespace siaga::radio
