#include "gateway/base/log.hpp"

#include <unistd.h>

#include <atomic>

#include "gateway/base/visible.hpp"

namespace siaga::log {
namespace {

std::atomic<Level> threshold{Level::info};

bool needs_quotes(std::string_view value) {
  return value.empty() || value.find_first_of(" \"=\\") != std::string_view::npos;
}

// Whoever said it.
void append_value(std::string& line, std::string const& said) {
  auto const value = visible(said);
  if (!needs_quotes(value)) {
    line += value;
    return;
  }
  line += '"';
  for (char c : value) {
    if (c == '"' || c == '\\') line += '\\';
    line += c;
  }
  line += '"';
}

}  // namespace

void set_level(Level least_urgent) noexcept {
  threshold = least_urgent;
}

void write(Level level, std::string_view event, Fields fields) noexcept {
  if (level > threshold.load(std::memory_order_relaxed)) return;
  std::string line = "<" + std::to_string(static_cast<int>(level)) + ">";
  line += event;
  for (auto const& [key, value] : fields) {
    line += ' ';
    line += key;
    line += '=';
    append_value(line, value);
  }
  line += '\n';
  [[maybe_unused]] auto const written = ::write(STDERR_FILENO, line.data(), line.size());
}

std::string masked(std::string_view address) {
  if (auto const at = address.find('@'); at != std::string_view::npos)
    return std::string(address.substr(0, 1)) + "***" + std::string(address.substr(at));
  if (address.size() <= 8) return "***";
  return std::string(address.substr(0, 6)) + "***" +
         std::string(address.substr(address.size() - 4));
}

}  // namespace siaga::log
