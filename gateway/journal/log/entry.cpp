#include "gateway/journal/log/entry.hpp"

#include <algorithm>
#include <charconv>

namespace siaga::journal {
namespace {

constexpr std::size_t reason_length_max = 200;
constexpr std::size_t phone_digits_min = 7;

void append(std::string& into, std::uint64_t value, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
    into += static_cast<char>((value >> shift) & 0xff);
}

void append(std::string& into, std::string_view text) {
  append(into, text.size(), 4);
  into += text;
}

std::int64_t take_number(std::string_view& bytes, std::size_t count) {
  std::uint64_t value = 0;
  for (char const c : bytes.substr(0, count)) value = value << 8 | static_cast<unsigned char>(c);
  bytes.remove_prefix(std::min(count, bytes.size()));
  return static_cast<std::int64_t>(value);
}

std::string_view take_text(std::string_view& bytes) {
  auto const size = static_cast<std::size_t>(take_number(bytes, 4));
  auto const text = bytes.substr(0, size);
  bytes.remove_prefix(text.size());
  return text;
}

// Where the value of this key begins; npos when there is none.
std::size_t begin_of_value(std::string_view detail, std::string_view key, bool last) {
  constexpr auto none = std::string_view::npos;
  for (auto at = last ? detail.rfind(key) : detail.find(key); at != none;) {
    auto const end = at + key.size();
    bool const whole =
        (at == 0 || detail[at - 1] == ' ') && end < detail.size() && detail[end] == '=';
    if (whole) return end + 1;
    if (last && at == 0) return none;
    at = last ? detail.rfind(key, at - 1) : detail.find(key, at + 1);
  }
  return none;
}

std::string_view value_at(std::string_view detail, std::size_t begin) {
  if (begin == std::string_view::npos) return {};
  return detail.substr(begin, detail.find(' ', begin) - begin);
}

bool names_somebody(std::string_view word) {
  auto const digits = std::ranges::count_if(word, [](char c) { return c >= '0' && c <= '9'; });
  return word.find('@') != std::string_view::npos ||
         static_cast<std::size_t>(digits) >= phone_digits_min;
}

// Of a number written in groups: "0812 3456 7890".
bool is_group(std::string_view word) {
  return !word.empty() && word.find_first_not_of("0123456789+-()") == std::string_view::npos;
}

std::size_t end_of_word(std::string_view text, std::size_t begin) {
  return std::min(text.find_first_of(" \t\r\n", begin), text.size());
}

// Where the word at `begin` ends, or the number of which it is the first group.
std::size_t end_of_name(std::string_view text, std::size_t begin) {
  auto end = end_of_word(text, begin);
  if (!is_group(text.substr(begin, end - begin))) return end;
  while (end < text.size()) {
    auto const next = end_of_word(text, end + 1);
    if (!is_group(text.substr(end + 1, next - end - 1))) break;
    end = next;
  }
  return end;
}

}  // namespace

void encode(LogEntry const& entry, std::string& into) {
  into.clear();
  append(into, static_cast<std::uint64_t>(entry.seq), 8);
  append(into, static_cast<std::uint64_t>(entry.at_ms), 8);
  append(into, static_cast<std::uint64_t>(entry.alert), 8);
  append(into, static_cast<std::uint64_t>(entry.delivery), 8);
  append(into, entry.kind);
  append(into, entry.officer);
  append(into, entry.detail);
}

LogEntry decode_entry(std::string_view bytes) {
  LogEntry entry;
  entry.seq = take_number(bytes, 8);
  entry.at_ms = take_number(bytes, 8);
  entry.alert = take_number(bytes, 8);
  entry.delivery = take_number(bytes, 8);
  entry.kind = take_text(bytes);
  entry.officer = take_text(bytes);
  entry.detail = take_text(bytes);
  return entry;
}

std::string_view value_of(std::string_view detail, std::string_view key) {
  return value_at(detail, begin_of_value(detail, key, false));
}

std::string_view last_value_of(std::string_view detail, std::string_view key) {
  return value_at(detail, begin_of_value(detail, key, true));
}

std::int64_t number_of(std::string_view detail, std::string_view key) {
  auto const text = value_of(detail, key);
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

bool read_entry(Cursor const& cursor, StoredEntry& into) {
  constexpr std::array numbers{0, 1, 3, 4};
  constexpr std::array texts{2, 5, 6};
  for (int const column : numbers)
    if (cursor.type(column) != ColumnType::integer) return false;
  for (int const column : texts)
    if (cursor.type(column) != ColumnType::text) return false;
  if (cursor.type(7) != ColumnType::blob) return false;
  into.entry.seq = cursor.integer(0);
  into.entry.at_ms = cursor.integer(1);
  into.entry.kind = cursor.text(2);
  into.entry.alert = cursor.integer(3);
  into.entry.delivery = cursor.integer(4);
  into.entry.officer = cursor.text(5);
  into.entry.detail = cursor.text(6);
  into.leaf = cursor.blob(7);
  return true;
}

std::string scrubbed(std::string_view reason, std::string_view address) {
  constexpr std::string_view mask = "***";
  std::string text(reason.substr(0, reason_length_max));
  if (!address.empty())
    for (auto at = text.find(address); at != std::string::npos; at = text.find(address, at + 3))
      text.replace(at, address.size(), mask);
  std::string clean;
  for (std::size_t begin = 0; begin < text.size();) {
    auto const end = end_of_name(text, begin);
    auto const word = std::string_view(text).substr(begin, end - begin);
    clean += names_somebody(word) ? mask : word;
    if (end < text.size()) clean += ' ';
    begin = end + 1;
  }
  return clean;
}

}  // namespace siaga::journal
