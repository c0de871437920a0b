// RigLine: the guard's connection to rigctld. Blocking, with a limit on every step.
//
// Place:  guard process: watch -> RIG LINE -> TCP -> rigctld -> transmitter.
// Thread: the guard process has one and nothing else to do.
// Time:   reply_limit for each reply; a reply that comes late costs the connection, so that it is
//         never taken for the answer to a later question.
// Errors: connect_failed (the order never left), timed_out, connection_lost, refused_by_peer,
//         protocol_violated.
#pragma once

#include "protocols/radio/ptt/rigctld.hpp"

namespace siaga::radio {

class RigLine {
 public:
  explicit RigLine(RigAddress address) : address_(std::move(address)) {}
  ~RigLine() { close(); }
  RigLine(RigLine const&) = delete;
  RigLine& operator=(RigLine const&) = delete;

  // Keys or unkeys, then reads back what the rig really does.
  [[nodiscard]] Result<bool> set(bool up);
  [[nodiscard]] Result<bool> read_back();

 private:
  Result<void> connect();
  Result<RigReply> ask(std::string_view command);
  Result<RigReply> ask_connected(std::string_view command);
  Result<RigReply> lose(Error error);
  void close() noexcept;

  RigAddress address_;
  int fd_ = -1;
};

}  // namespace siaga::radio
