// StorageWatch: decides what to do when the journal fails. If the store is full, the flow waits. If
// it cannot be trusted, the process ends with exit code 75, and the restart continues from the last
// commit.
//
// Place:  every leg that gets an Error from the journal asks here.
// Thread: core only.
#pragma once

#include <functional>
#include <string_view>

#include "gateway/base/error.hpp"

namespace siaga::flow {

class StorageWatch {
 public:
  explicit StorageWatch(std::function<void(Error const&)> give_up) : give_up_(std::move(give_up)) {}

  // Logs the failure once per change of state. True: try again after a pause. False: the process
  // ends.
  bool worth_retrying(std::string_view doing, Error const& error);
  // One that was full still is: it answers, and takes what needs no room.
  void works() noexcept { failing_ = full_; }
  void has_room() noexcept { failing_ = full_ = false; }
  bool failing() const noexcept { return failing_; }
  bool full() const noexcept { return full_; }  // there is no room for new alerts

 private:
  std::function<void(Error const&)> give_up_;
  bool failing_ = false;
  bool full_ = false;
};

}  // namespace siaga::flow
