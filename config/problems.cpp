#include "config/problems.hpp"

#include <algorithm>

#include "gateway/base/visible.hpp"

namespace siaga::config {

std::string Problem::text() const {
  return visible(file) + ":" + std::to_string(line) + ":" + std::to_string(column) + ": " +
         (warning ? "warning: " : "") + visible(what);
}

bool Loaded::usable() const {
  return std::ranges::all_of(problems, &Problem::warning);
}

std::size_t Problems::add_file(std::string visible_as) {
  files_.push_back(std::move(visible_as));
  return files_.size() - 1;
}

void Problems::keep(Found found) {
  if (!found.warning) ++errors_;
  found_.push_back(std::move(found));
}

std::vector<Problem> Problems::in_order() const {
  auto sorted = found_;
  std::ranges::stable_sort(sorted, {}, &Found::place);
  std::vector<Problem> all;
  all.reserve(sorted.size());
  for (auto& found : sorted) {
    Problem problem;
    problem.file = files_.at(found.place.file);
    problem.line = found.place.line;
    problem.column = found.place.column;
    problem.what = std::move(found.what);
    problem.warning = found.warning;
    all.push_back(std::move(problem));
  }
  return all;
}

}  // namespace siaga::config
