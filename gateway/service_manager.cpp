#include "gateway/service_manager.hpp"

#include <systemd/sd-daemon.h>

namespace siaga::service_manager {

void starting(std::chrono::seconds more) {
  using std::chrono::microseconds;
  auto const text = "EXTEND_TIMEOUT_USEC=" + std::to_string(microseconds(more).count());
  sd_notify(0, text.c_str());
}

void ready() {
  sd_notify(0, "READY=1");
}

void alive() {
  sd_notify(0, "WATCHDOG=1");
}

void stopping() {
  sd_notify(0, "STOPPING=1");
}

void reloading() {
  using std::chrono::microseconds;
  auto const now = std::chrono::steady_clock::now().time_since_epoch();
  auto const text = "RELOADING=1\nMONOTONIC_USEC=" +
                    std::to_string(std::chrono::duration_cast<microseconds>(now).count());
  sd_notify(0, text.c_str());
}

void status(std::string const& sentence) {
  sd_notify(0, ("STATUS=" + sentence).c_str());
}

}  // namespace siaga::service_manager
