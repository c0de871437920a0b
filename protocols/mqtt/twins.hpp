// Twins: recognises the two copies of a message, one from the kept session and one from an express
// link. The first copy is kept; the other is found here and need not be kept.
//
// Place:  intake (both paths) -> TWINS. See express.hpp.
// Thread: any; a message is settled and recorded on Paho's one receiver, which takes one at a time.
// Safety: a copy is passed over only when the same bytes, topic and properties have been kept. If a
//         message is forgotten here, it is kept twice, and the journal knows it by its identity.
// Bound:  `waiting_max` copies whose twin has not come; the oldest is forgotten first.
#pragma once

#include <array>
#include <cstdint>
#include <list>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

#include "gateway/ports/inbox.hpp"

namespace siaga::mqtt {

enum class Path { session, express };

class Twins {
 public:
  static constexpr std::size_t waiting_max = 4096;
  using Name = std::array<std::uint8_t, 16>;  // of everything but the time of arrival
  static Name name_of(RawMessage const& message);

  // A lane is the filter of one express link. While it is open, copies come by it.
  void open(std::string_view lane);
  void close(std::string_view lane);  // and what was to come by it does not
  void session_lost();                // and what was to come by the session does not

  bool expects(std::string_view lane) const;  // whether it is worth asking
  // True when the other copy has been kept: it is used up.
  bool came_before(Path by, Name const& name);
  void kept(Path by, Name const& name, std::string_view lane);
  std::size_t waiting() const;

 private:
  struct Copy {
    Name name;
    std::string lane;
    Path kept_by;
    std::size_t count;
  };
  using Copies = std::list<Copy>;  // oldest first

  template <class Which>
  void forget(Which which);
  void forget(Copies::iterator copy);

  mutable std::mutex mutex_;
  std::set<std::string, std::less<>> open_;
  Copies copies_;
  std::map<Name, Copies::iterator> by_name_;
};

}  // namespace siaga::mqtt
