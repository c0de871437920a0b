#include "gateway/app/exposure.hpp"

#include <sys/stat.h>

namespace siaga {

std::vector<config::Problem> exposed(config::Settings const& settings) {
  auto const& folder = settings.gateway.data_dir;
  struct stat about {};
  bool const is_there = ::stat(folder.c_str(), &about) == 0;  // it is made private when it is not
  if (!is_there || (about.st_mode & S_IRWXO) == 0) return {};
  config::Problem problem;
  problem.file = settings.file;
  problem.line = problem.column = 1;
  if (auto const place = settings.places.find("gateway.data_dir"); place != settings.places.end()) {
    problem.file = place->second.file;
    problem.line = place->second.line;
    problem.column = place->second.column;
  }
  problem.what = "[gateway] data_dir is " + folder +
                 ", which every user of this machine can enter; alerts, telephone numbers and "
                 "answers are in it: chmod 700, or 750 with the gateway's group";
  problem.warning = true;
  return {problem};
}

}  // namespace siaga
