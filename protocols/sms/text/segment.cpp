#include "protocols/sms/text/segment.hpp"

#include <algorithm>

#include "protocols/sms/text/gsm.hpp"
#include "protocols/sms/text/unicode.hpp"

namespace siaga::sms {
namespace {

struct Unit {
  char32_t character;
  std::uint32_t cost;  // septets or UTF-16 units
};

struct Measured {
  Coding coding = Coding::seven_bit;
  std::vector<Unit> units;
  std::size_t cost = 0;

  std::size_t alone_max() const { return coding == Coding::seven_bit ? 160 : 70; }
  std::size_t joined_max() const { return coding == Coding::seven_bit ? 153 : 67; }
};

int seven_bit_length(char32_t c, Charset charset) noexcept {
  if (charset == Charset::latin1 && c > 0xFF) return 0;
  if (charset == Charset::ascii && c > 0x7F) return 0;
  return gsm_length(c);
}

Measured measure(std::string_view text, Charset charset) {
  Measured measured;
  measured.units.reserve(text.size());
  while (!text.empty()) {
    char32_t const c = next_character(text);
    int const length = seven_bit_length(c, charset);
    if (length == 0) measured.coding = Coding::ucs2;
    measured.units.push_back({c, static_cast<std::uint32_t>(length)});
  }
  if (measured.coding == Coding::ucs2)
    for (auto& unit : measured.units) unit.cost = unit.character > 0xFFFF ? 2 : 1;
  for (auto const& unit : measured.units) measured.cost += unit.cost;
  return measured;
}

// Where the part that starts at `from` must end at the latest.
std::size_t furthest_end(Measured const& text, std::size_t from) {
  std::size_t room = text.joined_max();
  std::size_t end = from;
  while (end < text.units.size() && text.units[end].cost <= room) room -= text.units[end++].cost;
  return end;
}

// Where the part that ends at `end` can start at the earliest.
std::size_t furthest_start(Measured const& text, std::size_t end) {
  std::size_t room = text.joined_max();
  std::size_t start = end;
  while (start > 0 && text.units[start - 1].cost <= room) room -= text.units[--start].cost;
  return start;
}

// From where on the text fits into 0, 1, 2, ... parts; from its start into as many as it needs.
std::vector<std::size_t> earliest_starts(Measured const& text) {
  if (text.cost <= text.alone_max()) return {text.units.size(), 0};
  std::vector<std::size_t> starts{text.units.size()};
  while (starts.back() > 0) starts.push_back(furthest_start(text, starts.back()));
  return starts;
}

bool is_space(char32_t c) noexcept {
  return c == U' ' || c == U'\n';
}

bool splits_character(Measured const& text, std::size_t at) {
  constexpr char32_t zero_width_joiner = 0x200D;
  return joins_previous(text.units[at].character) ||
         text.units[at - 1].character == zero_width_joiner;
}

// The nicest end from `earliest` to `end`.
std::size_t nicest_end(Measured const& text, std::size_t earliest, std::size_t end) {
  std::size_t whole_character = end;
  for (std::size_t at = end; at >= earliest; --at) {
    if (is_space(text.units[at - 1].character) || is_space(text.units[at].character)) return at;
    if (whole_character == end && at < end && !splits_character(text, at)) whole_character = at;
  }
  return splits_character(text, end) ? whole_character : end;
}

std::string octets_of(Measured const& text, Charset charset, std::size_t from, std::size_t end) {
  std::string octets;
  octets.reserve((end - from) * 2);
  for (; from < end; ++from) {
    char32_t const c = text.units[from].character;
    if (text.coding == Coding::ucs2) {
      append_utf16be(octets, c);
    } else if (charset == Charset::gsm) {
      append_gsm(octets, c);
    } else {
      octets.push_back(static_cast<char>(static_cast<unsigned char>(c)));
    }
  }
  return octets;
}

}  // namespace

Coding coding_of(std::string_view text, Charset charset) {
  while (!text.empty())
    if (seven_bit_length(next_character(text), charset) == 0) return Coding::ucs2;
  return Coding::seven_bit;
}

std::size_t count_parts(std::string_view text, Charset charset) {
  return earliest_starts(measure(text, charset)).size() - 1;
}

Segments segment(std::string_view text, Charset charset) {
  auto const measured = measure(text, charset);
  Segments result;
  result.coding = measured.coding;
  auto const starts = earliest_starts(measured);
  std::size_t from = 0;
  for (auto parts_left = starts.size() - 2; parts_left > 0; --parts_left) {
    auto end = furthest_end(measured, from);
    if (end < measured.units.size())
      end = nicest_end(measured, std::max(from + 2, starts[parts_left]), end);
    result.parts.push_back(octets_of(measured, charset, from, end));
    from = end;
  }
  result.parts.push_back(octets_of(measured, charset, from, measured.units.size()));
  return result;
}

std::string join_header(std::uint8_t reference, std::uint8_t total, std::uint8_t number) {
  std::string header("\x05\x00\x03", 3);
  for (auto const octet : {reference, total, number}) header.push_back(static_cast<char>(octet));
  return header;
}

}  // namespace siaga::sms
