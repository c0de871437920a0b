// PduQueue: messages on their way to one modem, in the order in which they will be sent.
//
// Place:  Modem::send_pdu -> PDU QUEUE -> ModemService.
// Thread: core only. A job is shared with the coroutine that waits for it: it may outlive either.
// Order:  by priority; then parts of a message that was begun; then as they came. So a message that
//         was begun is sent whole before the next one begins, and its time does not run out
//         halfway.
// Bounds: `jobs_max`; more are refused and stay due.
#pragma once

#include <array>
#include <deque>
#include <functional>
#include <memory>
#include <optional>

#include "gateway/async/event.hpp"
#include "gateway/domain/message.hpp"

namespace siaga::sms {

// One SMS-SUBMIT as 3GPP TS 27.005, 4.3 sends it.
struct PduToSend {
  std::string hex;              // with the service centre's octets in front ("00" = the SIM's)
  std::size_t tpdu_octets = 0;  // without them
  std::string number;           // whose; only compared with others
  Priority priority = Priority::normal;
  Permission permission;      // asked right before the first byte
  bool is_continued = false;  // a later part of a message whose first part went out: asks no more
  // Told when its +CMGS comes after its time, before the next message's; may be empty.
  std::function<void(int reference)> on_late_result;
};

struct PduJob {
  PduToSend pdu;
  bool is_begun = false;
  std::optional<SendOutcome> outcome;
  Event settled;

  PduJob(boost::asio::any_io_executor const& executor, PduToSend p)
      : pdu(std::move(p)), settled(executor) {}
  void settle(SendOutcome how) {
    outcome = std::move(how);
    settled.notify();
  }
};

class PduQueue {
 public:
  static constexpr std::size_t jobs_max = 1000;

  [[nodiscard]] bool add(std::shared_ptr<PduJob> job);  // false: full
  std::shared_ptr<PduJob> take();                       // nullptr: empty
  void drop(std::shared_ptr<PduJob> const& job);
  void give_back(std::string const& why, milliseconds retry_after);
  std::size_t size() const noexcept;
  bool empty() const noexcept { return size() == 0; }

 private:
  std::array<std::deque<std::shared_ptr<PduJob>>, 4> waiting_;  // by Priority
};

}  // namespace siaga::sms
