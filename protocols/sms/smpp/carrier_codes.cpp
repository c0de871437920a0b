#include "protocols/sms/smpp/carrier_codes.hpp"

#include <charconv>

namespace siaga::sms {
namespace {

struct Word {
  std::string_view word;
  SubmitClass meaning;
};
constexpr Word words[] = {{"throttled", SubmitClass::throttled},
                          {"link_fault", SubmitClass::link_fault},
                          {"retry", SubmitClass::retry},
                          {"permanent", SubmitClass::permanent}};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::optional<Status> status_in(std::string_view text) {
  bool const hex = text.starts_with("0x") || text.starts_with("0X");
  if (hex) text.remove_prefix(2);
  std::uint32_t code = 0;
  auto const* const end = text.data() + text.size();
  auto const read = std::from_chars(text.data(), end, code, hex ? 16 : 10);
  if (read.ec != std::errc() || read.ptr != end || code == 0) return std::nullopt;
  return static_cast<Status>(code);
}

std::optional<SubmitClass> class_in(std::string_view text) {
  for (auto const& one : words)
    if (one.word == text) return one.meaning;
  return std::nullopt;
}

}  // namespace

Result<CarrierCodes> CarrierCodes::read(std::vector<std::string> const& entries) {
  CarrierCodes codes;
  for (std::string_view const entry : entries) {
    auto const middle = entry.find('=');
    auto const status = status_in(trimmed(entry.substr(0, middle)));
    auto const meaning = middle == std::string_view::npos
                             ? std::nullopt
                             : class_in(trimmed(entry.substr(middle + 1)));
    if (!status || !meaning)
      return Error(Errc::invalid_configuration,
                   "error_codes: \"" + std::string(entry) +
                       "\" is not CODE=CLASS: write for instance \"0x412=throttled\"; classes are"
                       " throttled, link_fault, retry and permanent");
    codes.own_[*status] = *meaning;
  }
  return codes;
}

SubmitClass CarrierCodes::class_of(Status status) const noexcept {
  auto const found = own_.find(status);
  return found != own_.end() ? found->second : sms::class_of(status);
}

}  // namespace siaga::sms
