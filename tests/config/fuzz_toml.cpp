// Any bytes as configuration: problems, never a crash.
#include <unistd.h>

#include <cstdint>
#include <fstream>

#include "tests/config/written.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static siaga::config::test::Written written;
  static auto const schema = siaga::config::test::small_schema();
  std::string const text(reinterpret_cast<char const*>(data), size);
  written.file("siaga.toml", text).file("directory.toml", text);
  auto const loaded = siaga::config::load(written.path("siaga.toml"), schema);
  for (auto const& problem : loaded.problems)
    if (problem.text().empty() || problem.line == 0) __builtin_trap();
  return 0;
}
