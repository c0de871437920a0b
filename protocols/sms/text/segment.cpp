#include "protocols/sms/text/segment.hpp"

#include <algorithm>

#include "protocols/sms/text/grapheme.hpp"
#include "protocols/sms/text/gsm.hpp"
#include "protocols/sms/text/shift_choice.hpp"
#include "protocols/sms/text/unicode.hpp"

namespace siaga::sms {
namespace {

constexpr std::size_t payload_octets = 140;

struct Measured {
  Coding coding = Coding::seven_bit;
  std::string septets;  // of a text in the default alphabet without escapes; of others:
  std::u32string characters;
  std::vector<std::uint8_t> costs;  // of each, in septets or UTF-16 units; none when even
  std::size_t cost = 0;
  Shifts shifts;
  std::size_t join_octets = 5;  // of the element that joins parts

  std::size_t alone_max() const {
    auto const named = shift_octets(shifts);
    return units_beside(named == 0 ? 0 : 1 + named);
  }
  std::size_t size() const { return septets.empty() ? characters.size() : septets.size(); }
  bool is_even() const { return cost == size(); }  // every character costs one
  // Space, CR and LF are in the default alphabet what they are everywhere.
  char32_t at(std::size_t place) const {
    return septets.empty() ? characters[place] : static_cast<unsigned char>(septets[place]);
  }
  bool is_space(std::size_t place) const { return at(place) == U' ' || at(place) == U'\n'; }
  // Whether the character before goes on there; in the default alphabet only CR LF does.
  bool goes_on(std::size_t place) const {
    if (septets.empty()) return cluster_goes_on(characters, place);
    return at(place - 1) == U'\r' && at(place) == U'\n';
  }
  std::size_t joined_max() const { return units_beside(header_octets()); }
  std::size_t header_octets() const { return 1 + join_octets + shift_octets(shifts); }

