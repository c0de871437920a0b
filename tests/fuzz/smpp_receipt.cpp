// Receipt texts, ids, numbers and texts in any coding, as networks might write them.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "protocols/sms/smpp/delivery_receipt.hpp"
#include "protocols/sms/smpp/phone.hpp"
#include "protocols/sms/text/segment.hpp"
#include "protocols/sms/text/transliterate.hpp"
#include "protocols/sms/text/user_data.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace siaga::sms;
  if (size < 2 || size > 4096) return 0;
  std::uint8_t const coding = data[0];
  std::string_view const bytes(reinterpret_cast<char const*>(data) + 1, size - 1);
  ShortMessage message;
  message.esm_class = 0x04;
  auto const text = text_of(bytes, coding, Charset::gsm);
  auto const receipt = receipt_in(message, text);
  if (!receipt) std::abort();
  for (auto const reading : {IdReading::same, IdReading::answers_hex, IdReading::answers_decimal})
    (void)answered_id(receipt->id, reading);
  if (canonical_id(canonical_id(receipt->id)) != canonical_id(receipt->id)) std::abort();
  (void)e164(Address{coding, 1, bytes}, "62");
  (void)dialled(bytes, "62");
  (void)plain_letters(text);
  for (auto const network : {Charset::gsm, Charset::latin1, Charset::ascii})
    if (auto const plain = plain_letters(text, Loss::script, network))
      if (coding_of(*plain, network) != Coding::seven_bit) std::abort();

  auto const segments = segment(text, Charset::gsm);
  std::string octets;
  for (auto const& part : segments.parts) octets += part;
  if (text_of(octets, segments.coding == Coding::ucs2 ? 8 : 0, Charset::gsm) != text) std::abort();
  return 0;
}
