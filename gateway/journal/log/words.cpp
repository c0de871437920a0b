#include "gateway/journal/log/words.hpp"

#include <algorithm>
#include <array>

#include "gateway/journal/log/entry.hpp"

namespace siaga::journal {
namespace {

constexpr std::size_t id_length_max = 64;

// CAP 1.2, the wrapper's, and those of an answer.
constexpr auto known_words = std::to_array<std::string_view>(
    {"Signature",  "addresses",  "alert",        "altitude",     "answer",      "area",
     "areaDesc",   "audience",   "category",     "ceiling",      "certainty",   "circle",
     "code",       "contact",    "data",         "derefUri",     "description", "digest",
     "effective",  "event",      "eventCode",    "expires",      "geocode",     "headline",
     "identifier", "incidents",  "info",         "instruction",  "language",    "mimeType",
     "msgType",    "note",       "officer",      "onset",        "parameter",   "polygon",
     "references", "resource",   "resourceDesc", "responseType", "restriction", "scope",
     "sender",     "senderName", "sent",         "severity",     "size",        "source",
     "status",     "urgency",    "uri",          "value",        "valueName",   "web"});
static_assert(std::ranges::is_sorted(known_words));

bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= 6 &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

// " (5:1)" at the end of a path; empty when there is none.
std::string_view place_of(std::string_view path) {
  auto const begin = path.rfind(" (");
  if (begin == std::string_view::npos || !path.ends_with(')')) return {};
  auto const inside = path.substr(begin + 2, path.size() - begin - 3);
  auto const colon = inside.find(':');
  if (colon == std::string_view::npos) return {};
  bool const is_place = is_number(inside.substr(0, colon)) && is_number(inside.substr(colon + 1));
  return is_place ? path.substr(begin) : std::string_view();
}

// "info", "0", "info[2]"
bool may_stand(std::string_view step) {
  if (is_number(step)) return true;
  auto const bracket = step.find('[');
  if (bracket != std::string_view::npos) {
    if (!step.ends_with(']') || !is_number(step.substr(bracket + 1, step.size() - bracket - 2)))
      return false;
    step = step.substr(0, bracket);
  }
  return std::ranges::binary_search(known_words, step);
}

bool is_id(std::string_view level) {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789-_.";
  return !level.empty() && level.size() <= id_length_max &&
         level.find_first_not_of(letters) == std::string_view::npos && scrubbed(level, "") == level;
}

template <class Allowed>
std::string with_steps(std::string_view path, Allowed allowed) {
  std::string clean;
  for (std::size_t begin = 0; begin <= path.size();) {
    auto const end = std::min(path.find('/', begin), path.size());
    auto const step = path.substr(begin, end - begin);
    if (begin > 0) clean += '/';
    clean += step.empty() || allowed(step) ? step : "?";
    begin = end + 1;
  }
  return clean;
}

}  // namespace

std::string logged_path(std::string_view path) {
  auto const place = place_of(path);
  path.remove_suffix(place.size());
  return with_steps(path, may_stand) + std::string(place);
}

std::string logged_topic(std::string_view topic) {
  return with_steps(topic, is_id);
}

std::string logged_proof(std::string_view proof) {
  constexpr std::string_view unproven = "unverified ";
  if (!proof.starts_with(unproven)) return scrubbed(proof, "");
  return std::string(proof.substr(0, proof.find(' ', unproven.size())));
}

}  // namespace siaga::journal
