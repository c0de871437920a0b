// Problems: everything wrong with a configuration, collected wherever it is found, told in order.
//
// Place:  every reader of the loader -> PROBLEMS -> Loaded::problems.
// Thread: one load, one thread.
#pragma once

#include <string>
#include <vector>

#include "config/settings.hpp"

namespace siaga::config {

// Where in the files: by the file's turn of being read, so that "in order" means reading order.
struct Place {
  std::size_t file = 0;
  std::size_t line = 1, column = 1;
  auto operator<=>(Place const&) const = default;
};

class Problems {
 public:
  // Gives the file its turn; the answer goes into Place::file.
  std::size_t add_file(std::string shown_as);

  void error(Place place, std::string what) { keep({place, std::move(what), false}); }
  void warning(Place place, std::string what) { keep({place, std::move(what), true}); }

  std::string const& file(std::size_t index) const { return files_.at(index); }
  bool any_error() const noexcept { return errors_ > 0; }
  std::vector<Problem> in_order() const;

 private:
  struct Found {
    Place place;
    std::string what;
    bool warning;
  };
  void keep(Found found);

  std::vector<std::string> files_;
  std::vector<Found> found_;
  std::size_t errors_ = 0;
};

}  // namespace siaga::config
