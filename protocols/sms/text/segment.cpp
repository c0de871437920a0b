#include "protocols/sms/text/segment.hpp"

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

std::size_t parts_from(Measured const& text, std::size_t from) {
  std::size_t parts = 0;
  for (; from < text.units.size(); ++parts) from = furthest_end(text, from);
  return parts;
}

std::size_t count(Measured const& text) {
  return text.cost <= text.alone_max() ? 1 : parts_from(text, 0);
}

bool is_space(char32_t c) noexcept {
  return c == U' ' || c == U'\n';
}

bool splits_character(Measured const& text, std::size_t at) {
  constexpr char32_t zero_width_joiner = 0x200D;
  return joins_previous(text.units[at].character) ||
         text.units[at - 1].character == zero_width_joiner;
}

// The nicest end not beyond `end` that leaves a rest of at most `parts_left` parts.
std::size_t nicest_end(Measured const& text, std::size_t from, std::size_t end,
                       std::size_t parts_left) {
  std::size_t whole_character = end;
  for (std::size_t at = end; at > from + 1; --at) {
    if (at < end && parts_from(text, at) > parts_left) break;
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
  return count(measure(text, charset));
}

Segments segment(std::string_view text, Charset charset) {
  auto const measured = measure(text, charset);
  Segments result;
  result.coding = measured.coding;
  std::size_t parts_left = count(measured);
  std::size_t from = 0;
  while (parts_left > 1) {
    auto end = furthest_end(measured, from);
    if (end < measured.units.size()) end = nicest_end(measured, from, end, parts_left - 1);
    result.parts.push_back(octets_of(measured, charset, from, end));
    from = end;
    --parts_left;
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