 private:
  std::size_t units_beside(std::size_t header) const {
    auto const octets = payload_octets - header;
    return coding == Coding::seven_bit ? octets * 8 / 7 : octets / 2;
  }
};

// In septets, none when the charset does not have all of them.
std::optional<std::size_t> seven_bit_cost(std::u32string_view characters, Charset charset) {
  std::size_t sum = 0;
  for (auto const c : characters) {
    auto const cost = seven_bit_length(c, charset);
    if (cost == 0) return std::nullopt;
    sum += static_cast<std::size_t>(cost);
  }
  return sum;
}

std::size_t utf16_length(char32_t c) noexcept {
  return c > 0xFFFF ? 2 : 1;
}

std::size_t utf16_cost(std::u32string_view characters) {
  std::size_t sum = 0;
  for (auto const c : characters) sum += utf16_length(c);
  return sum;
}

template <class LengthOf>
void fill_costs(Measured& text, LengthOf const& length_of) {
  text.costs.clear();
  if (text.is_even()) return;
  text.costs.reserve(text.characters.size());
  for (auto const c : text.characters)
    text.costs.push_back(static_cast<std::uint8_t>(length_of(c)));
}

Measured measure_plain(std::string_view text, GsmOptions const& options) {
  Measured measured;
  measured.join_octets = options.wide_reference ? 6 : 5;
  auto even = options.charset == Charset::gsm ? even_gsm(text) : std::nullopt;
  if (even) {
    measured.septets = std::move(*even);
    measured.cost = measured.septets.size();
    return measured;
  }
  measured.characters = characters_of(text);
  auto const septets = seven_bit_cost(measured.characters, options.charset);
  measured.coding = septets ? Coding::seven_bit : Coding::ucs2;
  measured.cost = septets ? *septets : utf16_cost(measured.characters);
  fill_costs(measured, [&](char32_t c) {
    return septets ? static_cast<std::size_t>(seven_bit_length(c, options.charset))
                   : utf16_length(c);
  });
  return measured;
}

// Where the part that starts at `from` must end at the latest.
std::size_t furthest_end(Measured const& text, std::size_t from) {
  std::size_t room = text.joined_max();
  if (text.is_even()) return std::min(text.size(), from + room);
  std::size_t end = from;
  while (end < text.costs.size() && text.costs[end] <= room) room -= text.costs[end++];
  return end;
}

// Where the part that ends at `end` can start at the earliest.
std::size_t furthest_start(Measured const& text, std::size_t end) {
  std::size_t room = text.joined_max();
  if (text.is_even()) return end - std::min(end, room);
  std::size_t start = end;
  while (start > 0 && text.costs[start - 1] <= room) room -= text.costs[--start];
  return start;
}

std::size_t fewest_parts(Measured const& text) {
  return text.cost <= text.alone_max() ? 1 : (text.cost - 1) / text.joined_max() + 1;
}

// From where on the text fits into 0, 1, 2, ... parts; from its start into as many as it needs.
std::vector<std::size_t> earliest_starts(Measured const& text) {
  if (text.cost <= text.alone_max()) return {text.size(), 0};
  std::vector<std::size_t> starts;
  starts.reserve(fewest_parts(text) + 2);
  starts.push_back(text.size());
  while (starts.back() > 0) starts.push_back(furthest_start(text, starts.back()));
  return starts;
}

std::size_t parts_of(Measured const& text) {
  return earliest_starts(text).size() - 1;
}

// On air, all headers counted.
std::size_t octets_in(Measured const& text, std::size_t parts) {
  auto const text_octets =
      text.coding == Coding::seven_bit ? (text.cost * 7 + 7) / 8 : text.cost * 2;
  auto const named = shift_octets(text.shifts);
  return text_octets + (parts > 1 ? parts * text.header_octets() : named == 0 ? 0 : 1 + named);
}

Measured in_tables(Measured const& plain, ShiftChoice const& choice) {
  Measured measured = plain;
  measured.coding = Coding::seven_bit;
  measured.shifts = choice.shifts;
  measured.cost = choice.septets;
  fill_costs(measured, [&](char32_t c) { return gsm_length(c, choice.shifts); });
  return measured;
}

// The text as it is or in national tables, whichever is smaller.
Measured smallest(Measured plain, Languages languages) {
  auto best = std::move(plain);
  auto best_parts = parts_of(best);
  for (auto const& choice : shift_choices(best.characters, languages)) {
    Measured bare;
    bare.join_octets = best.join_octets;
    bare.shifts = choice.shifts;
    bare.cost = choice.septets;
    if (fewest_parts(bare) > best_parts) continue;
    auto tried = in_tables(best, choice);
    auto const parts = parts_of(tried);
    if (parts > best_parts ||
        (parts == best_parts && octets_in(tried, parts) >= octets_in(best, parts)))
      continue;
    best = std::move(tried);
    best_parts = parts;
  }
  return best;
}

Measured measure(std::string_view text, GsmOptions const& options) {
  auto plain = measure_plain(text, options);
  bool const national = options.charset == Charset::gsm && !options.languages.empty();
  if (plain.coding == Coding::seven_bit || !national) return plain;
  return smallest(std::move(plain), options.languages);
}

// The nicest end from `earliest` to `end`.
std::size_t nicest_end(Measured const& text, std::size_t earliest, std::size_t end) {
  std::size_t whole_character = end;
  for (std::size_t at = end; at >= earliest; --at) {
    bool const splits = text.goes_on(at);
    if (!splits && (text.is_space(at - 1) || text.is_space(at))) return at;
    if (whole_character == end && at < end && !splits) whole_character = at;
  }
  return text.goes_on(end) ? whole_character : end;
}

std::string octets_of(Measured const& text, Charset charset, std::size_t from, std::size_t end) {
  if (!text.septets.empty()) return text.septets.substr(from, end - from);
  auto const part = std::u32string_view(text.characters).substr(from, end - from);
  std::string octets;
  if (text.coding == Coding::ucs2) {
    append_utf16be(octets, part);
  } else if (text.shifts != Shifts()) {
    for (auto const c : part) append_gsm(octets, c, text.shifts);
  } else if (charset == Charset::gsm) {
    append_gsm(octets, part);
  } else {
    for (auto const c : part) octets.push_back(static_cast<char>(static_cast<unsigned char>(c)));
  }
  return octets;
}

}  // namespace

int seven_bit_length(char32_t c, Charset charset) noexcept {
  if (charset == Charset::latin1 && c > 0xFF) return 0;
  if (charset == Charset::ascii && c > 0x7F) return 0;
  return gsm_length(c);
}

Coding coding_of(std::string_view text, GsmOptions const& options) {
  if (!options.languages.empty()) return measure(text, options).coding;
  while (!text.empty())
    if (seven_bit_length(next_character(text), options.charset) == 0) return Coding::ucs2;
  return Coding::seven_bit;
}

std::size_t count_parts(std::string_view text, GsmOptions const& options) {
  return parts_of(measure(text, options));
}

Segments segment(std::string_view text, GsmOptions const& options) {
  auto const measured = measure(text, options);
  Segments result;
  result.coding = measured.coding;
  result.shifts = measured.shifts;
  result.wide_reference = options.wide_reference;
  auto const starts = earliest_starts(measured);
  result.parts.reserve(starts.size() - 1);
  std::size_t from = 0;
  for (auto parts_left = starts.size() - 2; parts_left > 0; --parts_left) {
    auto end = furthest_end(measured, from);
    if (end < measured.size())
      end = nicest_end(measured, std::max(from + 2, starts[parts_left]), end);
    result.parts.push_back(octets_of(measured, options.charset, from, end));
    from = end;
  }
  result.parts.push_back(octets_of(measured, options.charset, from, measured.size()));
  return result;
}

std::string join_header(std::uint8_t reference, std::uint8_t total, std::uint8_t number) {
  std::string header("\x05\x00\x03", 3);
  for (auto const octet : {reference, total, number}) header.push_back(static_cast<char>(octet));
  return header;
}

std::string part_header(Segments const& segments, std::uint16_t reference, std::size_t number) {
  std::string header(1, '\0');  // the length of what follows
  auto const append = [&header](auto... octets) {
    header.append({static_cast<char>(static_cast<std::size_t>(octets) & 0xFFU)...});
  };
  auto const total = segments.parts.size();
  auto const low = reference & 0xFFU;
  if (total > 1 && segments.wide_reference) append(0x08, 4, reference >> 8, low, total, number);
  if (total > 1 && !segments.wide_reference) append(0x00, 3, low, total, number);
  auto const& shifts = segments.shifts;
  if (shifts.single != Language::none) append(0x24, 1, shifts.single);
  if (shifts.locking != Language::none) append(0x25, 1, shifts.locking);
  if (header.size() == 1) return {};
  header.front() = static_cast<char>(header.size() - 1);
  return header;
}

}  // namespace siaga::sms
