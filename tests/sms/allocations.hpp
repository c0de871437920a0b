// Allocations: how often this thread has asked for memory since it was made.
#pragma once

#include <cstddef>

namespace siaga::test {

class Allocations {
 public:
  Allocations();
  std::size_t since() const;

 private:
  std::size_t before_;
};

}  // namespace siaga::test
