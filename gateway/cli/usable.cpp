#include "gateway/cli/usable.hpp"

#include "config/forms.hpp"
#include "gateway/app/registry.hpp"

namespace siaga::cli {

std::optional<config::Settings> usable_settings(std::string const& file, Terminal const& terminal) {
  auto loaded = config::load(file, schema());
  if (loaded.usable()) return std::move(loaded.settings);
  for (auto const& problem : loaded.problems)
    if (!problem.warning) terminal.err << problem.text() << '\n';
  return std::nullopt;
}

std::optional<milliseconds> usable_wait(std::string const& text, Terminal const& terminal) {
  auto const limit = config::parse_duration(text);
  if (limit && *limit > milliseconds{0}) return *limit;
  terminal.err << "siaga: --wait '" << text << "' is no duration: write 30s or 2m\n";
  return std::nullopt;
}

}  // namespace siaga::cli
