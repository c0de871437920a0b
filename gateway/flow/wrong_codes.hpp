// WrongCodes: counts wrong codes, per link and per network address. Pure over the time it is told.
//
// Place:  link desk -> WRONG CODES.
// Thread: core only.
// Rules:  right codes are not counted, and are never refused because of their address. Counts are
//         in memory; when there are too many, the one unchanged for longest is forgotten.
#pragma once

#include <map>
#include <string>

#include "gateway/domain/ids.hpp"
#include "gateway/domain/time.hpp"

namespace siaga::flow {

class WrongCodes {
 public:
  // How many wrong codes of this link there have been, this one with them.
  std::int64_t count(DeliveryId link, SteadyTime now);
  void forget(DeliveryId link) { links_.erase(link); }
  // How many there have been from this address within a minute.
  std::int64_t count_from(std::string const& address, SteadyTime now);

 private:
  struct Counted {
    std::int64_t count = 0;
    SteadyTime since{}, last{};
  };
  std::map<DeliveryId, Counted> links_;
  std::map<std::string, Counted> addresses_;
};

}  // namespace siaga::flow
