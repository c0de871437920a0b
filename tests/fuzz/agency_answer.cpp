// Fuzz: whatever an agency sends to siaga/ack is an answer that can be shown and stored, or is
// refused with reasons.
#include <cstddef>
#include <cstdint>

#include "gateway/base/assert.hpp"
#include "gateway/domain/text.hpp"
#include "protocols/mqtt/wire_json.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace siaga;
  std::string_view const bytes(reinterpret_cast<char const*>(data), size);
  auto const answer = mqtt::WireJson().agency_answer(bytes);
  if (answer) {
    require(!answer->officer.empty(), "an answer names its officer");
    require(!answer->alert.empty() || !answer->code.empty(), "an answer names its alert");
    require(answer->note.size() <= 500, "a note is bounded");
    require(clean_text(answer->note) == answer->note, "a note can be shown");
    return 0;
  }
  require(!answer.error().reasons.empty(), "a refusal has its reasons");
  for (auto const& reason : answer.error().reasons)
    require(reason.rule.substr(0, 4) == "ack.", "a reason names its rule");
  return 0;
}
