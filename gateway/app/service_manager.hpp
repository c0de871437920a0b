// Service manager: tells systemd that we are ready, alive and stopping. Silent outside systemd.
//
// Place:  app and supervisor -> SERVICE MANAGER -> $NOTIFY_SOCKET.
// Thread: any.
// See:    sd_notify(3): a datagram of KEY=VALUE lines. The library itself would load five others.
#pragma once

#include <chrono>
#include <string>

namespace siaga::service_manager {

void starting(std::chrono::seconds more);  // not ready yet, and it may take so much longer
void ready();
void alive();  // kicks the watchdog
void stopping();
void reloading();
void status(std::string const& sentence);  // one line, shown by systemctl status

}  // namespace siaga::service_manager
