// Whatever bytes come as XML: no crash, and what is accepted is written and read again as the same.
#include <cstdlib>

#include "protocols/cap/lint.hpp"
#include "protocols/cap/reading.hpp"
#include "protocols/cap/writer.hpp"

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
  using namespace siaga::cap;
  static Settings const settings;
  std::string_view const bytes(reinterpret_cast<char const*>(data), size);
  auto const reading = read(bytes, Body::xml, settings, Rigour::advice_too);
  if (reading.alert.has_value() != reading.refusals.empty()) std::abort();
  if (!reading.alert) return 0;
  auto const written = to_xml(*reading.alert);
  Settings wide;
  wide.bytes_max = 1 << 20;
  auto const again = read(written, Body::xml, wide, Rigour::refusals);
  if (!again.alert || to_xml(*again.alert) != written) std::abort();
  return 0;
}
