// Link: one connection to an SMSC: the stream, the conversation on it, and the events that wake its
// coroutines.
//
// Place:  made by SmppBind for each connection; shared with every part that still owes the SMSC an
//         answer.
// Thread: core only.
#pragma once

#include <memory>

#include "gateway/async/event.hpp"
#include "gateway/async/stream.hpp"
#include "protocols/sms/smpp/session.hpp"

namespace siaga::sms {

struct Link {
  Link(std::unique_ptr<Stream> s, SessionRules const& rules, SessionOwner& owner,
       boost::asio::any_io_executor const& executor)
      : stream(std::move(s)),
        session(rules, owner),
        to_write(executor),
        written(executor),
        to_tick(executor) {}

  void answer(std::uint32_t sequence, Status status) {
    session.answer(sequence, status);
    to_write.notify();
  }

  // A peer that asks and never reads the answers is not read from beyond this.
  static constexpr std::size_t unwritten_bytes_max = 65536;
  bool is_choked() { return writing_bytes + session.output().size() > unwritten_bytes_max; }

  std::unique_ptr<Stream> stream;
  Session session;
  std::size_t writing_bytes = 0;  // what the writer has in hand
  Event to_write;
  Event written;
  Event to_tick;
  SteadyTime tick_at{};  // when the timekeeper wakes by itself
};

}  // namespace siaga::sms
