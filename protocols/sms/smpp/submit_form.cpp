#include "protocols/sms/smpp/submit_form.hpp"

#include "protocols/sms/smpp/encode.hpp"

namespace siaga::sms {
namespace {

constexpr std::uint8_t esm_header = 0x40;
constexpr std::uint8_t coding_ucs2 = 0x08;
constexpr std::uint8_t coding_class = 0x10;  // class 0 in the low bits: shown at once, not kept
constexpr char unit_display = 1;

std::string number_of(std::uint32_t value, int octets) {
  std::string text;
  for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8)
    text.push_back(static_cast<char>(static_cast<unsigned char>(value >> shift)));
  return text;
}

std::string joining_options(std::uint16_t reference, std::size_t total, std::size_t number) {
  std::string options;
  put_option(options, Tag::sar_reference, number_of(reference, 2));
  put_option(options, Tag::sar_total, number_of(static_cast<std::uint32_t>(total), 1));
  put_option(options, Tag::sar_number, number_of(static_cast<std::uint32_t>(number), 1));
  return options;
}

SubmitPart whole(Segments const& segments) {
  std::string text;
  for (auto const& part : segments.parts) text += part;
  SubmitPart one;
  put_option(one.options, Tag::message_payload, text);
  one.counts_as = segments.parts.size();
  return one;
}

std::vector<SubmitPart> cut(Segments& segments, std::uint16_t reference, Joining joining) {
  std::vector<SubmitPart> parts(segments.parts.size());
  bool const by_options = joining == Joining::options && parts.size() > 1;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    auto& part = parts[i];
    if (by_options)
      part.options = joining_options(reference, parts.size(), i + 1);
    else
      part.text = part_header(segments, reference, i + 1);
    if (!part.text.empty()) part.esm_class = esm_header;
    part.text += segments.parts[i];
  }
  return parts;
}

}  // namespace

std::vector<SubmitPart> submit_parts(Segments segments, std::uint16_t reference,
                                     Message const& message, SubmitForm const& form) {
  bool const together = form.joining == Joining::payload && segments.parts.size() > 1;
  auto parts =
      together ? std::vector<SubmitPart>{whole(segments)} : cut(segments, reference, form.joining);
  bool const flashes = form.flash != Flash::off && may_flash(message);
  std::uint8_t replaced = 0;
  if (form.replaces) replaced = replace_type(message, segments.parts.size());
  for (auto& part : parts) {
    part.data_coding = segments.coding == Coding::ucs2 ? coding_ucs2 : std::uint8_t{0};
    if (flashes && form.flash == Flash::coding) part.data_coding |= coding_class;
    if (flashes && form.flash == Flash::option)
      put_option(part.options, Tag::dest_addr_subunit, std::string(1, unit_display));
    part.protocol_id = replaced;
  }
  return parts;
}

}  // namespace siaga::sms
