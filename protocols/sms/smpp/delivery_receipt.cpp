#include "protocols/sms/smpp/delivery_receipt.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "protocols/sms/smpp/decode.hpp"

namespace siaga::sms {
namespace {

char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
char upper(char c) noexcept {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}
bool blank(char c) noexcept {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\0';
}

bool starts(std::string_view text, std::string_view key) noexcept {
  return text.size() >= key.size() && std::equal(key.begin(), key.end(), text.begin(),
                                                 [](char k, char c) { return k == lower(c); });
}

std::string_view word_after(std::string_view text, std::size_t key_size) noexcept {
  text.remove_prefix(key_size);
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  auto const end = std::find_if(text.begin(), text.end(), blank);
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

struct Words {
  std::string_view id, stat, err;
};

Words words_of(std::string_view text) noexcept {
  Words words;
  bool at_start = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto const rest = text.substr(i);
    if (at_start) {
      if (starts(rest, "text:")) break;
      if (starts(rest, "id:")) words.id = word_after(rest, 3);
      if (starts(rest, "stat:")) words.stat = word_after(rest, 5);
      if (starts(rest, "err:")) words.err = word_after(rest, 4);
    }
    at_start = blank(text[i]);
  }
  return words;
}

constexpr std::array<std::string_view, 9> state_names = {
    "", "ENROUTE", "DELIVRD", "EXPIRED", "DELETED", "UNDELIV", "ACCEPTD", "UNKNOWN", "REJECTD"};

Fate fate_of(std::string_view stat) noexcept {
  if (stat.substr(0, 5) == "DELIV") return Fate::delivered;
  for (auto const failed : {"EXPIRED", "DELETED", "UNDELIV", "FAILED"})
    if (stat.substr(0, std::string_view(failed).size()) == failed) return Fate::failed;
  if (stat.find("REJECT") != std::string_view::npos) return Fate::failed;
  return Fate::not_final;
}

bool says_receipt(std::uint8_t esm_class) noexcept {
  auto const type = esm_class & 0x3CU;  // final, the phone's or its user's own, intermediate
  return type == 0x04 || type == 0x08 || type == 0x10 || type == 0x20;
}

std::optional<std::uint64_t> number_of(std::string_view text, int base) noexcept {
  std::uint64_t value = 0;
  auto const [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (ec != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

std::string written(std::uint64_t value, int base) {
  std::array<char, 24> digits{};
  auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), value, base).ptr;
  return {digits.data(), end};
}

}  // namespace

std::optional<DeliveryReceipt> receipt_in(ShortMessage const& message, std::string_view text) {
  auto const id = option(message.options, Tag::receipted_message_id);
  auto const state = option_number(message.options, Tag::message_state);
  if (!says_receipt(message.esm_class) && !id && !state) return std::nullopt;

  auto const words = words_of(text);
  DeliveryReceipt receipt;
  receipt.id = id ? first_text(*id) : words.id;
  receipt.error = words.err;
  if (state && *state > 0 && *state < state_names.size()) {
    receipt.stat = state_names[*state];
  } else {
    receipt.stat = words.stat;
    std::transform(receipt.stat.begin(), receipt.stat.end(), receipt.stat.begin(), upper);
  }
  receipt.fate = fate_of(receipt.stat);
  return receipt;
}

std::string canonical_id(std::string_view id) {
  while (!id.empty() && blank(id.front())) id.remove_prefix(1);
  while (!id.empty() && blank(id.back())) id.remove_suffix(1);
  while (id.size() > 1 && id.front() == '0') id.remove_prefix(1);
  std::string canonical(id);
  std::transform(canonical.begin(), canonical.end(), canonical.begin(), lower);
  return canonical;
}

std::string answered_id(std::string_view receipt_id, IdReading reading) {
  auto const id = canonical_id(receipt_id);
  if (reading == IdReading::same) return id;
  bool const answers_hex = reading == IdReading::answers_hex;
  auto const number = number_of(id, answers_hex ? 10 : 16);
  return number ? written(*number, answers_hex ? 16 : 10) : std::string();
}

}  // namespace siaga::sms
