#include "config/names.hpp"

#include "config/forms.hpp"
#include "config/nearest.hpp"

namespace siaga::config {

bool Names::define(TableReader& reader, Place place, std::string const& id) {
  if (id.empty()) return false;  // reported as missing
  if (!is_word(id)) {
    reader.error(place, one_ + " id '" + id +
                            "' is not one word: write small letters, digits, '-' and '_' only");
    return false;
  }
  auto const [first, fresh] = places_.emplace(id, place);
  if (!fresh) {
    reader.error(place, one_ + " id '" + id + "' is given twice, first at " +
                            reader.file_and_line(first->second) + ": give each " + one_ +
                            " its own");
    return false;
  }
  ids_.push_back(id);
  return true;
}

std::string Names::unknown(std::string const& id, std::string const& used_in) const {
  if (knows(id) || !complete_) return {};
  std::string text = "unknown " + one_ + " '" + id + "' in " + used_in + ": ";
  if (ids_.empty()) return text + "there is none; define it with " + defined_by_;
  return text + did_you_mean(id, ids_, "known are");
}

}  // namespace siaga::config
