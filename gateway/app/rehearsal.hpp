// Rehearsal: every configured part made, none started: to find settings that fit their table and
// still cannot work, and to show what officers would read.
//
// Place:  `check`, `run` and `plan` -> REHEARSAL -> ChannelKind::make, Channel::preview.
// Thread: one thread; connects to nothing, writes nothing.
// Errors: as Problems, each where the setting is written.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "config/settings.hpp"
#include "gateway/ports/channel.hpp"

namespace siaga {

class Rehearsal {
 public:
  explicit Rehearsal(config::Settings const& settings);
  ~Rehearsal();

  std::vector<config::Problem> const& problems() const noexcept { return problems_; }
  // Null when the channel could not be made.
  Channel const* channel(ChannelName const& name) const;

 private:
  void judge_web(config::Settings const& settings);

  struct Stage;
  std::unique_ptr<Stage> stage_;
  std::map<ChannelName, std::unique_ptr<Channel>> channels_;
  std::vector<config::Problem> problems_;
};

// Everything `siaga check` says, and `siaga run` before it starts: the loader's problems, then what
// a rehearsal finds.
config::Loaded load_configuration(std::string const& file);

// What check prints of it: a line for each problem, then one that sums up.
std::string report(config::Loaded const& loaded);
// What the daemon says of it, each thing once: warnings are logged, with the priority that a
// service manager keeps; a file that cannot be used is reported as check does.
void tell(config::Loaded const& loaded);

}  // namespace siaga
