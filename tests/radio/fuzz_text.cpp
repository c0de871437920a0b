// Whatever a text holds, what is handed to the speech program is bounded and plain.
#include <cstdlib>

#include "protocols/radio/audio/pcm.hpp"
#include "protocols/radio/ptt/rigctld.hpp"
#include "protocols/radio/speech/normalise.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  auto const spoken = siaga::radio::normalise(text);
  if (spoken.size() > siaga::radio::spoken_chars_max) std::abort();
  if (spoken.find_first_of("[]{}<>|\\^`~@") != spoken.npos) std::abort();
  for (char const c : spoken)
    if (static_cast<unsigned char>(c) < ' ') std::abort();
  auto const sound = siaga::radio::parse_wav(text);
  if (sound && sound->samples.size() > size) std::abort();
  auto const reply = siaga::radio::parse_rig_reply(text);
  if (reply && reply->bytes > size) std::abort();
  return 0;
}
