#include "tests/peers/smsc/messages.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace siaga::smsc {
namespace {

constexpr std::size_t records_max = 1000000;
constexpr std::array<std::string_view, 9> names = {
    "", "ENROUTE", "DELIVRD", "EXPIRED", "DELETED", "UNDELIV", "ACCEPTD", "UNKNOWN", "REJECTD"};

int base_of(std::string_view form) {
  return form == "hex" || form == "upper" ? 16 : 10;
}

}  // namespace

MessageState state_of(std::string_view name) {
  auto const it = std::find(names.begin(), names.end(), name);
  return it == names.end() ? MessageState::unknown : static_cast<MessageState>(it - names.begin());
}

std::string_view name_of(MessageState state) {
  return names[static_cast<std::size_t>(state)];
}

std::string id_text(std::uint64_t number, std::string_view form) {
  if (form == "empty" || form == "missing") return {};
  std::array<char, 24> digits{};
  auto const end =
      std::to_chars(digits.data(), digits.data() + digits.size(), number, base_of(form)).ptr;
  std::string text(digits.data(), end);
  if (form == "upper")
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c; });
  return text;
}

Messages::Record& Messages::add(std::string to) {
  records_.push_back({++last_, MessageState::enroute, std::move(to)});
  if (records_.size() > records_max) records_.pop_front();
  return records_.back();
}

Messages::Record* Messages::find(std::uint64_t number) {
  if (records_.empty() || number < records_.front().number || number > last_) return nullptr;
  return &records_[number - records_.front().number];
}

Messages::Record* Messages::find(std::string_view id, std::string_view form) {
  std::uint64_t number = 0;
  auto const [end, ec] = std::from_chars(id.data(), id.data() + id.size(), number, base_of(form));
  if (ec != std::errc() || end != id.data() + id.size()) return nullptr;
  return find(number);
}

std::string Messages::destinations() const {
  std::string all;
  for (auto const& record : records_) {
    if (!all.empty()) all += ' ';
    all += record.to;
  }
  return all;
}

}  // namespace siaga::smsc
