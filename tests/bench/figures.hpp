// Figures: many durations, told as p50, p99 and largest. Printed as one JSON line each.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

namespace siaga::bench {

// CLOCK_REALTIME, comparable between programs of one machine.
inline std::int64_t now_ns() {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  return now.tv_sec * 1'000'000'000LL + now.tv_nsec;
}

inline void print_figures(std::string const& name, std::vector<std::int64_t> samples_ns) {
  if (samples_ns.empty()) {
    std::printf("{\"name\":\"%s\",\"count\":0}\n", name.c_str());
    return;
  }
  std::sort(samples_ns.begin(), samples_ns.end());
  auto const at = [&](double share) {
    auto const index = static_cast<std::size_t>(share * static_cast<double>(samples_ns.size() - 1));
    return static_cast<double>(samples_ns[index]) / 1000.0;
  };
  std::printf("{\"name\":\"%s\",\"count\":%zu,\"p50_us\":%.1f,\"p99_us\":%.1f,\"max_us\":%.1f}\n",
              name.c_str(), samples_ns.size(), at(0.5), at(0.99), at(1.0));
  std::fflush(stdout);
}

}  // namespace siaga::bench
