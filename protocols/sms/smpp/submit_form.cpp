#include "protocols/sms/smpp/submit_form.hpp"

#include "protocols/sms/smpp/encode.hpp"

namespace siaga::sms {
namespace {

constexpr std::uint8_t esm_header = 0x40;
constexpr std::uint8_t coding_ucs2 = 0x08;
// Class 0 in the low bits: shown at once, not kept.
constexpr std::uint8_t coding_class = 0x10, coding_class_group = 0xF0;
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

std::uint8_t data_coding_of(Coding coding, Flash flash) {
  bool const flashes = flash == Flash::coding || flash == Flash::group;
  if (coding == Coding::ucs2) return flashes ? coding_ucs2 | coding_class : coding_ucs2;
  if (flash == Flash::group) return coding_class_group;
  return flashes ? coding_class : std::uint8_t{0};
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
  auto const flash = may_flash(message) ? form.flash : Flash::off;
  std::uint8_t replaced = 0;
  if (form.replaces) replaced = replace_type(message, segments.parts.size());
  for (auto& part : parts) {
    part.data_coding = data_coding_of(segments.coding, flash);
    if (flash == Flash::option)
      put_option(part.options, Tag::dest_addr_subunit, std::string(1, unit_display));
    part.protocol_id = replaced;
  }
  return parts;
}

}  // namespace siaga::sms
