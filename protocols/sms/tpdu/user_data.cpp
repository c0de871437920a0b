#include "protocols/sms/tpdu/user_data.hpp"

#include "gateway/base/assert.hpp"
#include "protocols/sms/tpdu/septets.hpp"

namespace siaga::sms::tpdu {
namespace {

constexpr std::size_t octets_max = 140;
constexpr std::size_t septets_max = 160;

// A header fills whole septets: so many of them, and so many bits of the last are left over.
std::size_t septets_under(std::size_t header_octets) {
  return (header_octets * 8 + 6) / 7;
}
unsigned fill_bits_after(std::size_t header_octets) {
  return static_cast<unsigned>(septets_under(header_octets) * 7 - header_octets * 8);
}

// Compressed text counts octets whatever its alphabet.
bool counts_septets(std::uint8_t data_coding) {
  auto const coding = data_coding_of(data_coding);
  return coding.alphabet == Alphabet::gsm && !coding.compressed;
}

std::string string_of(Octets octets) {
  return {octets.begin(), octets.end()};
}

// What the header's elements say; nothing when they do not add up.
sms::UserData elements_of(UserData const& data) {
  if (data.header.empty()) return {};
  auto const elements = split_header(data.header);
  return elements ? *elements : sms::UserData();
}

// The data coding SMPP would give it: GSM 7-bit, Latin-1 (as octets are shown) or UCS-2.
std::uint8_t smpp_coding_of(std::uint8_t data_coding) {
  auto const coding = data_coding_of(data_coding);
  return data_coding_octet(coding.compressed ? Alphabet::eight_bit : coding.alphabet);
}

}  // namespace

std::optional<Joined> joined_of(UserData const& data) {
  auto const joined = elements_of(data).joined;
  return joined && joined->total > 1 ? joined : std::nullopt;
}

CodedText coded_text_of(UserData const& data) {
  return {data.text, smpp_coding_of(data.data_coding), elements_of(data).shifts};
}

void append(std::string& out, UserData const& data) {
  auto const header = data.header.size();
  bool const septets = counts_septets(data.data_coding);
  auto const length = (septets ? septets_under(header) : header) + data.text.size();
  require(length <= (septets ? septets_max : octets_max), "a text longer than one part's");
  out.push_back(static_cast<char>(length));
  out += data.header;
  out += septets ? pack(data.text, fill_bits_after(header)) : data.text;
}

Result<UserData> read_user_data(OctetReader& reader, std::uint8_t data_coding, bool has_header) {
  bool const septets = counts_septets(data_coding);
  std::size_t const length = reader.octet();
  if (length > (septets ? septets_max : octets_max))
    return Error(Errc::invalid_message, "the user data is longer than 140 octets");
  auto const octets = reader.take(septets ? packed_octets(length) : length);
  if (reader.overran()) return Error(Errc::invalid_message, "the user data is cut short");
  UserData data;
  data.data_coding = data_coding;
  std::size_t const header = has_header && !octets.empty() ? 1U + octets[0] : 0U;
  auto const under = septets ? septets_under(header) : header;
  if ((has_header && header == 0) || under > length)
    return Error(Errc::invalid_message, "the user data header runs past the end of the user data");
  data.header = string_of(octets.first(header));
  auto const rest = octets.subspan(header);
  data.text = septets ? unpack(rest, length - under, fill_bits_after(header)) : string_of(rest);
  return data;
}

}  // namespace siaga::sms::tpdu
