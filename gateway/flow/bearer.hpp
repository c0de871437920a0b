// Bearer: chooses the channel that carries a lane's messages: its own, or the standby when its own
// has been down too long or was refused for good.
//
// Place:  lane -> BEARER -> Channel::send. One hop: the standby of a standby is not asked.
// Thread: core only.
// Time:   steady. An outage begins when it is first seen, so each choice looks for one.
// See:    [channel.NAME] standby, standby_after.
#pragma once

#include <optional>

#include "gateway/flow/suspicion.hpp"
#include "gateway/ports/channel.hpp"

namespace siaga::flow {

struct Standby {
  ChannelName name;
  Channel* channel = nullptr;
  milliseconds after{};            // how long the lane's own may be down
  Suspicion* suspicion = nullptr;  // of that channel; the dispatcher knows it
};

class Bearer {
 public:
  struct Choice {
    Channel* channel;
    Suspicion* suspicion;  // of the channel
    ChannelName by;        // the standby's name; empty = the lane's own
    std::string because;   // why it is the standby
  };

  Bearer(ChannelName name, Channel& own, Suspicion& suspicion, Clock const& clock)
      : name_(std::move(name)), own_(own), suspicion_(suspicion), clock_(clock) {}

  void stand_by(Standby standby) { standby_ = std::move(standby); }
  Channel& own() noexcept { return own_; }

  Choice choose();
  // The lane's own, although it says it is down.
  Choice probe() { return {&own_, &suspicion_, {}, {}}; }
  // The standby, for one message that the lane's own channel has set aside; if there is one and it
  // has not set the message aside too.
  std::optional<Choice> instead(DeliveryId set_aside);
  bool is_down();  // nothing can carry
  bool has_taken_over() const noexcept { return taken_over_; }
  std::size_t width() { return carrier().width(); }

  bool suspects(DeliveryId id) const;  // it goes alone
  void ended(DeliveryId id);           // it is not tried again
  void ended(std::vector<AlertId> const& alerts);
  void tick();

 private:
  Channel& carrier();  // looks at the outage, and tells when the standby takes over or gives back
  bool standby_is_due();

  ChannelName name_;
  Channel& own_;
  Suspicion& suspicion_;
  Clock const& clock_;
  std::optional<Standby> standby_;
  std::optional<SteadyTime> down_since_;
  bool taken_over_ = false;
};

}  // namespace siaga::flow
