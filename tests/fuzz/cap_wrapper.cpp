// Whatever bytes come wrapped: no crash, and what is accepted is what the XML inside says.
#include <cstdlib>

#include "protocols/cap/formats.hpp"
#include "protocols/cap/reading.hpp"
#include "protocols/cap/wrapper.hpp"
#include "protocols/cap/writer.hpp"

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
  using namespace siaga::cap;
  static Settings const settings;
  static auto const format = make_wrapper_format(settings);
  std::string_view const bytes(reinterpret_cast<char const*>(data), size);
  static_cast<void>(format->takes("", bytes));
  static_cast<void>(format->signer(bytes, {}));
  auto const reading = read(bytes, Body::wrapper, settings, Rigour::advice_too);
  if (reading.alert.has_value() != reading.refusals.empty()) std::abort();
  if (!reading.alert) return 0;
  auto const xml = unwrap(bytes, settings);
  if (!xml) std::abort();
  auto const inside = read(*xml, Body::xml, settings, Rigour::refusals);
  if (!inside.alert || to_xml(*inside.alert) != to_xml(*reading.alert)) std::abort();
  return 0;
}
