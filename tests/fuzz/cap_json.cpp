// Whatever bytes come as JSON or wrapped: no crash, and what is accepted survives both forms.
#include <cstdlib>

#include "protocols/cap/formats.hpp"
#include "protocols/cap/reading.hpp"
#include "protocols/cap/writer.hpp"

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
  using namespace siaga::cap;
  static Settings const settings;
  Settings wide;
  wide.bytes_max = 1 << 20;
  std::string_view const bytes(reinterpret_cast<char const*>(data), size);
  static_cast<void>(read(bytes, Body::wrapper, settings, Rigour::advice_too));
  static_cast<void>(body_of("", bytes));
  auto const reading = read(bytes, Body::json, settings, Rigour::advice_too);
  if (reading.alert.has_value() != reading.refusals.empty()) std::abort();
  if (!reading.alert) return 0;
  auto const json = to_json(*reading.alert);
  auto const from_json = read(json, Body::json, wide, Rigour::refusals);
  if (!from_json.alert || to_json(*from_json.alert) != json) std::abort();
  auto const from_xml = read(to_xml(*reading.alert), Body::xml, wide, Rigour::refusals);
  if (!from_xml.alert || to_json(*from_xml.alert) != json) std::abort();
  return 0;
}
