// Bearer: which channel carries a lane's messages now: its own; or its standby, while its own has
// been down for too long, or is down for a reason that waiting does not mend.
//
// Place:  lane -> BEARER -> Channel::send. One hop: a standby's own standby is not asked.
// Thread: core only.
// Time:   steady. An outage begins when it is first seen, so it is looked at with every choice.
// See:    [channel.NAME] standby, standby_after.
#pragma once

#include <optional>

#include "gateway/ports/channel.hpp"

namespace siaga::flow {

struct Standby {
  ChannelName name;
  Channel* channel = nullptr;
  milliseconds after{};  // how long the lane's own may be down
};

class Bearer {
 public:
  struct Choice {
    Channel* channel;
    ChannelName by;       // the standby's name; empty = the lane's own
    std::string because;  // why it is the standby
  };

  Bearer(ChannelName name, Channel& own, Clock const& clock)
      : name_(std::move(name)), own_(own), clock_(clock) {}

  void stand_by(Standby standby) { standby_ = std::move(standby); }
  Channel& own() noexcept { return own_; }

  Choice choose();
  Choice probe() { return {&own_, {}, {}}; }  // the lane's own, although it says it is down
  bool is_down();                             // nothing can carry
  bool has_taken_over() const noexcept { return taken_over_; }
  std::size_t width() { return carrier().width(); }

 private:
  Channel& carrier();  // looks at the outage, and tells when the standby takes over or gives back
  bool standby_is_due();

  ChannelName name_;
  Channel& own_;
  Clock const& clock_;
  std::optional<Standby> standby_;
  std::optional<SteadyTime> down_since_;
  bool taken_over_ = false;
};

}  // namespace siaga::flow
