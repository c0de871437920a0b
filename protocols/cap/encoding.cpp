#include "protocols/cap/encoding.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>

namespace siaga::cap {
namespace {

using namespace std::string_view_literals;

void append(std::string& text, std::uint32_t code) {
  auto const put = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xc0 | code >> 6), put(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    put(0xe0 | code >> 12), put(0x80 | (code >> 6 & 0x3f)), put(0x80 | (code & 0x3f));
  } else {
    put(0xf0 | code >> 18), put(0x80 | (code >> 12 & 0x3f)), put(0x80 | (code >> 6 & 0x3f));
    put(0x80 | (code & 0x3f));
  }
}

enum class Order { big, little };

Utf8 from_utf16(std::string_view bytes, Order order, std::string& storage) {
  if (bytes.size() % 2 != 0) return {EncodingFault::unreadable, {}, "UTF-16"};
  auto const unit = [&](std::size_t at) {
    auto const one = static_cast<unsigned char>(bytes[at]),
               two = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<std::uint32_t>(order == Order::big ? one << 8 | two : two << 8 | one);
  };
  storage.clear();
  storage.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); i += 2) {
    auto code = unit(i);
    if (code == 0) return {EncodingFault::nul, {}, {}};
    if (code >= 0xd800 && code < 0xe000) {
      bool const pair = code < 0xdc00 && i + 3 < bytes.size() && (unit(i + 2) & 0xfc00) == 0xdc00;
      if (!pair) return {EncodingFault::unreadable, {}, "UTF-16"};
      i += 2;
      code = 0x10000 + ((code & 0x3ff) << 10) + (unit(i) & 0x3ff);
    }
    append(storage, code);
  }
  return {EncodingFault::none, storage, {}};
}

// The encoding's name in the XML declaration, in capitals; "" when it has none.
std::string declared(std::string_view text) {
  if (!text.starts_with("<?xml")) return {};
  auto const head = text.substr(0, std::min<std::size_t>(text.find("?>"), 256));
  auto at = head.find("encoding");
  if (at == std::string_view::npos) return {};
  at = head.find_first_of("\"'", at);
  if (at == std::string_view::npos) return {};
  auto const end = head.find(head[at], at + 1);
  if (end == std::string_view::npos) return {};
  std::string name(head.substr(at + 1, end - at - 1));
  std::ranges::transform(name, name.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return name;
}

bool among(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::ranges::find(names, name) != names.end();
}

}  // namespace

Utf8 as_utf8(std::string_view bytes, std::string& storage) {
  if (bytes.starts_with("\xfe\xff"sv)) return from_utf16(bytes.substr(2), Order::big, storage);
  if (bytes.starts_with("\xff\xfe"sv)) return from_utf16(bytes.substr(2), Order::little, storage);
  if (bytes.starts_with("\0<\0"sv)) return from_utf16(bytes, Order::big, storage);
  if (bytes.starts_with("<\0"sv)) return from_utf16(bytes, Order::little, storage);
  if (bytes.find('\0') != std::string_view::npos) return {EncodingFault::nul, {}, {}};
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);

  auto const name = declared(bytes);
  if (among(name, {"", "UTF-8", "UTF8", "US-ASCII", "ASCII"}))
    return {EncodingFault::none, bytes, {}};
  if (!among(name, {"ISO-8859-1", "ISO8859-1", "ISO_8859-1", "LATIN1", "LATIN-1"}))
    return {EncodingFault::unreadable, {}, name};
  storage.clear();
  storage.reserve(bytes.size() + bytes.size() / 8);
  for (char const c : bytes) append(storage, static_cast<unsigned char>(c));
  return {EncodingFault::none, storage, {}};
}

}  // namespace siaga::cap
