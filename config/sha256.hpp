// Sha256: the fingerprint of what was read, so that the log can say which configuration was in
// force.
//
// Place:  loader -> SHA256 -> Settings::hash. `cat FILES | sha256sum` gives the same.
// Thread: any; one object, one thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace siaga::config {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  void add(std::string_view bytes);
  std::string hex();  // ends it

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace siaga::config
