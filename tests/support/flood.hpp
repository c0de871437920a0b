// Flood: a peer that says one thing over and over and never reads what it is told, and how much of
// this machine's memory the test takes meanwhile.
//
// Place:  tests of whatever keeps a connection to somebody else's program.
// Thread: the peer has its own; its counts may be read from any.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>

namespace siaga::test {

// What this process holds now: resident memory, or under the address sanitizer, which keeps what
// was freed for a while, what is allocated.
std::size_t memory_bytes();

class FloodingPeer {
 public:
  // `greet` speaks first, with the connection's descriptor, and may read; then only `flood` goes.
  FloodingPeer(std::function<void(int)> greet, std::string flood);
  ~FloodingPeer();
  FloodingPeer(FloodingPeer const&) = delete;
  FloodingPeer& operator=(FloodingPeer const&) = delete;

  std::uint16_t port() const noexcept { return port_; }
  std::size_t said_bytes() const noexcept { return said_; }

 private:
  void run();

  std::function<void(int)> greet_;
  std::string flood_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<std::size_t> said_ = 0;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

// A descriptor that is open both ways (a terminal's master side): floods it until told to stop.
class FloodedDescriptor {
 public:
  FloodedDescriptor(int descriptor, std::string flood);
  ~FloodedDescriptor();
  FloodedDescriptor(FloodedDescriptor const&) = delete;
  FloodedDescriptor& operator=(FloodedDescriptor const&) = delete;
  std::size_t said_bytes() const noexcept { return said_; }

 private:
  std::atomic<std::size_t> said_ = 0;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace siaga::test
