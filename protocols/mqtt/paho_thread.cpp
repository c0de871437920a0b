#include "protocols/mqtt/paho_thread.hpp"

#include <MQTTAsync.h>
#include <pthread.h>

#include <csignal>
#include <mutex>

#include "gateway/base/assert.hpp"

namespace siaga::mqtt {

std::shared_ptr<PahoThread> PahoThread::shared() {
  static std::mutex one_at_a_time;
  static std::weak_ptr<PahoThread> running;
  std::lock_guard const lock(one_at_a_time);
  auto thread = running.lock();
  if (!thread) running = thread = std::make_shared<PahoThread>();
  return thread;
}

PahoThread::PahoThread() : work_(io_.get_executor()) {
  // Signals are the core's; Paho's threads inherit the mask of ours.
  sigset_t all, mine;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_BLOCK, &all, &mine);
  thread_ = std::thread([this] { run(); });
  ::pthread_sigmask(SIG_SETMASK, &mine, nullptr);
}

PahoThread::~PahoThread() {
  work_.reset();
  io_.stop();
  thread_.join();
}

void PahoThread::run() {
  // A client that never connects: Paho tears its world down with its last client, and up again.
  MQTTAsync anchor = nullptr;
  int const rc = MQTTAsync_create(&anchor, "tcp://127.0.0.1:1", "siaga-anchor",
                                  MQTTCLIENT_PERSISTENCE_NONE, nullptr);
  require(rc == MQTTASYNC_SUCCESS, "Paho makes a client");
  io_.run();
  MQTTAsync_destroy(&anchor);
}

}  // namespace siaga::mqtt
