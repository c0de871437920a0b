// Caution: a setting that works and that a careful operator wants to know of.
//
// Place:  ChannelKind, settings of a section -> CAUTION -> `siaga check`, which warns of it.
// Thread: values.
#pragma once

#include <string>
#include <vector>

namespace siaga {

struct Caution {
  enum class Of {
    clear_text,  // `what` leaves this machine and anybody on its way can read and change it
    unverified,  // `what` is taken to be who it says
  };
  Of of = Of::clear_text;
  std::string key;  // "host"
  std::string what;
};
using Cautions = std::vector<Caution>;

}  // namespace siaga
