#include "protocols/sms/modem/sent_parts.hpp"

#include <algorithm>

namespace siaga::sms {
namespace {

constexpr std::size_t compared_digits = 8;  // however the country is written before them

std::string_view end_of(std::string_view digits) {
  return digits.substr(digits.size() - std::min(digits.size(), compared_digits));
}

std::string name_of(std::string_view digits, int reference, std::int64_t hour) {
  return std::string(digits) + '.' + std::to_string(reference) + '.' + std::to_string(hour);
}

std::int64_t hour_of(UtcTime time) {
  return std::chrono::floor<std::chrono::hours>(time.time_since_epoch()).count();
}

}  // namespace

std::string SentParts::name(std::string_view digits, int reference, UtcTime now) {
  auto name = name_of(digits, reference, hour_of(now));
  parts_.push_front(Part{reference, std::string(digits), name});
  if (parts_.size() > parts_max) parts_.pop_back();
  return name;
}

std::vector<std::string> SentParts::names(std::string_view digits, int reference,
                                          std::optional<UtcTime> sent) const {
  std::vector<std::string> all;
  auto const known = std::ranges::find_if(parts_, [&](Part const& part) {
    return part.reference == reference && end_of(part.digits) == end_of(digits);
  });
  if (known != parts_.end()) all.push_back(known->name);
  if (!sent) return all;
  for (int const distance : {0, -1, 1}) {
    auto name = name_of(digits, reference, hour_of(*sent) + distance);
    if (std::ranges::find(all, name) == all.end()) all.push_back(std::move(name));
  }
  return all;
}

void SentParts::forget(std::string_view name) {
  auto const found = std::ranges::find(parts_, name, &Part::name);
  if (found != parts_.end()) parts_.erase(found);
}

}  // namespace siaga::sms
